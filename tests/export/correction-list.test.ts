import { expect, test } from "vitest";
import type { Corrections } from "../../lib/checks/corrections.ts";
import { correctionList, correctionListFile } from "../../lib/export/correction-list.ts";
import { renderPool } from "../../lib/export/render-pool.ts";
import { docxText, partOf, wordText } from "../documents/read-docx.ts";
import { all } from "../documents/read-markup.ts";

const sender = { organisation: "青川市人民政府办公室", date: "2025-02-03" };
const line = { quote: "", message: "“自然人”列勾稽不平。", advice: "逐件核对这一列。" };
const content = (lines: number): Corrections => ({
  reports: [
    {
      file: "水务局.docx",
      organisation: "青川县水务局",
      year: 2024,
      notes: ["表三有一行没有读懂。"],
      corrections: [
        ...Array.from({ length: lines }, (_, index) => ({
          ...line,
          severity: "error" as const,
          place: `表三：第${index + 1}行·自然人`,
        })),
        {
          severity: "hint",
          place: "六、其他需要报告的事项",
          quote: "…依据国办公开办函[2021]30号编制…",
          message: "文号应使用六角括号。",
          advice: "改用六角括号。",
          fix: { from: "[2021]", to: "〔2021〕" },
        },
      ],
    },
    { file: "林业局.pdf", organisation: "青川县林业局", year: 2023, notes: [], corrections: [] },
  ],
  unread: [{ file: "扫描件.pdf", reason: "PDF 中没有文字，可能是扫描件，不能读取。" }],
});

test("the list counts, says place, problem and correction of each report, and names the files that were not read", async () => {
  const file = await correctionListFile(content(1), sender, "docx");
  expect(file.name).toBe("政府信息公开工作年度报告整改清单.docx");
  const text = docxText(file.bytes);
  expect(text).toBe(wordText(correctionList(content(1), sender)));
  for (const part of [
    "共检查2份年度报告，1份有问题：错误1项，警告0项，提示1项。另有1个文件不能读取。",
    "1\t青川县水务局\t2024年\t1\t0\t1",
    "1\t错误\t表三：第1行·自然人\t“自然人”列勾稽不平。\t逐件核对这一列。\t",
    "“…依据国办公开办函[2021]30号编制…”\t文号应使用六角括号。\t“[2021]”改为“〔2021〕”。改用六角括号。\t",
    "读取说明：表三有一行没有读懂。",
    "文件：林业局.pdf。没有发现问题。",
    "扫描件.pdf\tPDF 中没有文字，可能是扫描件，不能读取。",
    "青川市人民政府办公室\n2025年2月3日",
  ]) {
    expect(text).toContain(part);
  }
});

test("the list of one report has its name, and needs no overview", () => {
  const [first] = content(1).reports;
  const list = correctionList({ reports: first ? [first] : [], unread: [] }, sender);
  expect(list.title).toBe("青川县水务局2024年度报告整改清单");
  expect(list.blocks.filter(({ kind }) => kind === "table")).toHaveLength(1);
});

test("a long list goes on over pages, its head on each of them", async () => {
  const { bytes } = await correctionListFile(content(60), sender, "docx");
  const body = partOf(bytes, "word/document.xml");
  const rows = all(body, "w:tr").filter((row) => all(row, "w:tc").length === 6 && all(row, "w:t").length > 0);
  const kept = rows.filter((row) => all(row, "w:keepNext").length > 0);
  expect(rows.length).toBeGreaterThan(60);
  expect(kept.length).toBeLessThan(8);
  expect(all(body, "w:tblHeader")).toHaveLength(3);
  expect(all(body, "w:pageBreakBefore")).toHaveLength(0);
});

test("the page has the same words, and its long tables may be parted in print", async () => {
  const list = correctionList(content(3), sender);
  const { bytes, name } = await correctionListFile(content(3), sender, "html");
  const html = new TextDecoder().decode(bytes);
  expect(name).toMatch(/\.html$/);
  expect(html.match(/<table[^>]*break-inside:auto/g)).toHaveLength(3);
  const words = html.replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, "");
  for (const block of list.blocks) {
    if (block.kind !== "table") continue;
    for (const { text } of block.rows.flatMap(({ cells }) => cells)) expect(words).toContain(text);
  }
});

test("the threads that render reports make lists as well", async () => {
  const rendered = await renderPool().render("a", { kind: "corrections", content: content(2), sender, as: "docx" });
  expect(rendered).toMatchObject({ kind: "file", file: { name: "政府信息公开工作年度报告整改清单.docx" } });
});
