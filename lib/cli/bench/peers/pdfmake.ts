import { headingFaces, lineHeight, page, points, size } from "../../../../templates/document/style.ts";
import type { Block, ComposedDocument, TableBlock, Run as TextRun } from "../../../report/compose.ts";
import type { LoadPeer, Run, Subject } from "../engine.ts";
import { faces } from "./faces.ts";
import { fieldsOf } from "./grid.ts";

/** What is used of the peer. */
type Pdfmake = {
  setFonts(fonts: Record<string, { normal: string }>): void;
  setUrlAccessPolicy(allows: () => boolean): void;
  setLocalAccessPolicy(allows: () => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Uint8Array> };
};

/** The same report through pdfmake: its own tables with spans and repeated heads, its own page numbers. */
export async function pdfmake({ document }: Subject, loadPeer: LoadPeer): Promise<Run> {
  const library = loadPeer("pdfmake") as Pdfmake;
  library.setFonts(Object.fromEntries(Object.entries(faces).map(([face, { file }]) => [face, { normal: file }])));
  library.setUrlAccessPolicy(() => false);
  library.setLocalAccessPolicy(() => true);
  return async () => await library.createPdf(definition(document)).getBuffer();
}

const definition = ({ blocks, title, organisation }: ComposedDocument) => ({
  info: { title, author: organisation },
  pageSize: "A4",
  pageMargins: [page.left, page.top, page.right, page.bottom].map(points),
  defaultStyle: { font: "body", fontSize: size.body, lineHeight: lineHeight / (size.body * 1.2) },
  footer: (number: number) => ({ text: `— ${number} —`, font: "table", fontSize: size.number, alignment: "center" }),
  content: blocks.map(blockContent),
});

const indented = { leadingIndent: 2 * size.body };

function blockContent(block: Block) {
  switch (block.kind) {
    case "title":
      return { text: block.lines.join("\n"), font: "title", fontSize: size.title, alignment: "center" };
    case "heading":
      return { text: textOf(block.runs), font: headingFaces[block.level], ...indented };
    case "paragraph":
      return { text: block.runs.map(runContent), alignment: "justify", ...indented };
    case "signature":
      return { text: `${block.organisation}\n${block.date}`, alignment: "right" };
    case "note":
      return { text: block.text, ...indented };
    case "table":
      return tableContent(block);
  }
}

const textOf = (runs: readonly TextRun[]): string => runs.map(({ text }) => text).join("");
const runFaces: Readonly<Record<NonNullable<TextRun["style"]>, string>> = { bold: "heading", lead: "lead" };
const runContent = ({ text, style }: TextRun) => ({ text, font: style ? runFaces[style] : "body" });

/** Every field of the grid is written out; those that another cell covers are empty. */
function tableContent(table: TableBlock) {
  const whole = table.widths.reduce((all, width) => all + width, 0);
  const padding = 3;
  const available = points(page.width - page.left - page.right) - table.widths.length * 2 * padding;
  return {
    font: "table",
    fontSize: table.size,
    lineHeight: 1,
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingLeft: () => padding, paddingRight: () => padding },
    table: {
      widths: table.widths.map((width) => (available * width) / whole),
      headerRows: table.headRows,
      dontBreakRows: true,
      body: fieldsOf(table).map((fields) =>
        fields.map(({ cell, begins }) =>
          begins
            ? { text: cell.text, colSpan: cell.colSpan, rowSpan: cell.rowSpan, alignment: cell.align }
            : { text: "" },
        ),
      ),
    },
  };
}
