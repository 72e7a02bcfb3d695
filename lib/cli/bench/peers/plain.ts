import { Document, Font, Page, renderToBuffer, Text, View } from "@react-pdf/renderer";
import { createElement, type ReactElement } from "react";
import { headingFaces, lineHeight, page, points, size } from "../../../../templates/document/style.ts";
import type { Face } from "../../../layout/display.ts";
import type { Block, ComposedDocument, Run as TextRun } from "../../../report/compose.ts";
import type { Run, Subject } from "../engine.ts";
import { faces } from "./faces.ts";
import { fieldsOf } from "./grid.ts";

const body = { fontFamily: "body", fontSize: size.body, lineHeight: lineHeight / size.body };
const styles = {
  page: {
    paddingTop: points(page.top),
    paddingRight: points(page.right),
    paddingBottom: points(page.bottom),
    paddingLeft: points(page.left),
  },
  number: {
    position: "absolute",
    left: 0,
    right: 0,
    bottom: points(page.bottom - page.numberBelow) - size.number,
    textAlign: "center",
    fontFamily: "table",
    fontSize: size.number,
  },
  title: { fontFamily: "title", fontSize: size.title, lineHeight: 1.4, textAlign: "center" },
  paragraph: { ...body, textAlign: "justify", textIndent: 2 * size.body },
  signature: { ...body, textAlign: "right", paddingRight: 2 * size.body },
  row: { flexDirection: "row" },
  cell: { borderWidth: 0.5, padding: 2, justifyContent: "center" },
} as const;

/**
 * The same report as a developer writes it who lets `@react-pdf/renderer` flow the text: a Text a paragraph, a row of Views
 * a table row, the usual callback that lets Chinese break between any two characters, page numbers that are rendered
 * on every page. `experimental` takes the library's newer pagination.
 */
export const plain =
  (experimental: boolean) =>
  async ({ document }: Subject): Promise<Run> => {
    for (const [family, { file }] of Object.entries(faces)) Font.register({ family, src: file });
    Font.registerHyphenationCallback((word) => Array.from(word).flatMap((character) => [character, ""]));
    return async () => await renderToBuffer(documentElement(document, experimental));
  };

const documentElement = ({ blocks, title, organisation }: ComposedDocument, experimental: boolean) =>
  createElement(
    Document,
    { title, author: organisation, language: "zh-CN" },
    createElement(
      Page,
      { size: "A4", style: styles.page, ...(experimental ? { experimentalPagination: true } : {}) },
      createElement(Text, {
        key: "number",
        fixed: true,
        style: styles.number,
        render: ({ pageNumber }: { pageNumber: number }) => `— ${pageNumber} —`,
      }),
      blocks.map(blockElement),
    ),
  );

function blockElement(block: Block, key: number): ReactElement {
  switch (block.kind) {
    case "title":
      return createElement(Text, { key, style: { ...styles.title, marginBottom: lineHeight } }, block.lines.join("\n"));
    case "heading":
      return createElement(
        Text,
        { key, style: { ...styles.paragraph, fontFamily: headingFaces[block.level] }, minPresenceAhead: lineHeight },
        textOf(block.runs),
      );
    case "paragraph":
      return createElement(Text, { key, style: styles.paragraph }, block.runs.map(runElement));
    case "signature":
      return createElement(Text, { key, style: styles.signature }, `${block.organisation}\n${block.date}`);
    case "note":
      return createElement(Text, { key, style: styles.paragraph }, block.text);
    case "table":
      return tableElement(block, key);
  }
}

const textOf = (runs: readonly TextRun[]): string => runs.map(({ text }) => text).join("");
const runFaces: Readonly<Record<NonNullable<TextRun["style"]>, Face>> = { bold: "heading", lead: "lead" };
const runElement = ({ text, style }: TextRun, key: number) =>
  style ? createElement(Text, { key, style: { fontFamily: runFaces[style] } }, text) : text;

/** The library has no tables: rows of boxes as wide as their columns, the text of a merged cell in its first row. */
function tableElement(table: Extract<Block, { kind: "table" }>, key: number): ReactElement {
  const whole = table.widths.reduce((all, width) => all + width, 0);
  const widthOf = (column: number, span: number) =>
    `${(100 * table.widths.slice(column, column + span).reduce((all, width) => all + width, 0)) / whole}%`;
  const rows = fieldsOf(table).map((fields, row) => {
    const shown = fields.filter(({ column }, place) => column === place);
    const cells = shown.map(({ cell, column, begins }) =>
      createElement(
        View,
        { key: column, style: { ...styles.cell, width: widthOf(column, cell.colSpan) } },
        createElement(
          Text,
          { style: { fontFamily: "table", fontSize: table.size, textAlign: cell.align } },
          begins ? cell.text : "",
        ),
      ),
    );
    return createElement(View, { key: row, style: styles.row, wrap: false }, cells);
  });
  return createElement(View, { key }, rows);
}
