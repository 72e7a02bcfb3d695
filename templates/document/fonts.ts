import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Font, openSync } from "fontkit";
import type { Face, Glyph, Metrics } from "../../lib/layout/display.ts";
import { blockText, type ComposedDocument } from "../../lib/report/compose.ts";

/** The fonts that are embedded: id → file in `templates/fonts` (its README says where each comes from). */
const files = {
  imitationSong: "FandolFang-Regular.otf",
  kai: "ReportKai-Regular.ttf",
  sans: "NotoSansSC-Regular.ttf",
  songBold: "NotoSerifSC-Bold.ttf",
  song: "NotoSerifSC-Regular.ttf",
} as const;
export type FontId = keyof typeof files;

/**
 * Which fonts a face asks for a character, in this order. Every face ends with all of them: none may lose a name. What 仿宋
 * lacks stands in 宋体, which is as light: in the darker 楷体 a rare name would look emphasised.
 */
const chains: Readonly<Record<Face, readonly FontId[]>> = {
  title: ["songBold", "song", "kai", "imitationSong", "sans"],
  body: ["imitationSong", "song", "kai", "sans", "songBold"],
  heading: ["sans", "song", "kai", "imitationSong", "songBold"],
  lead: ["kai", "imitationSong", "song", "sans", "songBold"],
  table: ["song", "kai", "imitationSong", "sans", "songBold"],
};

/** Marks that are as wide as an ideograph in Chinese and that some of the fonts draw narrow, as in Latin text. */
const FULL_WIDTH_MARKS = new Set("“”‘’—…·");
/** Draws every one of them full width. */
const MARKS_FONT: FontId = "imitationSong";

/** Drawn where no font has the character: a 〓 that everybody sees, never a gap. */
const STAND_IN = "〓";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "fonts");
const opened = new Map<FontId, Font>();

/** The font of that id. Its file is read once a process. */
export function font(id: FontId): Font {
  const known = opened.get(id);
  if (known) return known;
  const file = openSync(join(folder, files[id]));
  if (!("glyphForCodePoint" in file)) throw new Error(`${files[id]} is a collection, not a font`);
  opened.set(id, file);
  return file;
}

/** Widths and coverage of the fonts, for page layout. */
export const metrics: Metrics = { glyph };

/** The characters of the document that no font has and that the PDF shows as 〓, each once, in order. */
export function uncoveredCharacters(document: ComposedDocument): string[] {
  const characters = new Set(document.blocks.flatMap((block) => [...blockText(block)]));
  return [...characters].filter((character) => !DRAWS_NOTHING.test(character) && !isCovered(character));
}
const DRAWS_NOTHING = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zs}\p{Zl}\p{Zp}]/u;

const glyphs: Record<Face, Map<string, Glyph>> = {
  title: new Map(),
  body: new Map(),
  heading: new Map(),
  lead: new Map(),
  table: new Map(),
};

function glyph(face: Face, character: string): Glyph {
  const known = glyphs[face].get(character);
  if (known) return known;
  const found = findGlyph(face, character) ?? findGlyph(face, STAND_IN);
  if (!found) throw new Error(`no font has ${STAND_IN}`);
  glyphs[face].set(character, found);
  return found;
}

function findGlyph(face: Face, character: string): Glyph | undefined {
  const id = chains[face].find((candidate) => has(candidate, character));
  if (!id) return undefined;
  const advance = advanceOf(id, character);
  if (FULL_WIDTH_MARKS.has(character) && advance < 1) {
    return { font: MARKS_FONT, advance: advanceOf(MARKS_FONT, character), drawn: character };
  }
  return { font: id, advance, drawn: character };
}

const isCovered = (character: string): boolean => chains.body.some((id) => has(id, character));
const codePoint = (character: string): number => character.codePointAt(0) ?? 0;
const has = (id: FontId, character: string): boolean => font(id).hasGlyphForCodePoint(codePoint(character));
const advanceOf = (id: FontId, character: string): number =>
  font(id).glyphForCodePoint(codePoint(character)).advanceWidth / font(id).unitsPerEm;
