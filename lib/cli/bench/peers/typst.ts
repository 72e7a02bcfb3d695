import { headingFaces, lineHeight, page, size } from "../../../../templates/document/style.ts";
import type { Face } from "../../../layout/display.ts";
import type { Block, ComposedDocument, PrintedCell, Run as TextRun } from "../../../report/compose.ts";
import type { LoadPeer, Run, Subject } from "../engine.ts";
import { faces, fontFolder } from "./faces.ts";

/** What is used of the peer. */
type Compiler = {
  pdf(input: { mainFileContent: string }, options: { pdfTags: boolean }): Uint8Array;
  evictCache(age: number): void;
};
type Typst = { NodeCompiler: { create(options: { fontArgs: { fontPaths: string[] }[] }): Compiler } };

/**
 * The same report through Typst, compiled in full every time: what it remembers of the last document is thrown away
 * before each run, its fonts stay open. Its outline is always on; its tags are, unless `tagged` is false.
 */
export const typst =
  (tagged: boolean) =>
  async ({ document }: Subject, loadPeer: LoadPeer): Promise<Run> => {
    const { NodeCompiler } = loadPeer("@myriaddreamin/typst-ts-node-compiler") as Typst;
    const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fontFolder] }] });
    return async () => {
      compiler.evictCache(0);
      return compiler.pdf({ mainFileContent: source(document) }, { pdfTags: tagged });
    };
  };

const source = ({ blocks, title, organisation }: ComposedDocument): string =>
  [
    `#set document(title: ${quoted(title)}, author: ${quoted(organisation)})`,
    `#set page(paper: "a4", numbering: "— 1 —", margin: (top: ${page.top}mm, right: ${page.right}mm, bottom: ${page.bottom}mm, left: ${page.left}mm))`,
    `#set text(${face("body")}, size: ${size.body}pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)`,
    `#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: ${lineHeight - size.body}pt, spacing: ${lineHeight - size.body}pt)`,
    `#show heading: set text(size: ${size.body}pt, weight: "regular")`,
    `#show heading: it => par(it.body)`,
    ...([1, 2, 3] as const).map(
      (level) => `#show heading.where(level: ${level}): set text(${face(headingFaces[level])})`,
    ),
    ...blocks.map(blockSource),
  ].join("\n\n");

function blockSource(block: Block): string {
  switch (block.kind) {
    case "title": {
      const lines = block.lines.map((line) => `#${quoted(line)}`).join(" \\ ");
      return `#align(center, text(${face("title")}, size: ${size.title}pt)[${lines}])\n#v(${lineHeight}pt)`;
    }
    case "heading":
      return `#heading(level: ${block.level})[${runsSource(block.runs)}]`;
    case "paragraph":
      return runsSource(block.runs);
    case "signature":
      return `#align(right)[#${quoted(block.organisation)} \\ #${quoted(block.date)}]`;
    case "note":
      return `#${quoted(block.text)}`;
    case "table": {
      const head = block.rows.slice(0, block.headRows).flatMap(({ cells }) => cells.map(cellSource));
      const rows = block.rows.slice(block.headRows).flatMap(({ cells }) => cells.map(cellSource));
      const columns = block.widths.map((width) => `${width}fr`).join(", ");
      const header = head.length > 0 ? [`table.header(${head.join(", ")})`] : [];
      return `#[#set text(${face("table")}, size: ${block.size}pt)
#set par(justify: false, first-line-indent: 0pt, leading: 0.28em)
#table(columns: (${columns}), stroke: 0.5pt, inset: 3pt, ${[...header, ...rows].join(",\n")})]`;
    }
  }
}

const cellSource = ({ text, align, colSpan, rowSpan }: PrintedCell): string =>
  `table.cell(colspan: ${colSpan}, rowspan: ${rowSpan}, align: ${align} + horizon, ${quoted(text)})`;

const runsSource = (runs: readonly TextRun[]): string => runs.map(runSource).join("");
const runFaces: Readonly<Record<NonNullable<TextRun["style"]>, Face>> = { bold: "heading", lead: "lead" };
const runSource = ({ text, style }: TextRun): string =>
  style ? `#text(${face(runFaces[style])}, ${quoted(text)})` : `#${quoted(text)}`;

const face = (of: Face): string => `font: ${quoted(faces[of].family)}, weight: ${faces[of].weight}`;
const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
