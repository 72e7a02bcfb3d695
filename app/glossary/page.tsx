import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { glossaryId } from "@/components/report/glossary-address.ts";
import { LineGuidance, lineName } from "@/components/report/line-guidance.tsx";
import { Card, Page } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { stepName } from "@/lib/checks/place-names.ts";
import { type Format, leaves, type Section, tableOf } from "@/lib/report/format.ts";
import { formatForYear, formats } from "@/templates/index.ts";
import { lastYear } from "../reports/new/years.ts";
import styles from "./glossary.module.css";

export const metadata: Metadata = { title: "名词与口径" };

/** What counts in every row and column, and what belongs into every text: all guidance of a format on one page. */
export default page("GET /glossary", async ({ searchParams }) => {
  const format = formatForYear(Number(searchParams.year)) ?? formatForYear(lastYear(new Date()));
  if (!format) notFound();
  return (
    <Page heading="名词与口径" narrow>
      <p>
        {yearsOf(format)}年度报告（{format.notice}
        ）每一行、每一列怎样统计，每一部分写什么。一格的数，要同时符合它的行和列的口径。按 Ctrl+F 可以在本页查找。
      </p>
      <nav aria-label="本页目录">
        <ul className={styles.contents}>
          {format.sections.map(({ id }) => (
            <li key={id}>
              <a href={`#${glossaryId(id)}`}>{stepName(format, id)}</a>
            </li>
          ))}
          {formats
            .filter((other) => other !== format)
            .map((other) => (
              <li key={other.id}>
                <Link href={`/glossary?year=${other.years.from}`}>
                  {yearsOf(other)}年度报告的口径（{other.notice}）
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      {format.sections.map((section) => (
        <Card key={section.id} id={glossaryId(section.id)}>
          <h2>{stepName(format, section.id)}</h2>
          <p>{section.ask}</p>
          {section.kind === "table" ? <Lines format={format} id={section.id} /> : <Parts section={section} />}
        </Card>
      ))}
    </Page>
  );
});

const yearsOf = ({ years: { from, to } }: Format): string =>
  to === undefined ? `${from}年起各` : to === from ? `${from}` : `${from}至${to}`;

/** The columns and rows of a table in printed order. */
function Lines({ format, id }: { format: Format; id: string }) {
  const table = tableOf(format, id);
  const guidance = format.guidance[id] ?? {};
  const printed = table.bands.flatMap((band) => [...leaves(band.columns), ...leaves(band.rows)]);
  const lines = [...new Set(printed.map((line) => line.id))].filter((line) => guidance[line]);
  return (
    <div className={styles.lines}>
      {lines.map((line) => (
        <div key={line} id={glossaryId(id, line)}>
          <LineGuidance name={lineName(table, line)} guidance={guidance[line]} />
        </div>
      ))}
    </div>
  );
}

function Parts({ section }: { section: Extract<Section, { kind: "prose" }> }) {
  return (
    <dl className={styles.lines}>
      {section.parts.map(({ heading, ask }) => (
        <div key={heading}>
          <dt>
            <strong>{heading}</strong>
          </dt>
          <dd>{ask}</dd>
        </div>
      ))}
    </dl>
  );
}
