import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, type Font } from "fontkit";
import { afterAll, describe, expect, test, vi } from "vitest";
import { openOfficeFonts } from "../../templates/document/office-fonts.ts";
import { TrueTypeFont } from "../../templates/document/true-type/font.ts";

const folder = "templates/fonts";
const names = [
  ...["FandolFang-Regular", "ReportKai-Regular", "NotoSansSC-Regular"],
  ...["NotoSerifSC-Bold", "NotoSerifSC-Regular"],
];
const files = names.map((name) => ({ name, file: readFileSync(join(folder, `${name}.ttf`)) }));

/** What is read here of the other reader's fonts and its types leave out. */
type Outlined = { path: { commands: unknown[] } };
const other = (file: Uint8Array): Font => create(Buffer.from(file)) as Font;
const outlineOf = (source: Font, glyph: number): unknown[] => (source.getGlyph(glyph) as Outlined).path.commands;

/** All signs and letters, and some ideographs of every block. */
const characters = [
  ...range(0, 0x2fff, 1),
  ...range(0x3000, 0x33ff, 1),
  ...range(0x3400, 0x9fff, 5),
  ...range(0xa000, 0xffff, 7),
  ...range(0x1f000, 0x323af, 11),
];

function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

describe.each(files)("$name as fontkit reads it", ({ file }) => {
  const font = new TrueTypeFont(file);
  const expected = other(file);
  const covered = characters.filter((character) => expected.hasGlyphForCodePoint(character));

  test("has the same measures and the same name", () => {
    const { unitsPerEm, ascent, descent, lineGap, italicAngle, capHeight, xHeight, numGlyphs } = expected;
    const { minX, minY, maxX, maxY } = expected.bbox;
    expect(font).toMatchObject({ unitsPerEm, ascent, descent, lineGap, italicAngle, capHeight, xHeight, numGlyphs });
    expect(font.bbox).toEqual({ minX, minY, maxX, maxY });
    expect(font.postscriptName).toBe(expected.postscriptName);
  });

  test("has the same characters, glyphs and widths", () => {
    expect(covered.length).toBeGreaterThan(2000);
    expect(covered.length).toBeLessThan(characters.length);
    const read = characters.filter((character) => font.hasGlyphForCodePoint(character));
    expect(read).toEqual(covered);
    const glyphs = (source: TrueTypeFont | Font) =>
      covered.map((character) => source.glyphForCodePoint(character)).map(({ id, advanceWidth }) => [id, advanceWidth]);
    expect(glyphs(font)).toEqual(glyphs(expected));
  });

  test("gives subsets whose outlines and widths are the font's", () => {
    const subset = font.createSubset();
    const chosen = covered.filter((_, index) => index % 3 === 0);
    const numbers = chosen.map((character) => subset.includeGlyph(font.glyphForCodePoint(character).id));
    const written = other(subset.encode());
    expect(subset.includeGlyph(0)).toBe(0);
    expect(outlineOf(written, 0)).toEqual(outlineOf(expected, 0));
    let drawn = 0;
    for (const [index, character] of chosen.entries()) {
      const original = expected.glyphForCodePoint(character).id;
      const number = numbers[index] ?? 0;
      expect(outlineOf(written, number)).toEqual(outlineOf(expected, original));
      expect(written.getGlyph(number).advanceWidth).toBe(expected.getGlyph(original).advanceWidth);
      drawn += outlineOf(written, number).length;
    }
    expect(drawn).toBeGreaterThan(10_000);
  });
});

test("a composite glyph brings its parts into the subset", () => {
  const file = readFileSync(join(folder, "ReportKai-Regular.ttf"));
  const [font, expected] = [new TrueTypeFont(file), other(file)];
  const all = Array.from({ length: font.numGlyphs }, (_, glyph) => glyph);
  const composites = all.filter((glyph) => partsOf(expected, glyph).length > 0);
  expect(composites.length).toBeGreaterThan(0);
  for (const glyph of composites) {
    const subset = font.createSubset();
    const number = subset.includeGlyph(glyph);
    const written = other(subset.encode());
    expect(outlineOf(written, number)).toEqual(outlineOf(expected, glyph));
    expect(written.numGlyphs).toBeGreaterThan(2);
  }
});

function partsOf(source: Font, glyph: number): unknown[] {
  const stored = source.getGlyph(glyph) as unknown as { _decode(): { components?: unknown[] } | null };
  return stored._decode()?.components ?? [];
}

test("a character beyond the Basic Multilingual Plane is looked for in a font that lists only that plane, too", () => {
  const file = readFileSync(join(folder, "NotoSansSC-Regular.ttf"));
  const font = new TrueTypeFont(withoutFullList(file));
  const complete = new TrueTypeFont(file);
  for (const character of characters) {
    const { id } = complete.glyphForCodePoint(character);
    expect(font.glyphForCodePoint(character).id).toBe(character > 0xffff ? 0 : id);
  }
  const [listed, expected] = [[...font.characterWidths()], [...complete.characterWidths()]];
  expect(listed.length).toBeGreaterThan(9_000);
  expect(listed).toEqual(expected.filter(([character]) => character < 0xffff));
});

/** The font file with its list of all characters (format 12) marked as one of another kind. */
function withoutFullList(file: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(file);
  const view = new DataView(copy.buffer);
  const cmap = offsetOf(copy, "cmap");
  for (let index = 0; index < view.getUint16(cmap + 2); index++) {
    const list = cmap + view.getUint32(cmap + 8 + 8 * index);
    if (view.getUint16(list) === 12) view.setUint16(list, 13);
  }
  return copy;
}

function offsetOf(file: Uint8Array, tag: string): number {
  const view = new DataView(file.buffer, file.byteOffset);
  const records = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + 16 * index);
  const record = records.find((at) => String.fromCharCode(...file.subarray(at, at + 4)) === tag);
  if (record === undefined) throw new Error(`no table ${tag}`);
  return view.getUint32(record + 8);
}

describe("the folder of the office's own fonts", () => {
  const temporary = mkdtempSync(join(tmpdir(), "fonts-"));
  afterAll(() => rmSync(temporary, { recursive: true }));
  const kai = readFileSync(join(folder, "ReportKai-Regular.ttf"));
  const folderOf = (...entries: [name: string, bytes: Uint8Array][]): string => {
    const made = mkdtempSync(join(temporary, "office-"));
    for (const [name, bytes] of entries) writeFileSync(join(made, name), bytes);
    return made;
  };
  const refusal = (path: string): string => {
    try {
      openOfficeFonts(path);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  const startingWith = (signature: string): Uint8Array =>
    Uint8Array.from([...Buffer.from(signature, "latin1"), ...kai.subarray(4)]);

  test("gives each face the font of its name", () => {
    const made = folderOf(["仿宋_GB2312.TTF", kai], ["方正小标宋.ttf", kai], ["说明.txt", kai], ["别的.ttc", kai]);
    expect([...openOfficeFonts(made).keys()].sort()).toEqual(["body", "title"]);
  });

  test("comes first for the face it is brought for, with marks as wide as ever", async () => {
    vi.stubEnv("FONT_DIR", folderOf(["仿宋_GB2312.ttf", kai]));
    vi.resetModules();
    const { font, metrics } = await import("../../templates/document/fonts.ts");
    expect(metrics.glyph("body", "公").font).toBe("office-body");
    expect(metrics.glyph("title", "公").font).toBe("songBold");
    expect(metrics.glyph("body", "“")).toEqual({ font: "imitationSong", advance: 1, drawn: "“" });
    expect(font("office-body").postscriptName).toBe("ReportKai-Regular");
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test("is refused with one line that names the file and the reason", () => {
    const cases: [path: string, reason: RegExp][] = [
      [join(temporary, "没有"), /不能读取/],
      [folderOf(["随便.ttf", kai]), /没有 方正小标宋、仿宋_GB2312/],
      [folderOf(["宋体.ttc", startingWith("ttcf")]), /宋体\.ttc 是字体集合/],
      [folderOf(["黑体.otf", startingWith("OTTO")]), /黑体\.otf 是 PostScript 轮廓/],
      [folderOf(["黑体.ttf", Buffer.from("这不是字体文件，只是一行文字")]), /黑体\.ttf 不是 TrueType/],
      [folderOf(["黑体.ttf", new Uint8Array()]), /黑体\.ttf 不是 TrueType/],
      [folderOf(["楷体_GB2312.ttf", kai.subarray(0, 60)]), /楷体_GB2312\.ttf 字体文件已损坏/],
      [folderOf(["楷体_GB2312.ttf", kai.subarray(0, 200_000)]), /楷体_GB2312\.ttf 字体文件已损坏/],
    ];
    for (const [path, reason] of cases) {
      expect(refusal(path)).toMatch(/^环境变量 FONT_DIR 有误：[^\n]+$/);
      expect(refusal(path)).toMatch(reason);
    }
  });

  test("stops the start when it is refused", () => {
    const env = { ...process.env, FONT_DIR: join(temporary, "没有") };
    const { status, stderr } = spawnSync(process.execPath, ["lib/cli/start.ts"], {
      env,
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(stderr.trim()).toMatch(/^环境变量 FONT_DIR 有误：[^\n]+$/);
    expect(status).toBe(1);
  });
});
