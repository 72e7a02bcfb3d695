import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Card, Page, soft } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { inTreeOrder, listOrganisations } from "@/lib/store/organisations.ts";
import { listUsers } from "@/lib/store/users.ts";
import { roleNames } from "@/lib/workflow/roles.ts";
import styles from "../../administration.module.css";
import { asChoices } from "../../tree.ts";
import { NewUserForm } from "./new-user-form.tsx";
import { StepsForm } from "./steps-form.tsx";
import { UnitForm } from "./unit-form.tsx";

export const metadata: Metadata = { title: "单位" };

/** One organisation: what it is, who works there, and what is added to it. */
export default page("GET /administration/units/[id]", async ({ actor, params: { id } }) => {
  const organisations = inTreeOrder(await listOrganisations(actor));
  const unit = organisations.find((one) => one.id === id);
  if (!unit) notFound();
  const users = (await listUsers(actor)).filter(({ organisationId }) => organisationId === id);
  const parents = asChoices(organisations);
  const isOwn = id === actor.organisation.id;
  return (
    <Page heading={unit.name} narrow>
      <p>
        <Link href="/administration">返回单位与用户</Link>
      </p>
      <Card>
        <h2>用户</h2>
        {users.length === 0 ? (
          <p>还没有用户。</p>
        ) : (
          <ul className={styles.people}>
            {users.map((user) => (
              <li key={user.id}>
                <Link href={`/administration/users/${user.id}`}>{user.name}</Link>
                <span className={soft}>
                  {user.username}
                  {user.isDisabled
                    ? "，已停用"
                    : user.memberships.map(({ role, organisationId }) =>
                        organisationId === id ? `，${roleNames[role]}` : "",
                      )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card>
        <h2>增加用户</h2>
        <NewUserForm organisationId={id} />
      </Card>
      <Card>
        <h2>增加下级单位</h2>
        <UnitForm parentId={id} />
      </Card>
      <Card>
        <h2>审签步骤</h2>
        <StepsForm id={id} skipped={unit.skipped} />
      </Card>
      <Card>
        <h2>修改单位</h2>
        <UnitForm unit={unit} {...(!isOwn && { parents: parents.filter(({ value }) => value !== id) })} />
      </Card>
    </Page>
  );
});
