import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { Finding } from "@/lib/checks/finding.ts";
import { printedNumber } from "@/lib/report/prose.ts";
import { leadInOf, numbersOf } from "./document.ts";

/** A finding and the part of the document that it is about. */
export type PlacedFinding = { finding: Finding; from: number; to: number };

const findingsKey = new PluginKey<DecorationSet>("findings");
const remarksKey = new PluginKey<DecorationSet>("remarks");

/** Marks parts of the document; the marks move with the text until others are put in their place. */
const markingPlugin = <Placed>(
  key: PluginKey<DecorationSet>,
  mark: (placed: Placed) => Decoration,
): Plugin<DecorationSet> =>
  new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, marks) => {
        const placed: readonly Placed[] | undefined = transaction.getMeta(key);
        return placed
          ? DecorationSet.create(transaction.doc, placed.map(mark))
          : marks.map(transaction.mapping, transaction.doc);
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });

/** Underlines what the checks found, until they have looked at it again. */
export const findingsPlugin = (): Plugin<DecorationSet> => markingPlugin(findingsKey, underline);

/** Marks the words that somebody remarked on. */
export const remarksPlugin = (): Plugin<DecorationSet> =>
  markingPlugin(remarksKey, ({ from, to }: { from: number; to: number }) =>
    Decoration.inline(from, to, { "data-remarked": "" }),
  );

/** Marks these words in place of those that were marked before. */
export const withRemarks = (transaction: Transaction, placed: readonly { from: number; to: number }[]): Transaction =>
  transaction.setMeta(remarksKey, placed);

/** Shows these findings in place of those that were shown before. */
export const withFindings = (transaction: Transaction, placed: readonly PlacedFinding[]): Transaction =>
  transaction.setMeta(findingsKey, placed);

/** The findings that touch a part of the document, in the order of the text. */
export const findingsAt = (state: EditorState, from = 0, to = state.doc.content.size): PlacedFinding[] =>
  (findingsKey.getState(state)?.find(from, to) ?? [])
    .map((mark) => ({ finding: mark.spec.finding as Finding, from: mark.from, to: mark.to }))
    .sort((a, b) => a.from - b.from);

const underline = ({ finding, from, to }: PlacedFinding): Decoration =>
  Decoration.inline(from, to, { "data-severity": finding.severity }, { finding });

/** True on transactions of an input method that is still composing: nothing may change around it. False once it is done. */
export const COMPOSING = "composing";

/** Numbers items, and shows the lead-in of a paragraph as it is printed. */
export const structurePlugin = (): Plugin<DecorationSet> =>
  new Plugin({
    state: {
      init: (_, { doc }) => structureOf(doc),
      apply: (transaction, structure: DecorationSet, before) => {
        const composing: boolean | undefined = transaction.getMeta(COMPOSING);
        if (composing) return structure.map(transaction.mapping, transaction.doc);
        return composing === undefined && transaction.doc === before.doc ? structure : structureOf(transaction.doc);
      },
    },
    props: {
      decorations(state) {
        return this.getState(state);
      },
    },
  });

function structureOf(doc: Node): DecorationSet {
  const numbers = numbersOf(doc);
  const marks: Decoration[] = [];
  doc.forEach((block, offset, index) => {
    const number = numbers.get(index);
    if (number !== undefined) {
      marks.push(Decoration.node(offset, offset + block.nodeSize, { "data-number": printedNumber(number) }));
    }
    const lead = leadInOf(block);
    if (lead) marks.push(Decoration.inline(offset + 1 + lead.from, offset + 1 + lead.to, { "data-lead": "" }));
  });
  return DecorationSet.create(doc, marks);
}
