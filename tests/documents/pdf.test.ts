import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layOut } from "../../lib/layout/pages.ts";
import { type ComposedDocument, documentText } from "../../lib/report/compose.ts";
import { type FontId, font, isCovered, metrics } from "../../templates/document/fonts.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { layoutStyle } from "../../templates/document/style.ts";
import { formats } from "../../templates/index.ts";
import { sampleDocument } from "../layout/sample-reports.ts";

const folder = mkdtempSync(join(tmpdir(), "pdf-"));
afterAll(() => rmSync(folder, { recursive: true }));

const poppler = (program: string, ...options: string[]): string =>
  execFileSync(program, options, { encoding: "utf8", maxBuffer: 1 << 26 });

async function print(document: ComposedDocument, name: string): Promise<string> {
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, await renderPdf(document));
  return file;
}

const withoutBlanks = (text: string): string => text.replace(/\s/g, "");
/** Text page by page as it is painted, without page numbers and draft marks. */
const textOf = (file: string): string =>
  poppler("pdftotext", "-raw", file, "-")
    .split("\f")
    .map((page) => withoutBlanks(page).replace(/—\d+—(?:草稿)?$/, ""))
    .join("");

const cases = formats.flatMap((format) => [
  { name: `${format.id}-zero`, document: sampleDocument(format) },
  { name: `${format.id}-figures`, document: sampleDocument(format, { figure: 11_398_889, times: 4 }) },
  { name: `${format.id}-draft`, document: sampleDocument(format, { figure: 12, times: 2, draft: true }) },
]);

describe.each(cases)("the PDF of $name", ({ name, document }) => {
  let file = "";
  beforeAll(async () => {
    file = await print(document, name);
  });

  test("gives the whole text back in its order", () => {
    expect(textOf(file)).toBe(withoutBlanks(documentText(document)));
  });

  test("has A4 pages, each numbered, version 1.7, title and author", () => {
    const facts = poppler("pdfinfo", file);
    const pages = poppler("pdftotext", "-raw", file, "-").split("\f").slice(0, -1);
    expect(facts).toMatch(/Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/);
    expect(facts).toMatch(/PDF version: +1\.7/);
    expect(facts).toContain(document.title);
    expect(facts).toMatch(new RegExp(`Author: +${document.organisation}`));
    expect(facts).toMatch(new RegExp(`Pages: +${pages.length}\n`));
    for (const [index, page] of pages.entries()) expect(page).toContain(`— ${index + 1} —`);
  });

  test("embeds every font it uses, and no other kind of font", () => {
    const [, , ...fonts] = poppler("pdffonts", file).trim().split("\n");
    expect(fonts.length).toBe(5);
    for (const line of fonts) expect(line).toMatch(/Identity-H +yes yes yes/);
  });

  test("has an outline of its sections", () => {
    const outline = [
      ...poppler("pdftohtml", "-xml", "-stdout", "-i", file).matchAll(/<item page="\d+">(.*?)<\/item>/g),
    ];
    const sections = document.blocks.filter((block) => block.kind === "heading" && block.level === 1);
    expect(outline.map((item) => item[1])).toEqual(
      sections.map((block) => documentText({ ...document, blocks: [block] })),
    );
  });

  test("paints runs as wide and rules as long as page layout places them", () => {
    const [page] = layOut(document, layoutStyle, metrics).filter(({ rules }) => rules.length > 8);
    if (!page) throw new Error("no page has a table");
    const number = String(layOut(document, layoutStyle, metrics).findIndex(({ rules }) => rules.length > 8) + 1);
    const read = poppler("pdftotext", "-bbox", "-f", number, "-l", number, file, "-");
    const words = [...read.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)/g)].map(
      ([, xMin, yMin, xMax, yMax, text]) => ({ text, box: [xMin, xMax, yMin, yMax].map(Number) }),
    );
    let found = 0;
    for (const run of page.runs.filter(({ text }) => /^[^\s&<>]+$/.test(text))) {
      const glyphs = font(run.font as FontId);
      const widths = [...run.text].map(
        (sign) => (glyphs.glyphForCodePoint(sign.codePointAt(0) ?? 0).advanceWidth / glyphs.unitsPerEm) * run.size,
      );
      const end = widths.reduce((x, width) => x + width + run.spacing, run.x) - run.spacing;
      const near = (one: number, other: number) => Math.abs(one - other) < 0.05;
      const word = words.find(
        ({ text, box: [xMin = 0, , yMin = 0, yMax = 0] }) =>
          text === run.text && near(xMin, run.x) && yMin < run.y && run.y < yMax,
      );
      if (!word) continue;
      found++;
      expect(Math.abs((word.box[1] ?? 0) - end)).toBeLessThan(0.05 + Math.abs(run.spacing));
    }
    expect(found).toBeGreaterThan(20);
    const drawing = poppler("pdftocairo", "-svg", "-f", number, "-l", number, file, "-");
    const lines = [...drawing.matchAll(/M ([\d.]+) ([\d.]+) L ([\d.]+) ([\d.]+)/g)].map((line) =>
      line.slice(1).map(Number),
    );
    const painted = page.rules.filter(({ x1, y1, x2, y2 }) =>
      lines.some(([a = 0, b = 0, c = 0, d = 0]) =>
        [a - x1, b - y1, c - x2, d - y2].every((difference) => Math.abs(difference) < 0.05),
      ),
    );
    expect(painted.length).toBe(page.rules.length);
  });

  test("says on every page that it is a draft, if it is one", () => {
    const pages = poppler("pdftotext", "-raw", file, "-").split("\f").slice(0, -1);
    for (const page of pages) expect(/草稿\s*$/.test(page)).toBe(document.draft);
  });
});

test("the same document is the same PDF, byte for byte, dated as it is signed", async () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const document = sampleDocument(format, { figure: 7 });
  const first = await renderPdf(document);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(Buffer.compare(await renderPdf(document), first)).toBe(0);
  const dated = Buffer.from(first).toString("latin1");
  expect(dated).toContain(`(D:${format.years.from + 1}0121000000Z)`);
});

test("documents that are printed at the same time do not mix", async () => {
  const files = await Promise.all(cases.map(({ name, document }) => print(document, `together-${name}`)));
  for (const [index, file] of files.entries()) {
    expect(textOf(file)).toBe(withoutBlanks(documentText(cases[index]?.document as ComposedDocument)));
  }
});

describe("characters", () => {
  const text = (written: string): ComposedDocument => ({
    title: "报告",
    organisation: "某某县科学技术局",
    year: 2024,
    date: "2024-12-31",
    draft: false,
    blocks: [{ kind: "paragraph", at: "overview", runs: [{ text: written }] }],
  });

  test("of rare names are drawn and read back", async () => {
    const names = "喆堃昇琎璟瑀淏旻玥镕㙦䶮㛃𬭸𬭛𫘧𪩘㎡²";
    expect([...names].filter((character) => !isCovered(character))).toEqual([]);
    expect(textOf(await print(text(names), "names"))).toBe(names);
  });

  test("that 仿宋 lacks stand in 宋体, as light as the text around them", () => {
    for (const rare of "喆堃昇镕") expect(metrics.glyph("body", rare).font).toBe("song");
    expect(metrics.glyph("body", "公").font).toBe("imitationSong");
  });

  test("that no font has are named, and stand as a visible sign in the PDF", async () => {
    const written = "联系人𪚥先生🙂，\u200b\u00a0\n电话";
    expect([...written].filter((character) => !isCovered(character))).toEqual(["𪚥", "🙂"]);
    const file = await print(text("联系人𪚥先生🙂，\u200b电话"), "uncovered");
    expect(poppler("pdfinfo", "-struct-text", file)).toContain("联系人〓先生〓，电话");
  });

  test("that are blanks of whatever width leave a blank, never a sign", () => {
    for (const blank of "\u1680\u2000\u2002\u2005\u2007\u2009\u200a\u2028\u2029\u202f\u205f") {
      expect(metrics.glyph("body", blank).drawn).toBe(" ");
    }
    for (const wide of "\u2001\u2003\u3000")
      expect(metrics.glyph("body", wide)).toMatchObject({ drawn: "\u3000", advance: 1 });
  });

  test("that Latin fonts draw narrow are as wide as an ideograph in every face", () => {
    for (const face of ["title", "body", "heading", "lead", "table"] as const) {
      for (const mark of "“”‘’—…·") expect(metrics.glyph(face, mark).advance).toBe(1);
    }
  });

  test("are measured from fonts that are read once", () => {
    expect(font("song")).toBe(font("song"));
  });
});

test("a table cell that holds something else than a figure is printed as it was typed", async () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const document = sampleDocument(format, { figure: 3 });
  const typed = "大约有一百二十三件，另有ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const blocks = document.blocks.map((block) =>
    block.kind === "table"
      ? {
          ...block,
          rows: block.rows.map((row) => ({
            cells: row.cells.map((cell) => (cell.at ? { ...cell, text: typed } : cell)),
          })),
        }
      : block,
  );
  const odd = { ...document, blocks };
  const read = textOf(await print(odd, "typed"));
  expect(read.split(typed).length - 1).toBe(documentText(odd).split(typed).length - 1);
});
