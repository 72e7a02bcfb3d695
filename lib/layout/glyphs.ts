import { isBlank, isInvisible } from "./characters.ts";
import type { Face, Glyph, Metrics } from "./display.ts";

/** What the fonts must tell so that glyphs can be chosen: on the server their files do, in the browser a `GlyphTable`. */
export type FontSource = {
  /** Which fonts a face asks for a character, in this order. Each chain has every font: none may lose a name. */
  chain(face: Face): readonly string[];
  /** Draws every full-width mark as wide as an ideograph. */
  marksFont: string;
  /** How wide the font draws a character, in em; undefined where it has no glyph for it. */
  advance(font: string, codePoint: number): number | undefined;
};

/** Marks that are as wide as an ideograph in Chinese and that some of the fonts draw narrow, as in Latin text. */
const FULL_WIDTH_MARKS = new Set("“”‘’—…·");
/** Drawn where no font has the character: a 〓 that everybody sees, never a gap. */
const STAND_IN = "〓";
/** Blanks of other widths, as they come from web pages, are drawn as one of the two that every font has. */
const WIDE_BLANK = /[\u2001\u2003]/;
const BLANK = /[\p{Zs}\p{Zl}\p{Zp}]/u;
const standIn = (character: string): string =>
  WIDE_BLANK.test(character) ? "\u3000" : BLANK.test(character) ? " " : STAND_IN;

/** Chooses the glyph of every character: the one way for paper, archive and screen. What was asked once is remembered. */
export function metricsOf(source: FontSource): Metrics {
  const known: Record<Face, Map<string, Glyph>> = {
    title: new Map(),
    body: new Map(),
    heading: new Map(),
    lead: new Map(),
    table: new Map(),
  };
  return {
    glyph(face, character) {
      const asked = known[face].get(character);
      if (asked) return asked;
      const found = findGlyph(source, face, character) ?? findGlyph(source, face, standIn(character));
      if (!found) throw new Error(`no font has ${STAND_IN}`);
      known[face].set(character, found);
      return found;
    },
  };
}

/** Whether a character appears as it is, and not as 〓; one that draws nothing lacks nothing. */
export const isDrawn = (metrics: Metrics, character: string): boolean =>
  isInvisible(character) || isBlank(character) || metrics.glyph("body", character).drawn === character;

function findGlyph(source: FontSource, face: Face, character: string): Glyph | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  for (const font of source.chain(face)) {
    const advance = source.advance(font, codePoint);
    if (advance === undefined) continue;
    const marks = FULL_WIDTH_MARKS.has(character) && advance < 1 ? source.marksFont : font;
    return { font: marks, advance: source.advance(marks, codePoint) ?? advance, drawn: character };
  }
  return undefined;
}
