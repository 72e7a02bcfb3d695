import type { Node } from "prosemirror-model";
import { isChip } from "@/lib/report/chips.ts";
import { itemNumbers, kindOfLine, leadInLength, printedNumber } from "@/lib/report/prose.ts";
import type { Inline, Passage } from "@/lib/report/report.ts";
import { schema } from "./schema.ts";

/** The number a chip shows now. */
export type ChipText = (figure: string) => string;

/** Passages as the editor's document: an empty section is one empty paragraph. */
export const documentOf = (passages: readonly Passage[]): Node =>
  schema.node("doc", null, passages.length > 0 ? passages.map(blockOf) : [schema.node("paragraph")]);

export const blockOf = ({ kind, content }: Passage): Node =>
  schema.node(
    kind,
    null,
    content.flatMap((inline) => inlineNode(inline)),
  );

function inlineNode(inline: Inline): Node[] {
  const marks = inline.bold ? [schema.mark("bold")] : [];
  if (isChip(inline)) return [schema.node("chip", { figure: inline.figure }, undefined, marks)];
  return inline.text === "" ? [] : [schema.text(inline.text, marks)];
}

/** The document as passages: empty lines and blanks around a line are dropped. Blocks that did not change keep their passage. */
export const passagesOf = (document: Node): Passage[] =>
  document.children.flatMap((block) => {
    const { content } = contentOf(block);
    return content.length > 0 ? [passageOf(block, content)] : [];
  });

const knownPassages = new WeakMap<Node, Passage>();

function passageOf(block: Node, content: Inline[]): Passage {
  const known = knownPassages.get(block);
  if (known) return known;
  const passage: Passage = { kind: kindOf(block), content };
  knownPassages.set(block, passage);
  return passage;
}

export const kindOf = (block: Node): Passage["kind"] => block.type.name as Passage["kind"];

/** What a block holds, and how many blanks in front of it are left out. */
type Content = { blanks: number; content: Inline[] };
const knownContents = new WeakMap<Node, Content>();

function contentOf(block: Node): Content {
  const known = knownContents.get(block);
  if (known) return known;
  const inlines = block.children.map(inlineOf);
  const trimmed = trimmedStart(inlines);
  const result = { blanks: sizeOf(inlines) - sizeOf(trimmed), content: trimmedEnd(trimmed) };
  knownContents.set(block, result);
  return result;
}

function inlineOf(node: Node): Inline {
  const bold = node.marks.length > 0 ? { bold: true as const } : {};
  if (node.type === schema.nodes.chip) return { figure: String(node.attrs.figure), ...bold };
  return { text: storable(node.text ?? ""), ...bold };
}

/** Signs that no file can hold become blanks, so that every other one keeps its offset. */
const storable = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/gu, " ");

/** How much room inlines take in the document. */
const sizeOf = (inlines: readonly Inline[]): number =>
  inlines.reduce((all, inline) => all + (isChip(inline) ? 1 : inline.text.length), 0);

function trimmedStart(inlines: Inline[]): Inline[] {
  const [first, ...rest] = inlines;
  if (!first || isChip(first)) return inlines;
  const text = first.text.trimStart();
  return text === "" ? trimmedStart(rest) : [{ ...first, text }, ...rest];
}

function trimmedEnd(inlines: Inline[]): Inline[] {
  const last = inlines.at(-1);
  if (!last || isChip(last)) return inlines;
  const text = last.text.trimEnd();
  const rest = inlines.slice(0, -1);
  return text === "" ? trimmedEnd(rest) : [...rest, { ...last, text }];
}

/** The words of a block, a digit for every chip: by them a heading is told from a paragraph. */
const wordsOf = (block: Node): string =>
  contentOf(block)
    .content.map((inline) => (isChip(inline) ? "0" : inline.text))
    .join("");

/** What a block is by its words alone; an item only becomes one deliberately. */
export const kindByWords = (block: Node): Passage["kind"] => kindOfLine(wordsOf(block));

/** Where the lead-in of a paragraph stands in its block; undefined when it has none. */
export function leadInOf(block: Node): { from: number; to: number } | undefined {
  if (kindOf(block) !== "paragraph") return undefined;
  const length = leadInLength({ kind: "paragraph", content: [{ text: wordsOf(block) }] });
  const { blanks } = contentOf(block);
  return length > 0 ? { from: blanks, to: blanks + length } : undefined;
}

/** The numbers that stand in front of items, by the index of their block. */
export const numbersOf = (document: Node): ReadonlyMap<number, number> =>
  itemNumbers(document.children.map((block) => ({ kind: kindOf(block), content: contentOf(block).content })));

/**
 * Where the plain text of a section is in the document. A stretch is a text or a chip: from a position in the document and
 * from an offset in the text on. Only a chip is not as long in the one as in the other.
 */
type Stretch = { position: number; size: number; from: number; to: number };

export function stretchesOf(document: Node, chipText: ChipText): Stretch[] {
  const numbers = numbersOf(document);
  const stretches: Stretch[] = [];
  let from = 0;
  document.forEach((block, offset, index) => {
    const { blanks, content } = contentOf(block);
    if (content.length === 0) return;
    const number = numbers.get(index);
    from += number === undefined ? 0 : printedNumber(number).length;
    let position = offset + 1 + blanks;
    for (const inline of content) {
      const length = isChip(inline) ? chipText(inline.figure).length : inline.text.length;
      const size = isChip(inline) ? 1 : length;
      stretches.push({ position, size, from, to: from + length });
      position += size;
      from += length;
    }
    from += 1;
  });
  return stretches;
}

/** The part of the document that holds the characters `from`–`to` of the plain text; undefined when it has fewer. */
export function rangeAt(
  stretches: readonly Stretch[],
  { from, to }: { from: number; to: number },
): { from: number; to: number } | undefined {
  const first = stretches.find((stretch) => from < stretch.to);
  const last = stretches.findLast((stretch) => to > stretch.from) ?? first;
  if (!first || !last) return undefined;
  const start = first.position + within(first, from - first.from, 0);
  return { from: start, to: Math.max(start, last.position + within(last, to - last.from, last.size)) };
}

/** How far into a stretch; a chip is taken as a whole, from its start or to its end. */
const within = (stretch: Stretch, distance: number, whole: number): number =>
  stretch.size === stretch.to - stretch.from ? Math.min(Math.max(distance, 0), stretch.size) : whole;
