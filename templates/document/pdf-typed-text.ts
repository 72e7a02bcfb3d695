import { isInvisible } from "../../lib/layout/characters.ts";
import type { Face, Metrics, Page, Tag, TextRun } from "../../lib/layout/display.ts";
import { type Block, blockText, type ComposedDocument } from "../../lib/report/compose.ts";

/**
 * The runs that do not show what was typed, and what that is: a character that no font has is drawn as another, blanks
 * at the end of a line and formatting characters are not drawn at all.
 */
export function typedTexts(
  document: ComposedDocument,
  pages: readonly Page[],
  metrics: Metrics,
): ReadonlyMap<TextRun, string> {
  const texts = new Map<TextRun, string>();
  for (const { typed, runs } of passagesOf(document, pages)) {
    if (runs.map((run) => run.text).join("") === typed) continue;
    for (const [run, text] of shareOut(typed, runs, metrics)) if (text !== run.text) texts.set(run, text);
  }
  return texts;
}

/** A block or a cell: what was typed, and the runs that show it. */
type Passage = { typed: string; runs: TextRun[] };

function passagesOf({ blocks }: ComposedDocument, pages: readonly Page[]): Iterable<Passage> {
  const passages = new Map<string, Passage>();
  for (const run of pages.flatMap((page) => page.runs)) {
    const { tag } = run;
    const key = keyOf(tag);
    if (key === undefined) continue;
    const passage = passages.get(key);
    if (passage) passage.runs.push(run);
    else passages.set(key, { typed: typedIn(blocks, tag), runs: [run] });
  }
  return passages.values();
}

/** Undefined for what is not in the document, or is there already. */
function keyOf(tag: Tag): string | undefined {
  if (tag.kind === "block") return `${tag.block}`;
  return tag.kind === "cell" && !tag.repeated ? `${tag.block} ${tag.row} ${tag.cell}` : undefined;
}

/** Lines that the document itself parts are parted in the PDF by where they stand, not by a character. */
function typedIn(blocks: readonly Block[], tag: Tag): string {
  const block = "block" in tag ? blocks[tag.block] : undefined;
  if (!block) return "";
  if (block.kind === "title") return block.lines.join("");
  if (block.kind === "signature") return block.organisation + block.date;
  if (block.kind === "table") return tag.kind === "cell" ? (block.rows[tag.row]?.cells[tag.cell]?.text ?? "") : "";
  return blockText(block);
}

/** Gives every run its share of the typed text: what is not drawn goes to the run before it. */
function shareOut(typed: string, runs: readonly TextRun[], metrics: Metrics): [TextRun, string][] {
  const characters = [...typed];
  const next = (sign: string, from: number): number => {
    const found = characters.findIndex((character, index) => index >= from && isDrawnAs(character, sign, metrics));
    return found < 0 ? from : found;
  };
  let at = 0;
  return runs.map((run, index) => {
    const from = at;
    for (const sign of run.text) at = next(sign, at) + 1;
    const [sign] = runs[index + 1]?.text ?? "";
    at = sign === undefined ? characters.length : next(sign, at);
    return [run, characters.slice(from, at).join("")];
  });
}

const FACES = ["title", "body", "heading", "lead", "table"] as const satisfies readonly Face[];

/** Whether page layout draws the character with this sign, in whatever face. */
const isDrawnAs = (character: string, sign: string, metrics: Metrics): boolean =>
  !isInvisible(character) &&
  FACES.some((face) => metrics.glyph(face, character.replace(/\p{Cc}/u, " ")).drawn === sign);
