import type { Metadata } from "next";
import { Card, Page, soft } from "@/components/ui/page.tsx";
import example from "@/docs/requirements/example.json";
import { page } from "@/lib/auth/page.ts";
import { isAllowed } from "@/lib/auth/routes.ts";
import { stepName } from "@/lib/checks/place-names.ts";
import type { Requirements } from "@/lib/checks/requirement-pack.ts";
import { listPacks, type StoredPack } from "@/lib/store/requirements.ts";
import { formatForYear } from "@/templates/index.ts";
import { PackUpload, RemovePack } from "./pack-actions.tsx";
import styles from "./requirements.module.css";

export const metadata: Metadata = { title: "地方要求" };

/** What offices ask of reports beyond the notice: what applies here, and for some a way to change it. */
export default page("GET /requirements", async ({ actor }) => {
  const packs = await listPacks(actor);
  const mayChange = isAllowed("POST /api/requirements", actor.roles);
  return (
    <Page heading="地方要求" narrow>
      <p>
        主管部门在国家格式之外提出的要求：必须写明的数据、小标题、字数和更早的公布期限。放入以后，对本单位和所有下级单位的年度报告都适用，填写、校验、送审和体检时一并检查。
      </p>
      {packs.length === 0 && <Card>现在没有适用的地方要求。</Card>}
      {packs.map((stored) => (
        <Pack
          key={stored.id}
          stored={stored}
          mayRemove={mayChange && stored.organisation.id === actor.organisation.id}
        />
      ))}
      {mayChange && (
        <Card>
          <h2>放入地方要求</h2>
          <PackUpload example={JSON.stringify(example, null, 2)} />
        </Card>
      )}
    </Page>
  );
});

function Pack({ stored, mayRemove }: { stored: StoredPack; mayRemove: boolean }) {
  const { id, pack, organisation, createdAt } = stored;
  const { name, years } = pack;
  return (
    <Card>
      <h2>{name}</h2>
      <p className={soft}>
        {organisation.name}放入，{day.format(createdAt)}；适用于
        {years.to === years.from ? `${years.from}年度` : `${years.from}年度${years.to ? `至${years.to}年度` : "起"}`}
        报告
      </p>
      <dl className={styles.content}>
        {linesOf(pack).map(([term, words]) => (
          <div key={`${term} ${words}`}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {mayRemove && <RemovePack id={id} name={name} />}
    </Card>
  );
}

/** Everything that a pack asks, in words. */
function linesOf({ years, dataPoints, headings, longest, deadline }: Requirements): [string, string][] {
  const format = formatForYear(years.from) ?? formatForYear(years.to ?? years.from);
  const nameOf = (section: string) => (format ? stepName(format, section) : section);
  const dayOf = (date: string) => date.split("-").map(Number).join("月");
  return [
    ...(deadline?.department ? [["部门公布期限", `次年${dayOf(deadline.department)}日`] as [string, string]] : []),
    ...(deadline?.government ? [["政府公布期限", `次年${dayOf(deadline.government)}日`] as [string, string]] : []),
    ...Object.entries(longest).map(([section, most]): [string, string] => [nameOf(section), `不超过 ${most} 字`]),
    ...headings.map(({ section, heading }): [string, string] => [nameOf(section), `要有小标题“${heading}”`]),
    ...dataPoints.map(({ section, name, words, number }): [string, string] => [
      nameOf(section),
      `要写明${name}（提到${words.map((word) => `“${word}”`).join("或")}${number ? "，并有数字" : ""}）`,
    ]),
  ];
}

const day = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeZone: "Asia/Shanghai" });
