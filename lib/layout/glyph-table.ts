import type { Face } from "./display.ts";
import type { FontSource } from "./glyphs.ts";

/** Every character that a font draws with one width, in font units: how many code points lie between, how many follow. */
type FontWidths = { unitsPerEm: number; widths: readonly (readonly [width: number, runs: readonly number[]])[] };

/** Coverage and widths of all fonts and the chains of all faces, small enough to be sent to a browser, as JSON. */
export type GlyphTable = {
  /** Changes with any of the fonts; a part of the addresses under which their glyphs are kept. */
  version: string;
  marksFont: string;
  chains: Readonly<Record<Face, readonly string[]>>;
  fonts: Readonly<Record<string, FontWidths>>;
};

/** Most characters of a font that are asked for at once: their names make an address of less than 3 KB. */
export const MOST_CHARACTERS = 400;

/** Writes down a font. `characters` are its code points in ascending order, each with its width in font units. */
export function fontWidths(unitsPerEm: number, characters: Iterable<readonly [number, number]>): FontWidths {
  const runs = new Map<number, { runs: number[]; end: number }>();
  for (const [codePoint, width] of characters) {
    const list = runs.get(width) ?? { runs: [], end: 0 };
    runs.set(width, list);
    if (list.runs.length > 0 && list.end === codePoint) list.runs[list.runs.length - 1] = (list.runs.at(-1) ?? 0) + 1;
    else list.runs.push(codePoint - list.end, 1);
    list.end = codePoint + 1;
  }
  return { unitsPerEm, widths: [...runs].map(([width, list]) => [width, list.runs]) };
}

/** What a table tells of the fonts it was made from: the same as the fonts themselves. */
export function sourceOf({ chains, marksFont, fonts }: GlyphTable): FontSource {
  const advances = new Map(Object.entries(fonts).map(([id, font]) => [id, advanceIn(font)]));
  return {
    chain: (face) => chains[face],
    marksFont,
    advance: (font, codePoint) => advances.get(font)?.(codePoint),
  };
}

type Run = { first: number; last: number; width: number };

function advanceIn({ unitsPerEm, widths }: FontWidths): (codePoint: number) => number | undefined {
  const runs = widths.flatMap(([width, list]) => runsOf(width, list)).sort((a, b) => a.first - b.first);
  return (codePoint) => {
    let [low, high] = [0, runs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((runs[middle] as Run).last < codePoint) low = middle + 1;
      else high = middle;
    }
    const run = runs[low];
    return run && run.first <= codePoint ? run.width / unitsPerEm : undefined;
  };
}

function runsOf(width: number, list: readonly number[]): Run[] {
  const runs: Run[] = [];
  let next = 0;
  for (let index = 0; index < list.length; index += 2) {
    const first = next + (list[index] ?? 0);
    next = first + (list[index + 1] ?? 0);
    runs.push({ first, last: next - 1, width });
  }
  return runs;
}
