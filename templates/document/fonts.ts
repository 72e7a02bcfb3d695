import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Face, Metrics } from "../../lib/layout/display.ts";
import { fontWidths, type GlyphTable } from "../../lib/layout/glyph-table.ts";
import { type FontSource, isDrawn, metricsOf } from "../../lib/layout/glyphs.ts";
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

/** Draws quotation marks, dashes and ellipses as wide as an ideograph. */
const MARKS_FONT: FontId = "imitationSong";

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

/** What the fonts draw, each opened when it is first asked. */
const source: FontSource = {
  chain: chainOf,
  marksFont: MARKS_FONT,
  advance(id, codePoint) {
    const opened = font(id as FontId);
    const glyph = opened.glyphForCodePoint(codePoint);
    return glyph.id === 0 ? undefined : glyph.advanceWidth / opened.unitsPerEm;
  },
};

/** Widths and coverage of the fonts, for page layout. */
export const metrics: Metrics = metricsOf(source);

/** Whether the PDF shows a character as it is: without a font that has it, it would be a 〓. */
export const isCovered = (character: string): boolean => isDrawn(metrics, character);

const faces = Object.keys(shippedChains) as Face[];

/** The same widths and coverage as a table, by which a browser lays out the same pages. Made once a process. */
export function glyphTable(): GlyphTable {
  table ??= makeTable();
  return table;
}
let table: GlyphTable | undefined;

function makeTable(): GlyphTable {
  const ids = [...new Set(faces.flatMap(chainOf))];
  const fonts = Object.fromEntries(ids.map((id) => [id, fontWidths(font(id).unitsPerEm, font(id).characterWidths())]));
  const chains = Object.fromEntries(faces.map((face) => [face, chainOf(face)])) as Record<Face, readonly FontId[]>;
  const content = { marksFont: MARKS_FONT, chains, fonts };
  const hash = createHash("sha256").update(JSON.stringify(content));
  for (const id of ids) hash.update(`${font(id).checksum} `);
  return { version: hash.digest("hex").slice(0, VERSION_LENGTH), ...content };
}
const VERSION_LENGTH = 16;
