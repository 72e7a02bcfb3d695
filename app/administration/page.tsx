import type { Metadata } from "next";
import Link from "next/link";
import { ButtonLink } from "@/components/ui/button.tsx";
import { ListTable } from "@/components/ui/list-table.tsx";
import { Actions, Page, soft } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { inTreeOrder, listOrganisations } from "@/lib/store/organisations.ts";
import { listUsers } from "@/lib/store/users.ts";
import { organisationKindNames } from "@/lib/workflow/organisation-kinds.ts";
import { roleNames, roles } from "@/lib/workflow/roles.ts";
import styles from "./administration.module.css";

export const metadata: Metadata = { title: "单位与用户" };

/** The tree of organisations below one's own, with who does what in each. */
export default page("GET /administration", async ({ actor }) => {
  const organisations = inTreeOrder(await listOrganisations(actor));
  const users = await listUsers(actor);
  return (
    <Page
      heading="单位与用户"
      aside={
        <Actions>
          <ButtonLink href="/administration/import">从表格导入</ButtonLink>
          <ButtonLink primary href={`/administration/units/${actor.organisation.id}`}>
            增加单位或用户
          </ButtonLink>
        </Actions>
      }
    >
      <p className={soft}>
        {actor.organisation.name}及下级单位，共 {organisations.length} 个；用户 {users.length} 名
      </p>
      <ListTable name="单位列表" caption="单位和用户" columns={["单位", "类别", "用户和角色"]}>
        {organisations.map(({ id, name, kind, depth }) => (
          <tr key={id}>
            <th scope="row">
              <span className={styles.name} style={{ paddingInlineStart: `${depth * 1.5}em` }}>
                <Link href={`/administration/units/${id}`}>{name}</Link>
              </span>
            </th>
            <td>{organisationKindNames[kind]}</td>
            <td>
              <ul className={styles.people}>
                {users
                  .filter((user) => user.organisationId === id)
                  .map((user) => {
                    const held = roles.filter((role) =>
                      user.memberships.some((one) => one.organisationId === id && one.role === role),
                    );
                    return (
                      <li key={user.id}>
                        <Link href={`/administration/users/${user.id}`}>{user.name}</Link>
                        <span className={soft}>
                          {user.isDisabled ? "已停用" : held.map((role) => roleNames[role]).join("、") || "没有角色"}
                        </span>
                      </li>
                    );
                  })}
              </ul>
            </td>
          </tr>
        ))}
      </ListTable>
    </Page>
  );
});
