import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readFile } from "../../lib/import/read.ts";
import { type ComposedDocument, compose } from "../../lib/report/compose.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { sampleDocument } from "../layout/sample-reports.ts";
import { type PdfGlyph, type PdfPage, readPdfPages } from "./read-pdf-pages.ts";
import { breaches } from "./typography.ts";

const folder = new URL("../fixtures/documents/", import.meta.url);
const published = readdirSync(folder).filter((file) => file.endsWith(".txt"));

async function expectNoBreach(document: ComposedDocument): Promise<void> {
  const { lines, found } = breaches(readPdfPages(await renderPdf(document)), document);
  expect(found).toEqual([]);
  expect(lines).toBeGreaterThan(150);
}

test.each(published)(
  "every line of a published report (%s) begins, ends and is spaced as it should be",
  async (file) => {
    const read = await readFile(readFileSync(new URL(file, folder)));
    if (!read.ok) throw new Error(read.reason);
    await expectNoBreach(compose(read.format, read.report, false));
  },
);

test.each(formats)(
  "and so does every line of a report in the format $id with long or short names and figures",
  async (format) => {
    const organisation = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗住房和城乡建设局";
    await expectNoBreach(sampleDocument(format, { figure: 11_398_889, times: 3, organisation }));
    await expectNoBreach(sampleDocument(format));
  },
);

describe("the rules that lines are held against", () => {
  const PITCH = 15.79;
  const [LEFT, TOP] = [79.371, 130];

  /** A page that sets a paragraph in these lines, on the grid of characters; `place` moves single glyphs. */
  function found(lines: readonly string[], place: (glyph: PdfGlyph, line: number, at: number) => void = () => {}) {
    const text = lines.join("");
    const glyphs = lines.flatMap((line, row) => {
      const characters = [...line];
      // Spread over the whole line, as justified lines are.
      const spread = row < lines.length - 1 ? (442.2 - 16) / Math.max(characters.length - 1, 1) : PITCH;
      return characters.map((character, at) => {
        const glyph = { text: character, x: LEFT + at * spread, y: TOP + 29 * row, width: 16, size: 16 };
        place(glyph, row, at);
        return glyph;
      });
    });
    const page: PdfPage = { width: 595.3, height: 841.9, marks: [{ tag: "P", glyphs, text }], rules: [] };
    const document: ComposedDocument = {
      title: "",
      organisation: "",
      year: 2024,
      date: "2024-12-31",
      draft: false,
      blocks: [{ kind: "paragraph", at: "overview", runs: [{ text }] }],
    };
    return breaches([page], document).found.join("\n");
  }
  const full = "公开政府信息情况".repeat(4).slice(0, 27);

  test("allow lines that are well set", () => {
    expect(found([`${full}，`, "全年共一百条。"])).toBe("");
    expect(found([`${full}条`, "（见附件）。"])).toBe("");
    expect(found([`${full}年`, "2024年"])).toBe("");
  });

  test.each([
    ["a stop at the beginning of a line", "条", "。全年", "条 and 。 are parted"],
    ["a closing mark at the beginning", "条", "》全年", "条 and 》 are parted"],
    ["an opening mark at the end", "（", "见附件", "（ and 见 are parted"],
    ["a parted 破折号", "—", "—全年", "— and — are parted"],
    ["a parted 省略号", "…", "…全年", "… and … are parted"],
    ["a 分隔号 at the end", "/", "全年", "/ and 全 are parted"],
    ["a unit apart from its number", "5", "%以上", "5 and % are parted"],
    ["a parted number", "1", "208条", "1 and 2 are parted"],
    ["a number parted at its point", "3", ".14万", "3 and . are parted"],
    ["a parted word", "A", "nnual", "A and n are parted"],
  ])("notice %s", (_, end, start, expected) => {
    expect(found([`${full}${end}`, start])).toContain(expected);
  });

  test("notice a parted telephone number behind its hyphen", () => {
    expect(found([`${full.slice(0, 23)}0816-`, "2345678"])).toContain("- and 2 are parted");
  });

  test("notice a glyph beyond the edge, and allow the blank half of a mark there", () => {
    const beyond = (glyph: PdfGlyph, line: number, at: number) => {
      if (line === 0) glyph.x = LEFT + (at * (442.2 - 16 + 7)) / 27;
    };
    expect(found([`${full}条`, "完"], beyond)).toContain("条 is outside");
    expect(found([`${full}。`, "完"], beyond)).toBe("");
    const below = (glyph: PdfGlyph) => {
      glyph.y += 620;
    };
    expect(found([`${full}条`, "完"], below)).toContain("is outside");
  });

  test("notice glyphs that are torn apart or squeezed, and a line that ends early", () => {
    const shifted = (by: number) => (glyph: PdfGlyph, line: number, at: number) => {
      if (line === 0 && at === 5) glyph.x += by;
    };
    expect(found([`${full}条`, "完"], shifted(2.5))).toContain("em apart");
    expect(found([`${full}条`, "完"], shifted(-2.5))).toContain("are squeezed");
    const short = (glyph: PdfGlyph, line: number, at: number) => {
      if (line === 0) glyph.x = LEFT + at * 15.4;
    };
    expect(found([`${full}条`, "完"], short)).toContain("ends");
  });
});
