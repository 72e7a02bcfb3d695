import { formats } from "../../../templates/index.ts";
import type { Format } from "../../report/format.ts";
import type { Report, Rows } from "../../report/report.ts";
import { emptyReport } from "../../report/schema.ts";
import { balanceSides } from "../../report/totals.ts";

const SENTENCE =
  "某某县云岭镇人民政府通过县政府门户网站主动公开政府信息120条，其中公示公告60条，政策文件20条，办事指南40条；组织政务公开业务培训2次，参加人员36人次，答复群众来信来电58件，办结率100%。";

/** A filled and balanced report in the newest format, about seven printed pages: what every measurement renders. */
export function sampleReport(): { format: Format; report: Report } {
  const format = formats.at(-1);
  if (!format) throw new Error("no format is registered");
  const empty = emptyReport(format, format.years.from, {
    name: "某某县云岭镇人民政府",
    address: "某某县云岭镇青石路18号",
    phone: "0955-1234567",
  });
  const tables = Object.fromEntries(format.tables.map((table) => [table.id, filled(table.id, empty)]));
  const prose = Object.fromEntries(
    format.sections.flatMap((section) =>
      section.kind === "prose"
        ? [
            [
              section.id,
              section.parts.flatMap((part) => [
                { kind: "heading2" as const, content: [{ text: part.heading }] },
                { kind: "paragraph" as const, content: [{ text: SENTENCE.repeat(3) }] },
              ]),
            ],
          ]
        : [],
    ),
  );
  const report: Report = { ...empty, prose, tables, closing: { date: `${format.years.from + 1}-01-15` } };
  return { format, report: balanced(format, report) };
}

function filled(tableId: string, report: Report): Rows {
  let next = 0;
  const rows = report.tables[tableId] ?? {};
  return Object.fromEntries(
    Object.entries(rows).map(([row, columns]) => [
      row,
      Object.fromEntries(
        Object.keys(columns).map((column) => {
          next = (next * 7 + 3) % 11;
          return [column, next];
        }),
      ),
    ]),
  );
}

/** Raises an entered addend of the poorer side until every column balances. */
function balanced(format: Format, report: Report): Report {
  const tables = structuredClone(report.tables);
  for (const balance of format.balances) {
    const rows = tables[balance.table] ?? {};
    for (const { column, difference } of balanceSides(format, report, balance)) {
      const side = difference < 0 ? balance.left : balance.right;
      const cells = side.map((row) => rows[row]).find((row) => row && column in row);
      if (cells) cells[column] = Number(cells[column]) + Math.abs(difference);
    }
  }
  return { ...report, tables };
}
