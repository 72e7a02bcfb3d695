import { expect, test } from "vitest";
import { readFile } from "../../lib/import/read.ts";
import { type ComposedDocument, compose, documentText, runsText } from "../../lib/report/compose.ts";
import type { Format } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { printedByLibreOffice, savedByLibreOffice } from "./libre-office.ts";
import { pdfText } from "./read-pdf.ts";
import { bareReport, filledTables, sampleReport } from "./reports.ts";

/** The pages that LibreOffice makes of a Word file, as text. */
const pagesInLibreOffice = (file: Uint8Array): string[] =>
  pdfText(Buffer.from(savedByLibreOffice(file, "pdf"))).split("\f");

test.each(formats)(
  "LibreOffice opens the Word file of $id with every figure, the large table on one page",
  async (format) => {
    const document = compose(format, sampleReport(format), false);
    const pages = pagesInLibreOffice(await renderDocx(document));
    const figures = (text: string) => text.match(/\d{4,}(?:\.\d+)?/g) ?? [];
    expect(figures(documentText(document)).length).toBeGreaterThan(190);
    expect(figures(pages.join("\n"))).toEqual(figures(documentText(document)));
    const withLargeTable = pages.filter((page) => page.includes("勾稽关系"));
    expect(withLargeTable).toHaveLength(1);
    expect(withLargeTable[0]).toContain("四、结转下年度继续办理");
    const numbers = pages.flatMap((page) => page.match(/— \d+ —/g) ?? []);
    expect(numbers).toEqual(numbers.map((_, index) => `— ${index + 1} —`));
    expect(numbers.length).toBeGreaterThanOrEqual(4);
  },
);

test.each(formats)(
  "a Word file of $id that LibreOffice saved still carries its report, and is known to be saved",
  async (format) => {
    const report = sampleReport(format, { opening: "甲<乙>&丙“丁”'戊\"𬭸\u2028\u0085\ufffe己\n庚  辛" });
    const data = new TextEncoder().encode(JSON.stringify(report, null, 2));
    const file = await renderDocx(compose(format, report, false), { data });
    expect(await readFile(savedByLibreOffice(file, "docx"))).toEqual({
      ok: true,
      kind: "docx",
      cells: [],
      format,
      report,
      notes: [expect.stringMatching(/生成以后又保存过/)],
    });
  },
);

/** Plain Chinese, whose characters are as wide in every font. */
const PLAIN = [
  "坚持把政务公开作为转变作风、服务群众的重要抓手，主要负责同志听取汇报、研究部署，分管负责同志逐月调度，各股室各负其责，形成了上下联动、齐抓共管的工作格局，全年没有发生因公开不及时、不准确而引起的投诉。",
  "围绕群众关心的入学、就医、养老、住房、用水用电等事项，及时公开办理条件、办理流程和办理结果；对涉及面广、社会关注度高的文件，同步制作图解和短视频，由起草人到社区、到集镇、到田间地头当面解读，让群众看得懂、记得住、用得上。",
  "严格落实公开前的审查制度，先审查、后公开，一事一审、全面审查。凡是拟公开的信息，由承办股室提出意见，办公室核对文字，分管负责同志签发，做到不该公开的一条不漏出去，应当公开的一条不留下来。",
  "下一步，将对照上级要求和群众期盼，逐项查找差距，列出清单，明确责任人和完成时限，办结一项、销号一项；同时加强对村和社区的指导，把好经验、好做法推广开来，推动公开工作再上新台阶。",
];
const WITH_FIGURES =
  "（一）主动公开。全年通过门户网站公开信息128条，其中政策文件12件、工作动态86条、公示公告30条；办理建议提案17件，按期办结率100%，咨询电话0799-8061367。";

const withProse = (format: Format, text: string, changes: Partial<Report> = {}): Report => {
  const sections = format.sections.filter(({ kind }) => kind === "prose");
  const prose = Object.fromEntries(sections.map(({ id }) => [id, text])) as unknown as Report["prose"];
  return sampleReport(format, { prose, ...changes });
};

const zeros = (format: Format) => filledTables(format, () => "0") as Report["tables"];

/** Reports whose pages could go wrong in different places. */
const reports = formats.flatMap((format): [string, Format, Report][] => [
  [`${format.id}, nothing entered`, format, bareReport(format)],
  [`${format.id}, all zero`, format, withProse(format, WITH_FIGURES, { tables: zeros(format) })],
  [`${format.id}, full`, format, sampleReport(format)],
  [`${format.id}, a page before the tables`, format, withProse(format, `${PLAIN.join("\n")}\n${PLAIN[0]}`)],
  [`${format.id}, long`, format, withProse(format, [...PLAIN, WITH_FIGURES, ...PLAIN, ...PLAIN].join("\n"))],
]);

test("LibreOffice makes the same pages and lines of the Word file as the PDF has", async () => {
  const documents = reports.map(([, format, report]) => compose(format, report, false));
  const printed = printedByLibreOffice(await Promise.all(documents.map((document) => renderDocx(document))));
  const compared = await Promise.all(
    documents.map(async (document, index) => {
      const ours = setText(await renderPdf(document));
      const theirs = setText(printed[index] as Uint8Array);
      return { document, ours, theirs, name: reports[index]?.[0] };
    }),
  );

  const pages = compared.map(({ name, ours, theirs }) => ({ name, ours: ours.pages, theirs: theirs.pages }));
  expect(pages).toEqual(pages.map(({ name, ours }) => ({ name, ours, theirs: ours })));
  expect(Math.max(...pages.map(({ ours }) => ours))).toBeGreaterThan(8);

  let [plain, others] = [0, 0];
  for (const { document, ours, theirs, name } of compared) {
    expect(theirs.text, name).toBe(ours.text);
    const paragraphs = bodyParagraphs(document);
    const [here, there] = [breaksOf(ours, paragraphs), breaksOf(theirs, paragraphs)];
    for (const [index, paragraph] of paragraphs.entries()) {
      if (/[!-~〔〕]/.test(paragraph)) {
        others++;
        const linesMore = (there[index]?.length ?? 0) - (here[index]?.length ?? 0);
        expect(Math.abs(linesMore), `${name}: ${paragraph}`).toBeLessThanOrEqual(1);
      } else {
        plain++;
        expect(there[index], `${name}: ${paragraph}`).toEqual(here[index]);
      }
    }
  }
  expect(plain).toBeGreaterThan(100);
  expect(others).toBeGreaterThan(20);
});

/** What stands on the pages without blanks and page numbers, and after how many characters each line ends. */
type SetText = { pages: number; text: string; lineEnds: number[] };

function setText(pdf: Uint8Array): SetText {
  const pages = pdfText(pdf).split("\f").slice(0, -1);
  const lines = pages
    .flatMap((page) => page.split("\n").filter((line) => !/^\s*— \d+ —$/.test(line)))
    .map((line) => line.replace(/\s/g, ""))
    .filter((line) => line !== "");
  let end = 0;
  const lineEnds = lines.map((line) => {
    end += line.length;
    return end;
  });
  return { pages: pages.length, text: lines.join(""), lineEnds };
}

const bodyParagraphs = (document: ComposedDocument): string[] =>
  document.blocks.flatMap((block) => (block.kind === "paragraph" ? [runsText(block.runs).replace(/\s/g, "")] : []));

/** Of each of the paragraphs, after how many of its characters its lines end, the last one apart. */
function breaksOf({ text, lineEnds }: SetText, paragraphs: readonly string[]): number[][] {
  let from = 0;
  return paragraphs.map((paragraph) => {
    const start = text.indexOf(paragraph, from);
    if (start < 0) throw new Error(`not on the pages: ${paragraph}`);
    from = start + paragraph.length;
    return lineEnds.map((end) => end - start).filter((end) => end > 0 && end < paragraph.length);
  });
}
