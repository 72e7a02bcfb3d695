import { describe, expect, test } from "vitest";
import { areaInSight, areasOf, type Pages, placeAt } from "../../components/report/pages/page-places.ts";
import { parsePlace } from "../../lib/checks/finding.ts";
import { stepOf } from "../../lib/checks/progress.ts";
import type { Area, TextRun } from "../../lib/layout/display.ts";
import { sourceOf } from "../../lib/layout/glyph-table.ts";
import { layOut } from "../../lib/layout/pages.ts";
import { printedProse } from "../../lib/report/chips.ts";
import { compose } from "../../lib/report/compose.ts";
import { plainText } from "../../lib/report/prose.ts";
import { glyphTable, metrics } from "../../templates/document/fonts.ts";
import { layoutStyle } from "../../templates/document/style.ts";
import { formats } from "../../templates/index.ts";
import { sampleReport } from "../documents/reports.ts";

const { advance } = sourceOf(glyphTable());

const printed = (format: (typeof formats)[number], overview?: string): Pages & { text: string } => {
  const report = sampleReport(format, overview ? ({ prose: { overview } } as object) : {});
  const document = compose(format, report, true);
  return {
    document,
    pages: layOut(document, layoutStyle, metrics),
    text: plainText(printedProse(format, report, "overview")),
  };
};

const middle = (page: number, { x, y, width, height }: Area) => ({ page, x: x + width / 2, y: y + height / 2 });

describe.each(formats)("a point on the pages of $id", (format) => {
  const { text, ...shown } = printed(format);
  const { document, pages } = shown;

  test("in a figure leads to its cell, which is marked there and nowhere else", () => {
    let found = 0;
    for (const [page, { areas }] of pages.entries()) {
      for (const area of areas) {
        if (area.tag.kind !== "cell" || area.tag.repeated) continue;
        const block = document.blocks[area.tag.block];
        const at = block?.kind === "table" ? block.rows[area.tag.row]?.cells[area.tag.cell]?.at : undefined;
        const place = placeAt(shown, middle(page, area), advance);
        if (at === undefined) expect(parsePlace(place ?? "")).toMatchObject({ kind: "cell", table: block?.at });
        else {
          found++;
          expect(place).toBe(at);
          expect(areasOf(shown, { kind: "field", at })).toEqual([{ ...area, page }]);
        }
      }
    }
    expect(found).toBeGreaterThan(100);
  });

  test("in front of a character of the text leads to that character", () => {
    let found = 0;
    for (const [page, { runs }] of pages.entries()) {
      for (const run of runs) {
        if (run.tag.kind !== "block" || document.blocks[run.tag.block]?.at !== "overview") continue;
        if (document.blocks[run.tag.block]?.kind === "heading" && isSectionHeading(run)) continue;
        let { x } = run;
        for (const character of run.text) {
          const place = parsePlace(placeAt(shown, { page, x: x + 0.5, y: run.y - run.size / 3 }, advance) ?? "");
          if (place.kind !== "passage") throw new Error(`${run.text} leads to ${JSON.stringify(place)}`);
          expect(place.part).toBe("overview");
          expect(text.slice(place.from).startsWith(character), `${run.text}: ${character}`).toBe(true);
          found++;
          x += (advance(run.font, character.codePointAt(0) ?? 0) ?? 0) * run.size + run.spacing;
        }
      }
    }
    expect(found).toBe(text.replaceAll("\n", "").length);
  });

  const isSectionHeading = (run: TextRun) => format.sections.some(({ heading }) => heading.includes(run.text));

  test("leads to the title, the opening, the closing and their steps", () => {
    const seen = new Map<string, string | undefined>();
    for (const [page, { areas }] of pages.entries()) {
      for (const area of areas) {
        if (area.tag.kind !== "block") continue;
        const place = placeAt(shown, middle(page, area), advance) ?? "";
        seen.set(place.replace(/:.*/, ""), stepOf(format, place));
      }
    }
    expect(seen).toEqual(
      new Map([
        ["title", "opening"],
        ["opening", "opening"],
        ...format.sections.map(({ id }): [string, string] => [id, id]),
        ["closing.signature", "closing"],
        ["closing", "closing"],
        ["closing.note", "closing"],
      ]),
    );
  });

  test("in the margin leads nowhere", () => {
    expect(placeAt(shown, { page: 0, x: 20, y: 20 }, advance)).toBeUndefined();
    expect(placeAt(shown, { page: 99, x: 300, y: 300 }, advance)).toBeUndefined();
  });

  test("is found for every field of the form", () => {
    for (const at of [
      "title",
      "period",
      "opening",
      "organisation.phone",
      "closing",
      "closing.signature",
      "closing.note",
    ]) {
      expect(areasOf(shown, { kind: "field", at }).length, at).toBeGreaterThan(0);
    }
    for (const { id } of format.sections) expect(areasOf(shown, { kind: "field", at: id })).toHaveLength(1);
  });
});

test("the line in which the clerk writes is kept in sight, also across pages", () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const lines = Array.from({ length: 3 }, (_, index) => `第${index + 1}段的字，`.repeat(160));
  const shown = printed(format, lines.join("\n"));
  const [, second = ""] = lines;
  const sights = [0, 300, second.length].map((offset) => {
    const place = { kind: "text", part: "overview", paragraph: 1, offset } as const;
    return areaInSight(shown, place, areasOf(shown, place));
  });
  const positions = sights.map((area) => (area ? area.page * 10_000 + area.y : 0));
  expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
  expect(sights[2]?.page).toBeGreaterThan(sights[0]?.page ?? 0);
  for (const [index, area] of sights.entries()) {
    if (!area) throw new Error("not in sight");
    const at = placeAt(shown, { page: area.page, x: area.x + 1, y: area.y + area.height / 2 }, advance) ?? "";
    const place = parsePlace(at);
    const start = (lines[0]?.length ?? 0) + 1;
    const offset = place.kind === "passage" ? place.from - start : -1;
    expect(offset).toBeLessThanOrEqual([0, 300, second.length][index] ?? 0);
    expect(offset).toBeGreaterThan(([0, 300, second.length][index] ?? 0) - 30);
  }
});

test("a paragraph that is not written yet is looked for at the heading of its section", () => {
  for (const format of formats) {
    const { document, pages } = printed(format);
    const [area] = areasOf({ document, pages }, { kind: "text", part: "other", paragraph: 7, offset: 0 });
    const block = area?.tag.kind === "block" ? document.blocks[area.tag.block] : undefined;
    expect(block).toMatchObject({ kind: "heading", level: 1, at: "other" });
  }
});
