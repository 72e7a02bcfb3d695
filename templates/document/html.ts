import type { Block, ComposedDocument, PrintedCell, Run, TableBlock } from "../../lib/report/compose.ts";
import { signatureIndents } from "./signature.ts";
import { draftMark, headingFaces, isJustified, lineHeight, officialFaces, page, size } from "./style.ts";
import { escapeXml } from "./xml.ts";

/**
 * The document as a fragment to paste into a website's editor. Such editors drop style sheets, classes and scripts, so
 * every element carries its own style; the page of the site owns `h1`. The markup is well-formed XML as well.
 */
export const renderHtmlFragment = (document: ComposedDocument): string =>
  [
    '<div lang="zh-CN" style="color:#000">',
    ...(document.draft ? [draftParagraph()] : []),
    ...document.blocks.map(htmlBlock),
    "</div>",
    "",
  ].join("\n");

const draftParagraph = (): string =>
  element(
    "p",
    { style: `margin:0;text-align:center;color:#c00000;font-size:${points(size.title)};font-weight:bold` },
    draftMark,
  );

/** The document as a page of its own, for reading on a screen and for printing on A4. */
export const renderHtmlPage = (document: ComposedDocument): string =>
  [
    "<!doctype html>",
    '<html lang="zh-CN">',
    "<head>",
    '<meta charset="utf-8" />',
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    `<title>${escapeXml(document.title.replaceAll("\n", ""))}</title>`,
    `<style>${pageStyle}${document.draft ? draftStyle : ""}</style>`,
    "</head>",
    "<body>",
    `<main>\n${renderHtmlFragment(document)}</main>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");

const pageStyle = `
body { margin: 0; background: #fff; }
main { box-sizing: border-box; max-width: ${page.width}mm; margin: 0 auto; padding: 8mm 6mm; overflow-x: auto; }
p, h2, h3, h4 { line-break: strict; text-spacing-trim: normal; text-autospace: no-autospace; }
table, tr { break-inside: avoid; }
thead th { text-wrap: balance; }
h2, h3, h4 { break-after: avoid; }
thead { display: table-header-group; }
@page {
  size: A4;
  margin: ${page.top}mm ${page.right}mm ${page.bottom}mm ${page.left}mm;
  @bottom-right { content: "— " counter(page) " —"; font: ${size.number}pt serif; }
}
@page :left {
  @bottom-right { content: none; }
  @bottom-left { content: "— " counter(page) " —"; font: ${size.number}pt serif; }
}
@media print {
  main { max-width: none; padding: 0; overflow: visible; }
  table { line-height: 1.2 !important; }
  th, td { padding: 1px 2px !important; }
}
`;

/** On paper the mark stands above the text of every page. */
const draftStyle = `@page { @top-center { content: "${draftMark}"; color: #c00000; font: bold ${size.title}pt sans-serif; } }
`;

/** Local names of each face, and what stands in for it where it is missing. */
const families: Readonly<Record<keyof typeof officialFaces, string>> = {
  title: `${officialFaces.title},宋体,SimSun,serif`,
  body: `${officialFaces.body},仿宋,FangSong,STFangsong,serif`,
  heading: `${officialFaces.heading},SimHei,sans-serif`,
  lead: `${officialFaces.lead},楷体,KaiTi,STKaiti,serif`,
  table: `${officialFaces.table},SimSun,serif`,
};

const points = (length: number): string => `${Number(length.toFixed(2))}pt`;
const text = `margin:0;text-indent:2em;font-size:${points(size.body)};line-height:${points(lineHeight)}`;
const border = "border:1px solid #000";

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case "title": {
      const style = `margin:0 0 ${points(lineHeight)};text-align:center;font-family:${families.title};font-size:${points(size.title)};line-height:1.5`;
      return element("p", { role: "heading", "aria-level": 1, style }, block.lines.map(escapeXml).join("<br />"));
    }
    case "heading": {
      const style = `${text};font-weight:normal;font-family:${families[headingFaces[block.level]]}`;
      return element(`h${block.level + 1}`, { style }, inline(block.runs));
    }
    case "paragraph": {
      const align = isJustified(block.runs) ? "justify" : "left";
      const style = `${text};text-align:${align};overflow-wrap:anywhere;font-family:${families.body}`;
      return element("p", { style }, inline(block.runs));
    }
    case "table":
      return htmlTable(block);
    case "signature":
      return signature(block.organisation, block.date);
    case "note":
      return element("p", { style: `${text};${withBefore};font-family:${families.body}` }, escapeXml(block.text));
  }
}

/** On paper, stands on the page of what is before it. */
const withBefore = "break-before:avoid";

/** 署名 and 成文日期; one empty line above the first of them, as space. */
function signature(organisation: string, date: string): string {
  const indents = signatureIndents(organisation, date);
  return [
    { line: organisation, indent: indents.organisation },
    { line: date, indent: indents.date },
  ]
    .filter(({ line }) => line)
    .map(({ line, indent }, index) => {
      const above = index === 0 ? `;margin-top:${points(lineHeight)}` : "";
      const place = `text-indent:0;text-align:right;padding-right:${indent}em;${withBefore}`;
      return element("p", { style: `${text};${place};font-family:${families.body}${above}` }, escapeXml(line));
    })
    .join("\n");
}

const inline = (runs: readonly Run[]): string => runs.map(htmlRun).join("");

function htmlRun(run: Run): string {
  const content = escapeXml(run.text);
  if (run.style === "bold") return element("strong", {}, content);
  return run.style === "lead" ? element("span", { style: `font-family:${families.lead}` }, content) : content;
}

function htmlTable(block: TableBlock): string {
  const whole = block.widths.reduce((total, width) => total + width, 0);
  const columns = block.widths.map((width) => `<col style="width:${((100 * width) / whole).toFixed(2)}%" />`);
  const rows = block.rows.map((row) => `<tr>${row.cells.map(htmlCell).join("")}</tr>`);
  const head = rows.slice(0, block.headRows);
  const flow = block.flows ? "break-inside:auto;" : "";
  const style = `${flow}width:100%;margin:0 0 ${points(lineHeight / 2)};border-collapse:collapse;${border};font-family:${families.table};font-size:${points(block.size)};line-height:1.4`;
  return element(
    "table",
    { "aria-label": block.caption, border: 1, cellspacing: 0, cellpadding: 0, width: "100%", style },
    [
      `\n<colgroup>${columns.join("")}</colgroup>`,
      ...(head.length > 0 ? [`<thead>\n${head.join("\n")}\n</thead>`] : []),
      `<tbody>\n${rows.slice(block.headRows).join("\n")}\n</tbody>\n`,
    ].join("\n"),
  );
}

/** Which cells a heading heads; cells that are no headings have none. */
function scopeOf({ role, colSpan, rowSpan }: PrintedCell): string | undefined {
  if (role === "band") return "colgroup";
  if (role === "columnHeading") return colSpan > 1 ? "colgroup" : "col";
  if (role === "rowHeading") return rowSpan > 1 ? "rowgroup" : "row";
  return undefined;
}

function htmlCell(cell: PrintedCell): string {
  const scope = scopeOf(cell);
  const attributes = {
    scope,
    rowspan: cell.rowSpan > 1 ? cell.rowSpan : undefined,
    colspan: cell.colSpan > 1 ? cell.colSpan : undefined,
    align: cell.align,
    valign: "middle",
    style: `${border};padding:2px 3px;font-weight:normal;text-align:${cell.align};vertical-align:middle`,
  };
  return element(scope ? "th" : "td", attributes, escapeXml(cell.text));
}

const element = (name: string, attributes: Record<string, string | number | undefined>, content: string): string =>
  `<${name}${Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join("")}>${content}</${name}>`;
