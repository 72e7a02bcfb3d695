import type { Metadata } from "next";
import Link from "next/link";
import { buttonLook } from "@/components/ui/button.tsx";
import { Actions, Card, Page } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { ImportUnits } from "./import-units.tsx";

export const metadata: Metadata = { title: "导入单位和用户" };

/** Units and users of a whole region from one table: fill in, try, import, hand the passwords over. */
export default page("GET /administration/import", async ({ actor }) => (
  <Page heading="导入单位和用户" narrow>
    <p>
      <Link href="/administration">返回单位与用户</Link>
    </p>
    <Card>
      <h2>一、填写表格</h2>
      <p>
        在模板里一行写一名用户和他的单位，导入到{actor.organisation.name}
        和下级单位。已有的单位和用户不会改动，补充以后可以再次导入同一份表格。
      </p>
      <Actions>
        <a className={buttonLook({})} href="/administration/import/template" download>
          下载模板
        </a>
      </Actions>
    </Card>
    <Card>
      <h2>二、检查并导入</h2>
      <ImportUnits />
    </Card>
  </Page>
));
