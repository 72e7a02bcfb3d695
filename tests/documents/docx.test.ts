import { createHash } from "node:crypto";
import validate from "@ooxml-tools/validate";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compose } from "../../lib/report/compose.ts";
import { grid } from "../../lib/report/grid.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import type { Report } from "../../lib/report/report.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { formats } from "../../templates/index.ts";
import { bodyOf, brokenLines, isCovered, paragraphText, partOf, printedCells, styleOf, unzip } from "./read-docx.ts";
import { all, type Element, elementsOf, first, readMarkup, textOf } from "./read-markup.ts";
import { anyReport, bareReport, filledTables, sampleReport } from "./reports.ts";

/** 156 mm in twips. */
const TEXT_WIDTH = 8844;

const attribute = (element: Element, name: string): string | undefined => element.attributes[`w:${name}`];
const width = (element: Element): number => Number(attribute(element, "w"));

describe.each(formats)("the Word file of $id", (format) => {
  let file: Uint8Array;
  let tables: Element[];
  beforeAll(async () => {
    file = await renderDocx(compose(format, sampleReport(format), false));
    tables = all(bodyOf(file), "w:tbl");
  });

  test("has no error in the Open XML SDK, finished or draft, filled or empty", async () => {
    const files = [
      file,
      await renderDocx(compose(format, sampleReport(format), true)),
      await renderDocx(compose(format, bareReport(format), true)),
    ];
    for (const bytes of files) expect(await validate(bytes, "docx")).toEqual([]);
  });

  test("merges the cells of every table as the grid says", () => {
    expect(tables).toHaveLength(format.tables.length);
    for (const [index, table] of format.tables.entries()) {
      const element = tables[index];
      if (!element) throw new Error(`no table ${table.id}`);
      const rows = all(element, "w:tr");
      const printed = grid(table);
      expect(rows.map((row) => printedCells(row).length)).toEqual(printed.rows.map((row) => row.cells.length));
      const spans = rows.map((row) =>
        printedCells(row).map((cell) => Number(attribute(all(cell, "w:gridSpan")[0] ?? cell, "val") ?? 1)),
      );
      expect(spans).toEqual(printed.rows.map((row) => row.cells.map((cell) => cell.colSpan)));
      const tall = printed.rows.flatMap((row) => row.cells.filter((cell) => cell.rowSpan > 1));
      const merges = all(element, "w:vMerge").map((merge) => attribute(merge, "val"));
      expect(merges.filter((merge) => merge === "restart")).toHaveLength(tall.length);
      expect(merges.filter((merge) => merge !== "restart")).toHaveLength(
        tall.reduce((covered, cell) => covered + cell.rowSpan - 1, 0),
      );
    }
  });

  test("gives every table a fixed grid as wide as the text, and every cell the width of its columns", () => {
    for (const table of tables) {
      const columns = all(table, "w:gridCol").map(width);
      expect(columns.reduce((sum, column) => sum + column, 0)).toBe(TEXT_WIDTH);
      expect(width(first(table, "w:tblW"))).toBe(TEXT_WIDTH);
      expect(attribute(first(table, "w:tblLayout"), "type")).toBe("fixed");
      for (const row of all(table, "w:tr")) {
        const cells = all(row, "w:tc").map((cell) => width(first(cell, "w:tcW")));
        expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(TEXT_WIDTH);
      }
    }
  });

  test("repeats the heading rows of a table on every page and breaks no row", () => {
    const heads = tables.map((table) => all(table, "w:tblHeader").length);
    expect(heads).toEqual(format.tables.map((table) => grid(table).headRows));
    expect(Math.max(...heads)).toBe(3);
    for (const table of tables) expect(all(table, "w:cantSplit")).toHaveLength(all(table, "w:tr").length);
  });

  test("begins the table that fills a page on a page of its own", () => {
    const breaks = all(bodyOf(file), "w:p").filter((paragraph) => all(paragraph, "w:pageBreakBefore").length > 0);
    expect(breaks.map(paragraphText)).toEqual(["三、收到和处理政府信息公开申请情况"]);
  });

  test("centres every cell but the labels of single rows, which stand at the left", () => {
    const large = tables[1];
    if (!large) throw new Error("no table");
    const left = all(large, "w:tc").filter((cell) => attribute(all(cell, "w:jc")[0] ?? cell, "val") === "left");
    expect(left.map((cell) => all(cell, "w:p").map(paragraphText).join(""))).toContain("1.属于国家秘密");
    expect(left.length).toBeGreaterThan(20);
    const upright = all(large, "w:tc").map((cell) => attribute(first(cell, "w:vAlign"), "val"));
    expect(new Set(upright)).toEqual(new Set(["center"]));
  });

  test("has no empty paragraph outside the cells, and none in a cell that has text", () => {
    const paragraphs = elementsOf(bodyOf(file)).filter((block) => block.name === "w:p");
    expect(paragraphs.length).toBeGreaterThan(15);
    expect(paragraphs.filter((paragraph) => paragraphText(paragraph).trim() === "")).toEqual([]);
    const cells = tables.flatMap((table) => all(table, "w:tc")).filter((cell) => !isCovered(cell));
    expect(cells.every((cell) => all(cell, "w:p").length === 1)).toBe(true);
  });

  test("is A4 with the margins of GB/T 9704 and a grid of lines", () => {
    const section = first(bodyOf(file), "w:sectPr");
    expect(first(section, "w:pgSz").attributes).toMatchObject({ "w:w": "11906", "w:h": "16838" });
    const margins = { "w:top": "2098", "w:right": "1474", "w:bottom": "1984", "w:left": "1587" };
    expect(first(section, "w:pgMar").attributes).toMatchObject(margins);
    expect(first(section, "w:docGrid").attributes).toMatchObject({ "w:type": "lines", "w:linePitch": "579" });
  });

  test("sets every paragraph in a style that the file defines", () => {
    const defined = all(partOf(file, "word/styles.xml"), "w:style").map((style) => attribute(style, "styleId"));
    const used = ["w:pStyle", "w:rStyle"].flatMap((name) =>
      all(bodyOf(file), name).map((style) => attribute(style, "val")),
    );
    const expected = [
      "Title",
      "Heading1",
      "Heading2",
      "Heading3",
      "Body",
      "Signature",
      "Date",
      "Note",
      "Lead",
      "Strong",
    ];
    for (const style of expected) expect(used).toContain(style);
    for (const style of used) expect(defined).toContain(style);
    expect(all(bodyOf(file), "w:p")).toHaveLength(all(bodyOf(file), "w:pStyle").length);
  });

  test("gives text no formatting of its own but place, order and the hint at its script", () => {
    const own = (name: string) =>
      new Set(all(bodyOf(file), name).flatMap((properties) => elementsOf(properties).map((one) => one.name)));
    const paragraphs = ["w:pStyle", "w:keepNext", "w:pageBreakBefore", "w:spacing", "w:ind", "w:jc"];
    expect(paragraphs).toEqual(expect.arrayContaining([...own("w:pPr")]));
    expect(own("w:rPr")).toEqual(new Set(["w:rStyle", "w:rFonts"]));
    const [runs, withText] = [all(bodyOf(file), "w:r"), all(bodyOf(file), "w:t")];
    expect(withText.length).toBeGreaterThan(200);
    expect(runs.map((run) => first(run, "w:rFonts").attributes)).toEqual(runs.map(() => ({ "w:hint": "eastAsia" })));
    expect(tables.map((table) => attribute(first(table, "w:tblStyle"), "val"))).toEqual(
      tables.map(() => "ReportTable"),
    );
  });

  test("keeps 署名, 成文日期 and 附注 on the page of the end of the text", () => {
    const closing = elementsOf(bodyOf(file)).slice(-5, -1);
    const styles = closing.map((paragraph) => attribute(first(paragraph, "w:pStyle"), "val"));
    expect(styles).toEqual(["Body", "Signature", "Date", "Note"]);
    const holds = (paragraph: Element, style: string) =>
      all(paragraph, "w:keepNext").length + all(styleOf(file, style), "w:keepNext").length > 0;
    expect(closing.map((paragraph, index) => holds(paragraph, styles[index] ?? ""))).toEqual([true, true, true, false]);
  });

  test("names its tables for those who do not see them", () => {
    expect(tables.map((table) => attribute(first(table, "w:tblCaption"), "val"))).toEqual(
      format.sections.filter(({ kind }) => kind === "table").map(({ heading }) => heading),
    );
  });

  test("lowers the rows of a table that would otherwise just not stand on the page of its heading", async () => {
    const heights = (bytes: Uint8Array) =>
      all(first(bodyOf(bytes), "w:tbl"), "w:trHeight").map((height) => Number(attribute(height, "val")));
    const short = heights(await renderDocx(compose(format, bareReport(format), false)));
    expect(short).toHaveLength(heights(file).length);
    for (const [index, height] of heights(file).entries()) expect(short[index]).toBeLessThan(height);
  });

  test("is no larger than 25 KB", () => {
    expect(file.length).toBeLessThan(25 * 1024);
  });

  test("numbers its pages — 1 —, odd ones at the right, even ones at the left", () => {
    const footers = Object.entries(unzip(file)).filter(([path]) => /^word\/footer\d+\.xml$/.test(path));
    const sides = footers.map(([path]) => {
      const footer = partOf(file, path);
      expect(first(footer, "w:instrText").children).toEqual(["PAGE"]);
      expect(all(footer, "w:t").map((text) => text.children.join(""))).toEqual(["— ", " —"]);
      return attribute(first(footer, "w:jc"), "val");
    });
    expect(sides.sort()).toEqual(["left", "right"]);
    expect(all(partOf(file, "word/settings.xml"), "w:evenAndOddHeaders")).toHaveLength(1);
    const kinds = all(bodyOf(file), "w:footerReference").map((reference) => attribute(reference, "type"));
    expect(kinds.sort()).toEqual(["default", "even"]);
  });

  test("bears the mark of a draft in its headers only while it is one", async () => {
    const headersOf = (bytes: Uint8Array) =>
      Object.keys(unzip(bytes))
        .filter((path) => /^word\/header\d+\.xml$/.test(path))
        .map((path) => paragraphText(partOf(bytes, path)));
    expect(headersOf(file)).toEqual([]);
    expect(headersOf(await renderDocx(compose(format, sampleReport(format), true)))).toEqual(["草稿", "草稿"]);
  });

  test("is the same file, byte for byte, for the same report", async () => {
    expect(await renderDocx(compose(format, sampleReport(format), false))).toEqual(file);
  });

  test("carries the report in a part of its own where it is asked to, and is the same and valid otherwise", async () => {
    const document = compose(format, sampleReport(format), false);
    const json = JSON.stringify(sampleReport(format, { opening: "甲<乙>&丙\ufffe" }), null, 2);
    const data = new TextEncoder().encode(json);
    const carrying = await renderDocx(document, { data });
    expect(await validate(carrying, "docx")).toEqual([]);
    expect(await renderDocx(document, { data })).toEqual(carrying);

    const { "customXml/item1.xml": part = "", ...parts } = unzip(carrying);
    const plain = unzip(file);
    expect(Object.keys(parts).filter((path) => !(path in plain))).toEqual([
      "customXml/itemProps1.xml",
      "customXml/_rels/item1.xml.rels",
    ]);
    const touched = Object.keys(plain).filter((path) => parts[path] !== plain[path]);
    expect(touched.sort()).toEqual(["[Content_Types].xml", "word/_rels/document.xml.rels"]);

    const report = first(readMarkup(part), "report");
    expect(report.attributes).toEqual({
      xmlns: "urn:disclosure-annual-report:report",
      document: createHash("sha256")
        .update(plain["word/document.xml"] ?? "")
        .digest("hex"),
    });
    expect(elementsOf(report)).toEqual([]);
    expect(part).not.toContain("\ufffe");
    expect(JSON.parse(textOf(report))).toEqual(JSON.parse(json));
    const related = all(partOf(carrying, "word/_rels/document.xml.rels"), "Relationship").filter(
      ({ attributes }) => attributes.Target === "../customXml/item1.xml",
    );
    expect(related).toHaveLength(1);
  });
});

describe("the styles of the Word file", () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const document = compose(format, sampleReport(format), false);
  const face = (element: Element) => attribute(first(element, "w:rFonts"), "eastAsia");

  test("name the official faces, by no theme", async () => {
    const file = await renderDocx(document);
    const chinese = Object.fromEntries(
      ["Title", "Heading1", "Heading2", "Heading3", "TableText9", "Lead"].map((id) => [id, face(styleOf(file, id))]),
    );
    expect(chinese).toEqual({
      Title: "方正小标宋简体",
      Heading1: "黑体",
      Heading2: "楷体_GB2312",
      Heading3: "仿宋_GB2312",
      TableText9: "宋体",
      Lead: "楷体_GB2312",
    });
    expect(face(first(partOf(file, "word/styles.xml"), "w:docDefaults"))).toBe("仿宋_GB2312");
    const named = ["word/styles.xml", "word/document.xml"].flatMap((path) => all(partOf(file, path), "w:rFonts"));
    expect(named.length).toBeGreaterThan(200);
    expect(named.flatMap((fonts) => Object.keys(fonts.attributes)).filter((name) => /theme/i.test(name))).toEqual([]);
  });

  test("indent text by two characters, keep headings with their text and in the outline", async () => {
    const file = await renderDocx(document);
    expect(attribute(first(styleOf(file, "Body"), "w:ind"), "firstLineChars")).toBe("200");
    expect(first(styleOf(file, "Body"), "w:spacing").attributes).toMatchObject({
      "w:lineRule": "exact",
      "w:line": "579",
    });
    for (const level of [1, 2, 3]) {
      const style = styleOf(file, `Heading${level}`);
      expect(all(style, "w:keepNext")).toHaveLength(1);
      expect(attribute(first(style, "w:outlineLvl"), "val")).toBe(String(level - 1));
      expect(attribute(first(style, "w:b"), "val")).toBe("0");
    }
  });

  test("break lines by Chinese rules and take the grid away from table cells", async () => {
    const file = await renderDocx(document);
    const defaults = first(partOf(file, "word/styles.xml"), "w:docDefaults");
    expect(all(defaults, "w:kinsoku")).toHaveLength(1);
    for (const gap of ["w:autoSpaceDE", "w:autoSpaceDN"]) {
      const everywhere = ["word/styles.xml", "word/document.xml"].flatMap((path) => all(partOf(file, path), gap));
      expect(everywhere.map((one) => attribute(one, "val"))).toEqual(["0"]);
      expect(attribute(first(defaults, gap), "val")).toBe("0");
    }
    // On where nothing is said; LibreOffice reads it the wrong way round.
    expect(all(partOf(file, "word/styles.xml"), "w:overflowPunct")).toEqual([]);
    expect(attribute(first(defaults, "w:lang"), "eastAsia")).toBe("zh-CN");
    expect(attribute(first(styleOf(file, "TableText9"), "w:snapToGrid"), "val")).toBe("0");
  });

  test("carry title, agency and year in the properties, and no time", async () => {
    const properties = unzip(await renderDocx(document))["docProps/core.xml"];
    expect(properties).toContain(`<dc:title>${document.title}</dc:title>`);
    expect(properties).toContain(`<dc:creator>${document.organisation}</dc:creator>`);
    expect(properties).not.toContain("dcterms");
  });
});

test("the Word file of any report has no error in the Open XML SDK", async () => {
  const used = new Set<string>();
  const valid = fc.asyncProperty(anyReport, fc.boolean(), async ({ format, report }, draft) => {
    used.add(format.id);
    const data = new TextEncoder().encode(JSON.stringify(report));
    expect(await validate(await renderDocx(compose(format, report, draft), { data }), "docx")).toEqual([]);
  });
  await fc.assert(valid, { numRuns: 25 });
  expect(used.size).toBe(formats.length);
});

describe("the text of the Word file", () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const rendered = (changes: Parameters<typeof sampleReport>[1]) =>
    renderDocx(compose(format, sampleReport(format, changes), false));

  test("drops characters that no file can hold and stays valid", async () => {
    const file = await rendered({
      opening: "前\u0001后\ud800终\ufffe了",
      organisation: { name: "云岭\u0007区<档案>&馆" },
    });
    const paragraphs = all(bodyOf(file), "w:p").map(paragraphText);
    expect(paragraphs).toContain("前后终了");
    expect(paragraphs).toContain("云岭区<档案>&馆");
    expect(await validate(file, "docx")).toEqual([]);
  });

  test("leaves out passages that hold only blanks", async () => {
    const blank = [{ kind: "paragraph" as const, content: [{ text: " 　" }] }];
    const file = await rendered({ prose: { overview: blank, problems: [], other: blank } });
    const paragraphs = elementsOf(bodyOf(file)).filter((block) => block.name === "w:p");
    expect(paragraphs.filter((paragraph) => paragraphText(paragraph).trim() === "")).toEqual([]);
  });

  test("sets figures that are wider than their cells smaller instead of breaking them", async () => {
    const file = await rendered({ tables: filledTables(format, () => 11_398_889) as Report["tables"] });
    const cells = all(all(bodyOf(file), "w:tbl")[2] as Element, "w:tc").filter((cell) =>
      /^\d{8}$/.test(all(cell, "w:p").map(paragraphText).join("")),
    );
    expect(cells).toHaveLength(15);
    for (const cell of cells) {
      const room = width(first(cell, "w:tcW")) / 20 - 3;
      const halfPoints = Number(attribute(first(cell, "w:sz"), "val"));
      expect((8 * halfPoints) / 4).toBeLessThanOrEqual(room);
      expect(halfPoints).toBeGreaterThanOrEqual(10);
    }
  });

  test("keeps a heading with its text, but does not chain headings that have none", async () => {
    const file = await rendered({
      prose: { overview: parsePassages("（一）甲\n（二）乙\n1.丙\n丁"), problems: [], other: [] },
    });
    const unchained = all(bodyOf(file), "w:p").filter((one) =>
      all(one, "w:keepNext").some((keep) => ["0", "false"].includes(attribute(keep, "val") ?? "")),
    );
    expect(unchained.map(paragraphText)).toEqual(["（一）甲", "五、存在的主要问题及改进情况"]);
  });

  test("breaks a long title and the labels of a table where the PDF breaks them", async () => {
    const file = await rendered({ organisation: { name: "青川市云岭区民族宗教事务委员会、宗教事务局（合署）" } });
    const paragraphs = all(bodyOf(file), "w:p").map(brokenLines);
    expect(paragraphs[0]).toEqual([
      "青川市云岭区民族宗教事务委员会、",
      "宗教事务局（合署）",
      `${format.years.from}年政府信息公开工作年度报告`,
    ]);
    expect(paragraphs).toContainEqual(["社会", "公益组织"]);
    expect(paragraphs).toContainEqual(["（三）", "不予公开"]);
    expect(paragraphs).toContainEqual(["三、", ..."本年度办理结果"]);
  });

  test("breaks a signature that is longer than a line behind the name of a place", async () => {
    const signature = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗住房和城乡建设局";
    const file = await rendered({ closing: { signature, date: "2020-12-21" } });
    const paragraphs = all(bodyOf(file), "w:p").map(brokenLines);
    expect(paragraphs).toContainEqual(["内蒙古自治区呼伦贝尔市", "莫力达瓦达斡尔族自治旗住房和城乡建设局"]);
  });

  test("begins the date two characters to the right of the signature, or indents the signature under a long date", async () => {
    const indents = async (signature: string) => {
      const file = await rendered({ closing: { signature, date: "2020-12-21" } });
      return ["Signature", "Date"].map((style) => {
        const paragraph = all(bodyOf(file), "w:p").find(
          (one) => attribute(all(one, "w:pStyle")[0] ?? one, "val") === style,
        );
        if (!paragraph) throw new Error(`no ${style}`);
        return Number(attribute(first(paragraph, "w:ind"), "right")) / 320;
      });
    };
    expect(await indents("云岭区科学技术和工业信息化局")).toEqual([2, 7]);
    expect(await indents("云岭区")).toEqual([8, 2]);
  });
});
