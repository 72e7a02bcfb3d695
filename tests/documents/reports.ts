import fc from "fast-check";
import { type Format, leaves, unitAt } from "../../lib/report/format.ts";
import type { Passage, Report } from "../../lib/report/report.ts";
import { emptyReport, reportSchema } from "../../lib/report/schema.ts";
import { formats } from "../../templates/index.ts";

/** What a sample cell may be given: the place it is in and how many entered cells came before it. */
type Cell = { table: string; row: string; column: string; unit: "count" | "delta" | "money"; index: number };

/** Every table of a format with every entered cell filled by `entry`, as it is typed. */
export function filledTables(format: Format, entry: (cell: Cell) => unknown): Record<string, unknown> {
  let index = 0;
  const entered = (lines: Parameters<typeof leaves>[0]) => leaves(lines).filter((line) => !line.sum);
  return Object.fromEntries(
    format.tables.map((table) => [
      table.id,
      Object.fromEntries(
        table.bands.flatMap((band) =>
          entered(band.rows).map((row) => [
            row.id,
            Object.fromEntries(
              entered(band.columns).map((column) => [
                column.id,
                entry({ table: table.id, row: row.id, column: column.id, unit: unitAt(row, column), index: index++ }),
              ]),
            ),
          ]),
        ),
      ),
    ]),
  );
}

/** A whole report whose entered cells are all different: 1001, 1002, … in printed order; amounts have decimals. */
export function sampleReport(format: Format, changes: Partial<Report> = {}): Report {
  const organisation = {
    name: "青川市云岭区科学技术和工业信息化局",
    address: "云岭区人民路18号",
    phone: "0799-8061367",
  };
  const year = format.years.from;
  return reportSchema(format).parse({
    format: format.id,
    year,
    organisation,
    closing: { date: `${year + 1}-01-21`, note: "此件公开发布" },
    prose: sampleProse,
    tables: filledTables(format, ({ unit, index }) => (unit === "money" ? `${1001 + index}.25` : 1001 + index)),
    ...changes,
  });
}

const sampleProse = {
  overview: [
    "（一）主动公开情况。全年公开信息128条，其中“科创十条”等政策文件12条，工作动态86条，公示公告30条。",
    "（二）依申请公开情况",
    "全年收到申请15件，均按时答复。",
    "1.受理渠道",
    "当面、邮寄、网络三种方式畅通。",
    "（三）政府信息管理情况",
    "落实公开属性源头认定和“三审三校”制度。",
  ].join("\n"),
  problems: [
    {
      kind: "paragraph",
      content: [{ text: "一是", bold: true }, { text: "政策解读形式单一，图解、视频等方式用得少，下一步逐项改进。" }],
    },
  ],
  other: "本机关未收取信息处理费。",
};

/** A report with nothing in it but the name of the agency. */
export const bareReport = (format: Format): Report => emptyReport(format, format.years.from, { name: "云岭区档案馆" });

/**
 * Everyday text with what goes wrong in files and on pages: marks of markup, quotes, rare characters (Extension A and B,
 * some that no font has, some that are joined of several), formatting characters, blanks inside, long words and numbers.
 */
const words = fc.constantFrom(
  "公开信息",
  "“三审三校”",
  "《条例》〔2021〕",
  "<b>&amp;</b>",
  `"'&<>`,
  "&lt;i&gt;&#60;&#x3c;&amp;amp;&copy;&notit",
  "<!--]]><![CDATA[-->",
  "镕喆堃",
  "𬭸𫘧",
  "㙦䶮",
  "𠮷𪚥",
  "🙂👩‍👧",
  "e\u0301①㎡Ⅳ",
  "甲\u00a0乙\u3000丙\u2003\u200b丁",
  "A B  C",
  "Freedom of Information",
  "INTERNATIONALIZATION".repeat(4),
  "https://www.yunling.example.gov.cn/a?b=1&c=2",
  "1,234,567.89",
  "3.14%",
  "2024年",
  "（见附件）",
  "［甲］｛乙｝",
  "‘甲’…",
  "——",
  "，",
  "-",
);
const sentence = (maxLength: number) =>
  fc.array(words, { minLength: 1, maxLength }).map((parts) => `第${parts.join("")}。`);

const passageIn = (format: Format): fc.Arbitrary<Passage> =>
  fc.oneof(
    fc.record({
      kind: fc.constant("heading2" as const),
      content: sentence(2).map((text) => [{ text: `（三）${text}` }]),
    }),
    fc.record({ kind: fc.constant("heading3" as const), content: sentence(2).map((text) => [{ text: `2.${text}` }]) }),
    fc.record({
      kind: fc.constant("paragraph" as const),
      content: fc
        .tuple(fc.boolean(), sentence(12), sentence(3), sentence(30))
        .map(([lead, text, strong, rest]) => [
          { text: lead ? `（一）平台建设。${text}` : text },
          { text: strong, bold: true as const },
          { text: rest },
        ]),
    }),
    fc.record({
      kind: fc.constantFrom("item" as const, "paragraph" as const),
      content: fc
        .tuple(sentence(3), chipIn(format), fc.boolean())
        .map(([text, figure, bold]) => [{ text }, bold ? { figure, bold: true as const } : { figure }]),
    }),
  );

/** A cell of a table, entered or computed, or two of one row added up. */
const chipIn = (format: Format): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...format.tables.flatMap((table) =>
      table.bands.flatMap((band) =>
        leaves(band.rows).flatMap((row) => {
          const cells = leaves(band.columns).map((column) => `${table.id}.${row.id}.${column.id}`);
          return [...cells, `${cells[0]}+${cells[0]}`];
        }),
      ),
    ),
  );

/** A section of 20 000 characters and more, in paragraphs of every length. */
const longSection: fc.Arbitrary<Passage[]> = fc
  .tuple(fc.array(sentence(12), { minLength: 8, maxLength: 8 }), fc.integer({ min: 1, max: 40 }))
  .map(([sentences, perParagraph]) => {
    const length = sentences.join("").length * perParagraph;
    return Array.from({ length: Math.ceil(20_000 / length) }, () => ({
      kind: "paragraph",
      content: [{ text: sentences.join("").repeat(perParagraph) }],
    }));
  });
const sectionIn = (format: Format): fc.Arbitrary<Passage[]> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.array(passageIn(format), { maxLength: 8 }) },
    { weight: 1, arbitrary: longSection },
  );

const entry = fc.oneof(
  { weight: 4, arbitrary: fc.nat(2000) },
  { weight: 2, arbitrary: fc.constant(null) },
  fc.constantFrom(999_999_999_999, "123456789012345.678", "0.0001", "约五百", "/", "1，2三"),
);

/** Reports of a format: long names, huge figures, blanks, text that is no figure, empty and long sections. */
export const anyReportOf = (format: Format): fc.Arbitrary<{ format: Format; report: Report }> =>
  fc
    .record({
      name: sentence(20).map((text) => [...text].slice(0, 60).join("").trim()),
      typedTitle: fc.option(fc.array(sentence(5), { minLength: 1, maxLength: 2 }).map((lines) => lines.join("\n"))),
      opening: fc.option(fc.array(sentence(20), { maxLength: 3 }).map((lines) => lines.join("\n"))),
      signature: fc.option(fc.constantFrom("", "云岭区人民政府办公室")),
      date: fc.option(fc.constantFrom("", `${format.years.from + 1}-03-09`)),
      note: fc.option(fc.constant("此件公开发布")),
      prose: fc.array(sectionIn(format), { minLength: 3, maxLength: 3 }),
      entries: fc.array(entry, { minLength: 200, maxLength: 200 }),
    })
    .map(({ name, typedTitle, opening, signature, date, note, prose, entries }) => {
      const sections = format.sections.filter((section) => section.kind === "prose");
      const report = reportSchema(format).parse({
        format: format.id,
        year: format.years.from,
        organisation: { name },
        ...(typedTitle !== null && { title: typedTitle }),
        ...(opening !== null && { opening }),
        closing: {
          ...(signature !== null && { signature }),
          ...(date !== null && { date }),
          ...(note !== null && { note }),
        },
        prose: Object.fromEntries(sections.map((section, index) => [section.id, prose[index] ?? []])),
        tables: filledTables(format, ({ index }) => entries[index] ?? null),
      });
      return { format, report };
    });

/** Such reports of every format. */
export const anyReport: fc.Arbitrary<{ format: Format; report: Report }> = fc
  .constantFrom(...formats)
  .chain(anyReportOf);
