import { describe, expect, test } from "vitest";
import type { Page, TextRun } from "../../lib/layout/display.ts";
import { layOut } from "../../lib/layout/pages.ts";
import { type Block, blockText, type ComposedDocument } from "../../lib/report/compose.ts";
import { type FontId, font, metrics } from "../../templates/document/fonts.ts";
import { layoutStyle } from "../../templates/document/style.ts";
import { formats } from "../../templates/index.ts";
import { sampleDocument } from "./sample-reports.ts";

const { page, size, characterWidth } = layoutStyle;
const [left, right] = [page.left, page.width - page.right];

const lay = (document: ComposedDocument) => layOut(document, layoutStyle, metrics);
const documents = formats.flatMap((format) =>
  [1, 2, 3, 5, 8].map((times) => sampleDocument(format, { times, figure: 11_398_889 })),
);

const blockOf = (run: TextRun): number | undefined => ("block" in run.tag ? run.tag.block : undefined);
const widthOf = (run: TextRun): number =>
  [...run.text].reduce((all, character) => {
    const source = font(run.font as FontId);
    const advance = source.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / source.unitsPerEm;
    return all + advance * run.size + run.spacing;
  }, -run.spacing);
const withoutBlanks = (text: string): string => text.replace(/\s/g, "");
const documentOf = (blocks: Block[], draft = false): ComposedDocument => ({
  title: "报告",
  organisation: "某某县科学技术局",
  year: 2024,
  date: "2024-12-31",
  draft,
  blocks,
});
const paragraph = (text: string): Block => ({ kind: "paragraph", at: "overview", runs: [{ text }] });
const heading = (text: string): Block => ({ kind: "heading", at: "overview", level: 2, runs: [{ text }] });
const runsOf = (pages: readonly Page[], index: number): TextRun[] =>
  pages.flatMap((each) => each.runs).filter((run) => blockOf(run) === index);

describe("the pages of a report", () => {
  test("hold the text of every block in its order and nothing else", () => {
    for (const document of documents) {
      const runs = lay(document)
        .flatMap((each) => each.runs)
        .filter((run) => run.tag.kind === "block" || (run.tag.kind === "cell" && !run.tag.repeated));
      expect(withoutBlanks(runs.map((run) => run.text).join(""))).toBe(
        withoutBlanks(document.blocks.map(blockText).join("")),
      );
    }
  });

  test("keep every run within the text block, but for the blank half of a mark", () => {
    let checked = 0;
    for (const laidOut of documents.flatMap(lay)) {
      for (const run of laidOut.runs.filter((each) => blockOf(each) !== undefined)) {
        checked++;
        const mayHang = /[，。、；：！？）》〉】〕」』”’]$/.test(run.text) ? run.size / 2 : 0;
        expect(run.x).toBeGreaterThanOrEqual(left - 0.001);
        expect(run.x + widthOf(run)).toBeLessThanOrEqual(right + mayHang + 0.001);
        expect(run.y).toBeGreaterThan(page.top);
        expect(run.y).toBeLessThan(page.height - page.bottom);
      }
    }
    expect(checked).toBeGreaterThan(3000);
  });

  test("never end with a heading and never lay a line over another", () => {
    for (const document of documents) {
      for (const laidOut of lay(document)) {
        const own = laidOut.runs.filter((run) => run.tag.kind === "block");
        const last = laidOut.runs.findLast((run) => blockOf(run) !== undefined);
        expect(document.blocks[blockOf(last as TextRun) ?? -1]?.kind).not.toBe("heading");
        const baselines = [...new Set(own.map((run) => run.y))].sort((a, b) => a - b);
        for (const [index, y] of baselines.slice(1).entries()) {
          expect(y - (baselines[index] ?? 0)).toBeGreaterThan(size.body);
        }
      }
    }
  });

  test("lead from the outline to every section", () => {
    for (const document of documents) {
      const sections = document.blocks.filter((block) => block.kind === "heading" && block.level === 1).map(blockText);
      expect(lay(document).flatMap((each) => each.bookmarks.map((bookmark) => bookmark.title))).toEqual(sections);
      expect(sections).toHaveLength(6);
    }
  });

  test("carry their number, odd ones on the right and even ones on the left, a character in", () => {
    for (const pages of documents.map(lay)) {
      for (const [index, laidOut] of pages.entries()) {
        const runs = laidOut.runs.filter((run) => run.tag.kind === "pageNumber");
        const [first, last] = [runs[0] as TextRun, runs.at(-1) as TextRun];
        expect(runs.map((run) => run.text).join("")).toBe(`— ${index + 1} —`);
        if (index % 2 === 0) expect(last.x + widthOf(last)).toBeCloseTo(right - 14, 3);
        else expect(first.x).toBeCloseTo(left + 14, 3);
        expect(first.y).toBeGreaterThan(page.height - page.bottom + (7 * 72) / 25.4);
      }
    }
  });

  test("are marked as a draft, every one of them, only when the document is one", () => {
    const [format] = formats;
    if (!format) throw new Error("no format");
    const marks = (draft: boolean) =>
      lay(sampleDocument(format, { draft })).map((each) =>
        each.runs.filter((run) => run.tag.kind === "draftMark").map((run) => run.text),
      );
    expect(marks(true).length).toBeGreaterThan(3);
    for (const mark of marks(true)) expect(mark).toEqual(["草稿"]);
    for (const mark of marks(false)) expect(mark).toEqual([]);
  });
});

describe("a page of text", () => {
  test("has 22 lines", () => {
    const pages = lay(documentOf(Array.from({ length: 45 }, () => paragraph("公开"))));
    expect(pages.map((each) => each.runs.filter((run) => blockOf(run) !== undefined).length)).toEqual([22, 22, 1]);
  });

  test("never begins or ends with a line that stands alone of its paragraph", () => {
    for (let before = 0; before < 22; before++) {
      const long = paragraph("公开".repeat(50));
      const pages = lay(
        documentOf([...Array.from({ length: before }, () => paragraph("公开")), long, paragraph("完")]),
      );
      const lines = pages.map((each) => each.runs.filter((run) => blockOf(run) === before).length).filter((n) => n > 0);
      expect(lines).not.toContain(1);
      expect(lines.reduce((all, count) => all + count, 0)).toBe(4);
    }
  });

  test("leaves a heading to the next page rather than end with it", () => {
    const before = Array.from({ length: 20 }, () => paragraph("公开"));
    const pages = lay(documentOf([...before, heading("（一）甲"), heading("1.乙"), paragraph("丙")]));
    expect(pages.map((each) => each.runs.filter((run) => blockOf(run) !== undefined).length)).toEqual([20, 3]);
  });

  test("sets lead-ins in 楷体 and emphasis in 黑体", () => {
    const [laidOut] = lay(
      documentOf([
        {
          kind: "paragraph",
          at: "overview",
          runs: [{ text: "（一）主动公开。", style: "lead" }, { text: "全年" }, { text: "一百条", style: "bold" }],
        },
      ]),
    );
    expect(laidOut?.runs.slice(0, 3).map((run) => [run.text, run.font])).toEqual([
      ["（一）主动公开。", "kai"],
      ["全年", "imitationSong"],
      ["一百条", "sans"],
    ]);
  });
});

describe("the signature", () => {
  const signed = (organisation: string, date: string, lines = 1) =>
    lay(
      documentOf([
        ...Array.from({ length: lines }, () => paragraph("公开")),
        { kind: "signature", at: "closing", organisation, date },
        { kind: "note", at: "closing", text: "（此件公开发布）" },
      ]),
    );
  const endOf = (run: TextRun | undefined) => (run ? run.x + widthOf(run) : Number.NaN);

  test("stands two characters from the right, the date beginning two characters behind it", () => {
    const [name, date] = runsOf(signed("青川市云岭区档案馆", "2025年1月21日"), 1);
    expect(endOf(name)).toBeCloseTo(right - 2 * characterWidth, 3);
    expect((date?.x ?? 0) - (name?.x ?? 0)).toBeCloseTo(2 * characterWidth, 3);
  });

  test("gives way to a date that is longer than the name", () => {
    const [name, date] = runsOf(signed("某县政府", "2025年12月21日"), 1);
    expect(endOf(date)).toBeCloseTo(right - 2 * characterWidth, 3);
    expect((date?.x ?? 0) - (name?.x ?? 0)).toBeCloseTo(2 * characterWidth, 3);
  });

  test("never stands alone on a page, nor apart from its note", () => {
    for (let lines = 2; lines <= 46; lines++) {
      const pages = signed("青川市云岭区档案馆", "2025年1月21日", lines);
      const last = pages.at(-1)?.runs.map(blockOf) ?? [];
      const pagesWithEnd = pages.filter((each) => each.runs.some((run) => (blockOf(run) ?? 0) >= lines));
      expect(pagesWithEnd).toHaveLength(1);
      expect(last).toContain(lines - 1);
    }
  });

  test("is printed in full even when the name is longer than a line", () => {
    const organisation = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗住房和城乡建设局";
    const runs = runsOf(signed(organisation, "2025年1月21日"), 1);
    expect(runs.map((run) => run.text).join("")).toBe(`${organisation}2025年1月21日`);
    const [first, second] = runs as [TextRun, TextRun];
    expect([first.text, second.text]).toEqual(["内蒙古自治区呼伦贝尔市", "莫力达瓦达斡尔族自治旗住房和城乡建设局"]);
    expect(first.x + endOf(first)).toBeCloseTo(second.x + endOf(second), 3);
    expect(endOf(second)).toBeCloseTo(right - 2 * characterWidth, 3);
    for (const run of runs) expect(endOf(run)).toBeLessThanOrEqual(right + 0.001);
  });
});
