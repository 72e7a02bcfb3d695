import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readFile } from "../../lib/import/read.ts";
import { piecesOfWord } from "../../lib/import/word.ts";
import { compose } from "../../lib/report/compose.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { formats } from "../../templates/index.ts";
import { sampleReport } from "../documents/reports.ts";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const MC = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/** The pieces of a Word file with this body, and with other parts where they matter. */
function pieces(body: string, parts: Record<string, string> = {}) {
  const document = `<w:document xmlns:w="${W}" xmlns:mc="${MC}"><w:body>${body}</w:body></w:document>`;
  const files = { "[Content_Types].xml": "<Types/>", "word/document.xml": document, ...parts };
  return piecesOfWord(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}
const lines = (body: string, parts?: Record<string, string>) =>
  pieces(body, parts).map((piece) => (piece.kind === "line" ? piece.text : piece.cells));

const run = (text: string, properties = "") => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const p = (content: string, properties = "") => `<w:p><w:pPr>${properties}</w:pPr>${content}</w:p>`;
const cell = (text: string, properties = "") => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(run(text))}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.join("")}</w:tr>`;

describe("text of a Word file", () => {
  test("is what is shown: not what was deleted or is hidden, but what was inserted", () => {
    const body = p(
      `${run("公开")}<w:del>${"<w:r><w:delText>旧</w:delText></w:r>"}</w:del><w:ins>${run("新增")}</w:ins>${run("暗", "<w:vanish/>")}${run("信息", '<w:vanish w:val="0"/>')}`,
    );
    expect(lines(body)).toEqual(["公开新增信息"]);
  });

  test("has lines where lines are broken, and bold words marked", () => {
    expect(lines(p(`${run("甲")}<w:r><w:br/></w:r>${run("乙")}`))).toEqual(["甲", "乙"]);
    expect(lines(p(`${run("一是", "<w:b/>")}${run("公开")}`))).toEqual(["**一是**公开"]);
    expect(lines(p(run("全部加粗", "<w:b/>")))).toEqual(["全部加粗"]);
  });

  test("stands in text boxes once, in content controls and links, but not in a table of contents", () => {
    const box = (text: string) => `<w:pict><w:txbxContent>${p(run(text))}</w:txbxContent></w:pict>`;
    const alternate = `<w:r><mc:AlternateContent><mc:Choice>${box("框")}</mc:Choice><mc:Fallback>${box("框")}</mc:Fallback></mc:AlternateContent></w:r>`;
    const contents = `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${p(run("一、总体情况 3"))}</w:sdtContent></w:sdt>`;
    const control = `<w:sdt><w:sdtContent>${p(`<w:hyperlink>${run("控件")}</w:hyperlink>`)}</w:sdtContent></w:sdt>`;
    expect(
      lines(`${contents}${p(alternate)}${control}${p(`${run("二、主动公开")}<w:r><w:tab/></w:r>${run("5")}`)}`),
    ).toEqual(["框", "控件"]);
  });

  test("has the numbers that Word sets itself, by paragraph or style, each list counted for itself", () => {
    const level = (at: number, format: string, text: string) =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = `<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="7">${level(0, "chineseCountingThousand", "%1、")}${level(1, "chineseCounting", "（%2）")}${level(2, "decimal", "%3.")}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>`;
    const styles = `<w:styles xmlns:w="${W}"><w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>`;
    const at = (depth: number) => `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="3"/></w:numPr>`;
    const none = '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>';
    const body = [
      p(run("总体情况"), '<w:pStyle w:val="B"/>'),
      p(run("主动公开"), at(1)),
      p(run("依申请公开"), at(1)),
      p(run("渠道"), at(2)),
      p(run("申请情况"), '<w:pStyle w:val="A"/>'),
      p(run("处理"), at(1)),
      p(run("不编号"), none),
      ...Array.from({ length: 10 }, () => p(run("项"), at(0))),
    ].join("");
    const read = lines(body, { "word/numbering.xml": numbering, "word/styles.xml": styles });
    expect(read.slice(0, 7)).toEqual([
      "一、总体情况",
      "（一）主动公开",
      "（二）依申请公开",
      "1.渠道",
      "二、申请情况",
      "（一）处理",
      "不编号",
    ]);
    expect(read.slice(-2)).toEqual(["十一、项", "十二、项"]);
  });
});

describe("tables of a Word file", () => {
  const begin = '<w:vMerge w:val="restart"/>';
  const on = "<w:vMerge/>";

  test("stand in their grid: cells over rows once, cells over columns once, gaps at the side blank", () => {
    const table = `<w:tbl>${row(cell("甲", begin), cell("乙", '<w:gridSpan w:val="2"/>'))}${row(cell("", on), cell("1"), cell("2"))}<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell("3")}${cell("4")}</w:tr></w:tbl>`;
    expect(lines(table)).toEqual([
      ["甲", "乙"],
      ["", "1", "2"],
      ["", "3", "4"],
    ]);
  });

  test("may begin with cells that go on from another page; deleted rows are gone", () => {
    const deleted = `<w:tr><w:trPr><w:del/></w:trPr>${cell("删")}${cell("9")}</w:tr>`;
    const table = `<w:tbl>${row(cell("", on), cell("乙"), cell("1"))}${deleted}${row(cell("", on), cell("丙"), cell("2"))}</w:tbl>`;
    expect(lines(table)).toEqual([
      ["", "乙", "1"],
      ["", "丙", "2"],
    ]);
  });

  test("that only frame text are text", () => {
    expect(lines(`<w:tbl>${row(cell("一、总体情况"))}${row(cell("公开信息三条。"))}</w:tbl>`)).toEqual([
      "一、总体情况",
      "公开信息三条。",
    ]);
  });
});

test.each(formats)("a report of $id whose headings Word numbers itself is read whole", async (format) => {
  const report = sampleReport(format);
  const parts = unzipSync(await renderDocx(compose(format, report, false)));
  const text = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
  const numbered = text.replace(
    /(<w:pStyle w:val="Heading1"\/>)((?:(?!<w:t[ >]).)*<w:t[^>]*>)[一二三四五六]、/gs,
    '$1<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr>$2',
  );
  expect(numbered.match(/w:numId w:val="9"/g)).toHaveLength(format.sections.length);
  const numbering = `<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>`;
  const result = await readFile(
    zipSync({ ...parts, "word/document.xml": strToU8(numbered), "word/numbering.xml": strToU8(numbering) }),
  );
  if (!result.ok) throw new Error(result.reason);
  expect(result.printed?.headings.map((heading) => heading.text)).toEqual(
    format.sections.map(({ heading }) => heading),
  );
  expect(result.report.tables).toEqual(report.tables);
});
