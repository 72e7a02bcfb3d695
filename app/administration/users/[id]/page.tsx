import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Card, Page } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { inTreeOrder, listOrganisations } from "@/lib/store/organisations.ts";
import { readUser } from "@/lib/store/users.ts";
import { asChoices } from "../../tree.ts";
import { UserAccess } from "./user-access.tsx";
import { UserForm } from "./user-form.tsx";

export const metadata: Metadata = { title: "用户" };

/** One user: who she is, what she may do where, and how she gets in. */
export default page("GET /administration/users/[id]", async ({ actor, params: { id } }) => {
  const user = await readUser(actor, id);
  if (!user) notFound();
  const organisations = asChoices(inTreeOrder(await listOrganisations(actor)));
  return (
    <Page heading={user.name} narrow>
      <p>
        用户名：{user.username}。{user.loggedInAt ? `上次登录：${moment.format(user.loggedInAt)}。` : "还没有登录过。"}
        {user.hasTotp && "已开通动态口令。"}
        <Link href={`/administration/units/${user.organisationId}`}>返回单位</Link>
      </p>
      <Card>
        <h2>资料和角色</h2>
        <UserForm user={user} organisations={organisations} />
      </Card>
      <Card>
        <h2>登录</h2>
        <UserAccess user={user} isOwn={id === actor.user.id} />
      </Card>
    </Page>
  );
});

const moment = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" });
