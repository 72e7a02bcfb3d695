import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Block, type ComposedDocument, documentText, type PrintedCell } from "../../lib/report/compose.ts";
import { type PdfOptions, renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { sampleDocument } from "../layout/sample-reports.ts";

const folder = mkdtempSync(join(tmpdir(), "pdf-structure-"));
afterAll(() => rmSync(folder, { recursive: true }));

const poppler = (program: string, ...options: string[]): string =>
  execFileSync(program, options, { encoding: "utf8", maxBuffer: 1 << 26 });

async function print(document: ComposedDocument, name: string, options?: PdfOptions): Promise<string> {
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, await renderPdf(document, options));
  return file;
}

const withoutBlanks = (text: string): string => text.replace(/\s/g, "");

/** An element of the structure tree as poppler reads it; `text` is its own and that of all below it. */
type Element = { type: string; attributes: Record<string, string>; text: string; children: Element[] };

/** Poppler prints an element a line, deeper ones further in, and below it its attributes and its texts in quotes. */
function structureOf(file: string): Element {
  const root: Element = { type: "", attributes: {}, text: "", children: [] };
  const path = [{ element: root, depth: -1 }];
  for (const line of poppler("pdfinfo", "-struct-text", file).split("\n").filter(Boolean)) {
    const depth = line.search(/\S/);
    while ((path.at(-1)?.depth ?? -1) >= depth) path.pop();
    const content = line.trim();
    const attribute = /^\/(\w+) \/?(\S+)$/.exec(content);
    const parent = path.at(-1)?.element ?? root;
    if (attribute) parent.attributes[attribute[1] ?? ""] = attribute[2] ?? "";
    else if (content.startsWith('"')) for (const { element } of path) element.text += content.slice(1, -1);
    else {
      const element: Element = { type: /^\w+/.exec(content)?.[0] ?? "", attributes: {}, text: "", children: [] };
      parent.children.push(element);
      path.push({ element, depth });
    }
  }
  const [document] = root.children;
  if (document?.type !== "Document") throw new Error("no structure");
  return document;
}

/** The elements of the blocks, without the empty one that holds nothing. */
const blocksOf = (document: Element): Element[] => {
  const [probe, ...blocks] = document.children;
  expect(probe).toEqual({ type: "NonStruct", attributes: {}, text: "", children: [] });
  return blocks;
};

function expectedType(block: Block): string {
  if (block.kind === "title") return "H1";
  if (block.kind === "heading") return `H${block.level + 1}`;
  return block.kind === "table" ? "Table" : "P";
}

const scopes: Partial<Record<PrintedCell["role"], string>> = {
  band: "Column",
  corner: "Column",
  columnHeading: "Column",
  rowHeading: "Row",
};

const expectedCell = ({ role, text, rowSpan, colSpan }: PrintedCell) => ({
  type: scopes[role] ? "TH" : "TD",
  text: withoutBlanks(text),
  attributes: {
    ...(scopes[role] ? { Scope: scopes[role] } : {}),
    ...(colSpan > 1 ? { ColSpan: String(colSpan) } : {}),
    ...(rowSpan > 1 ? { RowSpan: String(rowSpan) } : {}),
  },
});

const tablesOf = (document: ComposedDocument) => document.blocks.filter((block) => block.kind === "table");

function expectTables(elements: readonly Element[], document: ComposedDocument): void {
  const tables = elements.filter(({ type }) => type === "Table");
  expect(tables.length).toBe(tablesOf(document).length);
  for (const [index, block] of tablesOf(document).entries()) {
    const rows = tables[index]?.children ?? [];
    expect(rows.every(({ type }) => type === "TR")).toBe(true);
    const cells = rows.map((row) =>
      row.children.map(({ type, text, attributes }) => ({ type, text: withoutBlanks(text), attributes })),
    );
    expect(cells).toEqual(block.rows.map((row) => row.cells.map(expectedCell)));
  }
}

/** Page contents, inflated. */
function contentsOf(file: string): string[] {
  const bytes = readFileSync(file);
  const contents: string[] = [];
  for (let at = bytes.indexOf("\nstream\n"); at >= 0; at = bytes.indexOf("\nstream\n", at + 1)) {
    const start = at + "\nstream\n".length;
    if (bytes[start] !== 0x78) continue;
    const content = inflateSync(bytes.subarray(start, bytes.indexOf("endstream", start))).toString("latin1");
    if (/^BT$/m.test(content)) contents.push(content);
  }
  return contents;
}

/** The paint operators of a page, each with the innermost mark it stands in. */
function paintedIn(content: string): string[] {
  const marks: string[] = [];
  const painted: string[] = [];
  for (const [operator, begun] of content.matchAll(/^\/(\w+) (?:<<[^>]*>> )?B[DM]C$|^EMC$|T[Jj]$|^S$/gm)) {
    if (begun) marks.push(begun);
    else if (operator === "EMC") marks.pop();
    else painted.push(marks.at(-1) ?? "nothing");
  }
  expect(marks).toEqual([]);
  return painted;
}

const cases = formats.flatMap((format) => [
  { name: `${format.id}-zero`, document: sampleDocument(format) },
  { name: `${format.id}-long`, document: sampleDocument(format, { figure: 11_398_889, times: 6 }) },
  { name: `${format.id}-draft`, document: sampleDocument(format, { figure: 12, draft: true }) },
]);

describe.each(cases)("the structure of $name", ({ name, document }) => {
  let file = "";
  let elements: Element[] = [];
  beforeAll(async () => {
    file = await print(document, name);
    elements = blocksOf(structureOf(file));
  });

  test("holds the whole text in its order, and nothing else", () => {
    const text = elements.map((element) => element.text).join("");
    expect(withoutBlanks(text)).toBe(withoutBlanks(documentText(document)));
  });

  test("has an element a block, even over two pages: title, headings by level, paragraphs, tables", () => {
    expect(elements.map(({ type }) => type)).toEqual(document.blocks.map(expectedType));
  });

  test("has every table with its rows, cells, spans and headings", () => {
    expect(tablesOf(document).length).toBeGreaterThan(0);
    expectTables(elements, document);
  });

  test("marks everything that is painted as content or as an artifact", () => {
    const contents = contentsOf(file);
    expect(contents.length).toBe(Number(/Pages: +(\d+)/.exec(poppler("pdfinfo", file))?.[1]));
    for (const content of contents) {
      const painted = paintedIn(content);
      expect(painted).toContain("Artifact");
      expect(new Set(painted)).not.toContain("nothing");
    }
  });

  test("is announced: tagged, in Chinese, shown by its title, tabbed through by structure", () => {
    const bytes = readFileSync(file, "latin1");
    expect(poppler("pdfinfo", file)).toMatch(/Tagged: +yes/);
    expect(bytes).toContain("/Lang (zh-CN)");
    expect(bytes).toContain("/DisplayDocTitle true");
    expect(bytes.match(/\/Tabs \/S/g)?.length).toBe(contentsOf(file).length);
  });
});

describe("a table that goes on over pages", () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const long = (cell: PrintedCell, row: number): PrintedCell => ({
    ...cell,
    text: cell.role === "rowHeading" && cell.rowSpan === 1 ? `${cell.text}第${row}行`.repeat(6) : cell.text,
  });
  const document = formats
    .map((candidate) => sampleDocument(candidate, { figure: 5 }))
    .map((sample) => ({
      ...sample,
      blocks: sample.blocks.map((block) =>
        block.kind === "table"
          ? { ...block, rows: block.rows.map(({ cells }, row) => ({ cells: cells.map((cell) => long(cell, row)) })) }
          : block,
      ),
    }));

  test("is one table whose heads and group labels are read once", async () => {
    for (const [index, composed] of document.entries()) {
      const file = await print(composed, `parted-${index}`);
      expect(poppler("pdftotext", "-raw", file, "-")).toContain("（续）");
      const elements = blocksOf(structureOf(file));
      expectTables(elements, composed);
      expect(elements.map(({ text }) => text).join("")).not.toContain("（续）");
    }
  });

  test("keeps cells without a figure in their columns", async () => {
    const [first] = document;
    if (!first) throw new Error("no document");
    const blank = {
      ...first,
      blocks: first.blocks.map((block) =>
        block.kind === "table"
          ? {
              ...block,
              rows: block.rows.map(({ cells }) => ({
                cells: cells.map((cell) => (cell.at ? { ...cell, text: "" } : cell)),
              })),
            }
          : block,
      ),
    };
    expectTables(blocksOf(structureOf(await print(blank, "blank"))), blank);
  });
});

describe("the file inside", () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const document = sampleDocument(format, { figure: 3 });
  const bytes = new TextEncoder().encode(JSON.stringify({ 机关: "青川市云岭区档案馆", rare: "𪚥\u0000" }));
  const attachment = { name: "2021年度报告.json", type: "application/json", bytes };

  test("is the report's source and comes out as it went in", async () => {
    const file = await print(document, "attached", { attachment });
    expect(poppler("pdfdetach", "-list", file)).toContain(attachment.name);
    const saved = join(folder, "saved.json");
    poppler("pdfdetach", "-save", "1", "-o", saved, file);
    expect(Buffer.compare(readFileSync(saved), bytes)).toBe(0);
    const written = readFileSync(file, "latin1");
    expect(written).toContain("/AFRelationship /Source");
    expect(written).toContain("/Subtype /application#2Fjson");
  });

  test("leaves the pages as they are, and the bytes the same each time", async () => {
    const [first, second, without] = [
      await renderPdf(document, { attachment }),
      await renderPdf(document, { attachment }),
      await print(document, "without"),
    ];
    expect(Buffer.compare(first, second)).toBe(0);
    expect(poppler("pdfdetach", "-list", without)).toContain("0 embedded files");
    const attached = await print(document, "attached-again", { attachment });
    expect(poppler("pdfinfo", "-struct-text", attached)).toBe(poppler("pdfinfo", "-struct-text", without));
  });

  test.each(["PDF/A-2b", "PDF/A-3b"] as const)("an archive gets a file that says it is %s", async (conformance) => {
    const file = await print(document, conformance.replace("/", ""), { conformance });
    const written = readFileSync(file, "latin1");
    expect(written).toContain(`<pdfaid:part>${conformance.at(-2)}</pdfaid:part>`);
    expect(written).toContain("<pdfaid:conformance>B</pdfaid:conformance>");
    expect(written).toContain("/OutputConditionIdentifier (sRGB IEC61966-2.1)");
    expect(poppler("pdfinfo", file)).toMatch(/Tagged: +yes/);
  });

  test("is refused by PDF/A-2b, and allowed by PDF/A-3b", async () => {
    await expect(renderPdf(document, { attachment, conformance: "PDF/A-2b" })).rejects.toThrow("PDF/A-2b");
    const file = await print(document, "kept", { attachment, conformance: "PDF/A-3b" });
    expect(poppler("pdfdetach", "-list", file)).toContain("1 embedded files");
  });
});

describe("text that is drawn otherwise than it was typed", () => {
  const copied = async (text: string, name: string): Promise<string> => {
    const document: ComposedDocument = {
      title: "报告",
      organisation: "某某县科学技术局",
      year: 2024,
      date: "2024-12-31",
      draft: false,
      blocks: [{ kind: "paragraph", at: "overview", runs: [{ text }] }],
    };
    const file = await print(document, name);
    expect(blocksOf(structureOf(file)).length).toBe(1);
    return poppler("pdftotext", "-raw", file, "-").replace(/— 1 —\s*$/, "");
  };

  test("is copied as it was typed where 〓 stands for a character", async () => {
    const text = "联系人𪚥先生🙂，\u200b电话";
    expect((await copied(text, "stand-in")).trimEnd()).toBe(text);
  });

  test("is copied as it was typed where one glyph draws several characters", async () => {
    const text = "甲\u00a0乙 丙\u2003丁，⽂件文件，⼀一，A\u00a0B C";
    expect((await copied(text, "one-glyph")).trimEnd()).toBe(text);
  });

  test("keeps the blanks at the ends of its lines", async () => {
    const text = "The bureau of science and technology has published one hundred and twenty six items this year";
    const lines = (await copied(text, "blanks")).replace(/\n$/, "").split("\n");
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join("")).toBe(text);
  });
});
