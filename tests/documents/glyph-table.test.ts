import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import type { Face } from "../../lib/layout/display.ts";
import { type GlyphTable, sourceOf } from "../../lib/layout/glyph-table.ts";
import { isDrawn, metricsOf } from "../../lib/layout/glyphs.ts";

const faces: readonly Face[] = ["title", "body", "heading", "lead", "table"];
const kai = readFileSync("templates/fonts/ReportKai-Regular.ttf");

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The fonts as a fresh process opens them, and the table as a browser receives it. */
async function opened() {
  const { font, glyphTable, isCovered, metrics } = await import("../../templates/document/fonts.ts");
  const sent = JSON.stringify(glyphTable());
  const table = JSON.parse(sent) as GlyphTable;
  return { font, isCovered, metrics, sent, table, source: sourceOf(table) };
}
type Opened = Awaited<ReturnType<typeof opened>>;
type FontId = Parameters<Opened["font"]>[0];

function expectTheSame({ font, isCovered, metrics, table, source }: Opened) {
  const all = new Set<number>();
  for (const id of Object.keys(table.fonts) as FontId[]) {
    const listed = [...font(id).characterWidths()];
    expect(listed.length).toBeGreaterThan(2000);
    for (const [codePoint, width] of listed) {
      if (source.advance(id, codePoint) !== width / font(id).unitsPerEm) throw new Error(`${id} ${codePoint}`);
      // The neighbours too: where the font has none, the table must have none.
      for (const near of [codePoint - 1, codePoint, codePoint + 1]) all.add(near);
    }
    for (const codePoint of all) {
      const has = font(id).hasGlyphForCodePoint(codePoint);
      if ((source.advance(id, codePoint) !== undefined) !== has) throw new Error(`${id} ${codePoint}`);
    }
  }
  const browser = metricsOf(source);
  expect(all.size).toBeGreaterThan(30_000);
  for (const codePoint of [...all, 0x1f642, 0x2a6a5, 0x10ffff]) {
    const character = String.fromCodePoint(Math.max(codePoint, 0));
    for (const face of faces) {
      const [here, there] = [metrics.glyph(face, character), browser.glyph(face, character)];
      if (here.font !== there.font || here.advance !== there.advance || here.drawn !== there.drawn) {
        throw new Error(`${face} ${codePoint}: ${JSON.stringify(here)} ${JSON.stringify(there)}`);
      }
    }
    if (isCovered(character) !== isDrawn(browser, character)) throw new Error(`${codePoint}`);
  }
}

test("the browser's table answers like the fonts for every character of every font, in every face", async () => {
  const fonts = await opened();
  expect(Object.keys(fonts.table.fonts)).toHaveLength(5);
  expectTheSame(fonts);
  expect(metricsOf(fonts.source).glyph("body", "🙂").drawn).toBe("〓");
  expect(gzipSync(fonts.sent).length).toBeLessThan(25_000);
});

test("the office's own fonts are in the table, under another version", async () => {
  const shipped = (await opened()).table.version;
  const folder = mkdtempSync(join(tmpdir(), "office-fonts-"));
  try {
    writeFileSync(join(folder, "仿宋_GB2312.ttf"), kai);
    vi.stubEnv("FONT_DIR", folder);
    vi.resetModules();
    const fonts = await opened();
    expect(fonts.table.version).not.toBe(shipped);
    expect(fonts.table.chains.body[0]).toBe("office-body");
    expect(metricsOf(fonts.source).glyph("body", "“")).toEqual({ font: "imitationSong", advance: 1, drawn: "“" });
    expectTheSame(fonts);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
