import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Face, Glyph, Metrics } from "../../lib/layout/display.ts";
import { blockText, type ComposedDocument } from "../../lib/report/compose.ts";
import { openOfficeFonts } from "./office-fonts.ts";
import { TrueTypeFont } from "./true-type/font.ts";

/** The fonts that are embedded: id → file in `templates/fonts` (its README says where each comes from). */
const files = {
  imitationSong: "FandolFang-Regular.ttf",
  kai: "ReportKai-Regular.ttf",
  sans: "NotoSansSC-Regular.ttf",
  songBold: "NotoSerifSC-Bold.ttf",
  song: "NotoSerifSC-Regular.ttf",
} as const;
type ShippedFont = keyof typeof files;
/** A font that the office brings along for a face. */
type OfficeFont = `office-${Face}`;
export type FontId = ShippedFont | OfficeFont;

/**
 * Which shipped fonts a face asks for a character, in this order. Every face ends with all of them: none may lose a name.
 * What 仿宋 lacks stands in 宋体, which is as light: in the darker 楷体 a rare name would look emphasised.
 */
const shippedChains: Readonly<Record<Face, readonly ShippedFont[]>> = {
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
/** Blanks of other widths, as they come from web pages, are drawn as one of the two that every font has. */
const WIDE_BLANK = /[\u2001\u2003]/;
const BLANK = /[\p{Zs}\p{Zl}\p{Zp}]/u;
const standIn = (character: string): string =>
  WIDE_BLANK.test(character) ? "\u3000" : BLANK.test(character) ? " " : STAND_IN;

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "fonts");
const shippedFonts = new Map<string, TrueTypeFont>();

/**
 * The font of that id, which pdfkit embeds as it is. Its file is read once a process.
 * @throws Error, one line for the operator, when a font of `FONT_DIR` cannot be used.
 */
export function font(id: FontId): TrueTypeFont {
  const known = shippedFonts.get(id) ?? officeFonts().get(id as OfficeFont);
  if (known) return known;
  const opened = new TrueTypeFont(readFileSync(join(folder, files[id as ShippedFont])));
  shippedFonts.set(id, opened);
  return opened;
}

let brought: ReadonlyMap<OfficeFont, TrueTypeFont> | undefined;

/**
 * The fonts in the folder that `FONT_DIR` names, none when it is not set. They are read once a process; a process that is
 * to serve reads them when it starts, so that a bad font is told to the operator and not to a clerk.
 * @throws Error, one line for the operator, when the folder or a font in it cannot be used.
 */
export function officeFonts(): ReadonlyMap<OfficeFont, TrueTypeFont> {
  if (brought) return brought;
  const opened = process.env.FONT_DIR ? openOfficeFonts(process.env.FONT_DIR) : new Map<Face, TrueTypeFont>();
  brought = new Map([...opened].map(([face, office]) => [`office-${face}`, office]));
  return brought;
}

const chains = new Map<Face, readonly FontId[]>();

/** Which fonts a face asks for a character: the one the office brought for it, the shipped ones, and the office's others. */
function chainOf(face: Face): readonly FontId[] {
  const known = chains.get(face);
  if (known) return known;
  const [own, others] = [`office-${face}` as const, [...officeFonts().keys()]];
  const chain = [...others.filter((id) => id === own), ...shippedChains[face], ...others.filter((id) => id !== own)];
  chains.set(face, chain);
  return chain;
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
  const found = findGlyph(face, character) ?? findGlyph(face, standIn(character));
  if (!found) throw new Error(`no font has ${STAND_IN}`);
  glyphs[face].set(character, found);
  return found;
}

function findGlyph(face: Face, character: string): Glyph | undefined {
  const id = chainOf(face).find((candidate) => has(candidate, character));
  if (!id) return undefined;
  const advance = advanceOf(id, character);
  if (FULL_WIDTH_MARKS.has(character) && advance < 1) {
    return { font: MARKS_FONT, advance: advanceOf(MARKS_FONT, character), drawn: character };
  }
  return { font: id, advance, drawn: character };
}

const isCovered = (character: string): boolean => chainOf("body").some((id) => has(id, character));
const codePoint = (character: string): number => character.codePointAt(0) ?? 0;
const has = (id: FontId, character: string): boolean => font(id).hasGlyphForCodePoint(codePoint(character));
const advanceOf = (id: FontId, character: string): number =>
  font(id).glyphForCodePoint(codePoint(character)).advanceWidth / font(id).unitsPerEm;
