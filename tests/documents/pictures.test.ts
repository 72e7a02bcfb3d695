import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ComposedDocument, compose } from "../../lib/report/compose.ts";
import type { Format } from "../../lib/report/format.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { cityFigures2023 } from "../fixtures/public-figures.ts";
import { sampleDocument } from "../layout/sample-reports.ts";
import { printedByLibreOffice } from "./libre-office.ts";
import { differenceOf, type Picture, picturesOf, readPng, sideBySide, writePng } from "./pictures.ts";

const references = fileURLToPath(new URL("pictures/", import.meta.url));
const failures = fileURLToPath(new URL("../../test-results/pictures/", import.meta.url));

/** Set to write the references anew, after every page has been looked at. */
const isRenewing = process.env.RENEW_PICTURES !== undefined;
const HOW_TO_RENEW = "look at it, and if it is right: RENEW_PICTURES=1 npx vitest run tests/documents/pictures.test.ts";

/**
 * The greatest difference that is let pass. The pages of a PDF are our own and embed their fonts: only the smoothing of
 * edges may differ between versions of poppler. LibreOffice lays the Word file out itself and may move a line by a hair
 * from one version to the next.
 */
const TOLERANCE = { pdf: { mean: 0.001, worst: 0.03 }, docx: { mean: 0.003, worst: 0.05 } } as const;
type Kind = keyof typeof TOLERANCE;
const MOST_BYTES = { one: 200_000, all: 1_500_000 };

const [earlier, latest] = [formats[0], formats.at(-1)] as [Format, Format];
const city = cityFigures2023();
const documents: Record<string, ComposedDocument> = {
  zero: sampleDocument(latest),
  figures: compose(city.format, city.report, false),
  "long-draft": sampleDocument(earlier, {
    figure: 1208,
    times: 3,
    draft: true,
    organisation: "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗住房和城乡建设局",
  }),
};
const cases = Object.keys(documents).flatMap((name) => (["pdf", "docx"] as const).map((kind) => ({ name, kind })));
const fileOf = (name: string, kind: Kind, page: number): string => `${name}-${kind}-${page + 1}.png`;

const pages = new Map<string, Picture[]>();
beforeAll(async () => {
  const names = Object.keys(documents);
  const words = await Promise.all(names.map((name) => renderDocx(documents[name] as ComposedDocument)));
  for (const [index, pdf] of printedByLibreOffice(words).entries()) {
    pages.set(`${names[index]}-docx`, picturesOf(pdf));
  }
  for (const name of names) {
    pages.set(`${name}-pdf`, picturesOf(await renderPdf(documents[name] as ComposedDocument)));
  }
  rmSync(failures, { recursive: true, force: true });
  if (isRenewing) rmSync(references, { recursive: true, force: true });
}, 120_000);

afterAll(() => {
  if (isRenewing) console.warn(`${readdirSync(references).length} pictures were renewed`);
});

function save(folder: string, file: string, picture: Picture): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(path, writePng(picture));
  return path;
}

/** What is wrong with a page, if anything; where a picture of it was saved, and how to accept it. */
function problemOf(file: string, kind: Kind, actual: Picture): string | undefined {
  const path = join(references, file);
  if (!existsSync(path)) return `${file} has no reference: ${save(failures, file, actual)}; ${HOW_TO_RENEW}`;
  const expected = readPng(readFileSync(path));
  const { mean, worst } = differenceOf(expected, actual);
  if (mean <= TOLERANCE[kind].mean && worst <= TOLERANCE[kind].worst) return undefined;
  const saved = save(failures, file, sideBySide(expected, actual));
  return `${file} looks different (mean ${mean.toFixed(4)}, worst ${worst.toFixed(3)}): ${saved}; ${HOW_TO_RENEW}`;
}

test.each(cases)("every page of $name as $kind looks as it was approved", ({ name, kind }) => {
  const actual = pages.get(`${name}-${kind}`) ?? [];
  expect(actual.length).toBeGreaterThanOrEqual(4);
  if (isRenewing) for (const [page, picture] of actual.entries()) save(references, fileOf(name, kind, page), picture);
  expect(actual.flatMap((picture, page) => problemOf(fileOf(name, kind, page), kind, picture) ?? [])).toEqual([]);
});

test("the references are those pages, and small", () => {
  const files = readdirSync(references);
  const expected = cases.flatMap(({ name, kind }) =>
    (pages.get(`${name}-${kind}`) ?? []).map((_, page) => fileOf(name, kind, page)),
  );
  expect(files.sort()).toEqual(expected.sort());
  const sizes = files.map((file) => statSync(join(references, file)).size);
  expect(Math.max(...sizes)).toBeLessThan(MOST_BYTES.one);
  expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThan(MOST_BYTES.all);
});

describe("the comparison", () => {
  const pageOf = (name: string, kind: Kind, page: number): Picture => {
    const picture = pages.get(`${name}-${kind}`)?.[page];
    if (!picture) throw new Error("no such page");
    return picture;
  };
  const changed = (picture: Picture, change: (levels: Uint8Array) => void): Picture => {
    const levels = picture.levels.slice();
    change(levels);
    return { ...picture, levels };
  };
  const isNoticed = (kind: Kind, one: Picture, other: Picture): boolean =>
    differenceOf(one, other).worst > TOLERANCE[kind].worst;
  const darkPoints = ({ width, height, levels }: Picture): number[] =>
    Array.from(
      { length: height },
      (_, y) => levels.subarray(y * width, (y + 1) * width).filter((level) => level < 12).length,
    );

  /** Where lines of text begin and end, from top to bottom. */
  function textLines(page: Picture): { top: number; bottom: number }[] {
    const rows = darkPoints(page);
    const found: { top: number; bottom: number }[] = [];
    for (const [y, dark] of rows.entries()) {
      if (dark === 0) continue;
      const last = found.at(-1);
      if (last && last.bottom === y) last.bottom = y + 1;
      else found.push({ top: y, bottom: y + 1 });
    }
    return found.filter(({ top, bottom }) => bottom - top > 3);
  }

  test("finds no difference between two prints of the same pages", async () => {
    const again = picturesOf(await renderPdf(documents.figures as ComposedDocument));
    for (const [page, picture] of again.entries()) {
      expect(differenceOf(pageOf("figures", "pdf", page), picture)).toEqual({ mean: 0, worst: 0 });
    }
  });

  test.each(["pdf", "docx"] as const)("notices any rule that is missing in a %s", (kind) => {
    const page = pageOf("figures", kind, 1);
    const rules = [...darkPoints(page).entries()].filter(([, dark]) => dark > page.width / 2);
    expect(rules.length).toBeGreaterThan(10);
    for (const [y] of rules) {
      const without = changed(page, (levels) => levels.fill(15, y * page.width, (y + 1) * page.width));
      expect(isNoticed(kind, page, without)).toBe(true);
    }
  });

  test.each([
    ["pdf", 1],
    ["docx", 2],
  ] as const)("notices any line of a %s that has moved by %i points of the picture", (kind, by) => {
    const page = pageOf("figures", kind, 0);
    const found = textLines(page);
    expect(found.length).toBeGreaterThan(15);
    for (const { top, bottom } of found) {
      const moved = changed(page, (levels) => {
        const line = levels.slice(top * page.width, bottom * page.width);
        levels.fill(15, top * page.width, bottom * page.width);
        levels.set(line, (top + by) * page.width);
      });
      expect(isNoticed(kind, page, moved)).toBe(true);
    }
  });

  test("notices a word that is another, and a page of another size", async () => {
    const document = documents.figures as ComposedDocument;
    const blocks = document.blocks.map((block) =>
      block.kind === "paragraph"
        ? { ...block, runs: block.runs.map((run) => ({ ...run, text: run.text.replace("网站", "网页") })) }
        : block,
    );
    const [first] = picturesOf(await renderPdf({ ...document, blocks }));
    const page = pageOf("figures", "pdf", 0);
    expect(isNoticed("pdf", page, first as Picture)).toBe(true);
    expect(differenceOf(page, { ...page, height: page.height - 1 })).toEqual({ mean: 1, worst: 1 });
  });

  test("shows what was expected, what there is and where they differ, as a PNG that reads back the same", () => {
    const page = pageOf("zero", "pdf", 0);
    const other = pageOf("zero", "pdf", 1);
    const shown = sideBySide(page, other);
    expect([shown.width, shown.height]).toEqual([3 * page.width, page.height]);
    expect(readPng(writePng(shown))).toEqual(shown);
    const row = shown.levels.subarray(200 * shown.width, 201 * shown.width);
    for (let x = 0; x < page.width; x++) {
      expect(15 - (row[2 * page.width + x] ?? 0)).toBe(Math.abs((row[x] ?? 0) - (row[page.width + x] ?? 0)));
    }
  });
});
