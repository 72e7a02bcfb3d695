import { baseKeymap, chainCommands, splitBlockAs } from "prosemirror-commands";
import { Fragment, type Node, Slice } from "prosemirror-model";
import { type Command, type EditorState, NodeSelection, TextSelection, type Transaction } from "prosemirror-state";
import type { Passage } from "@/lib/report/report.ts";
import { blockOf, kindOf } from "./document.ts";
import { schema } from "./schema.ts";

/** Set on transactions after which blocks keep the kind they were given, whatever their words. */
export const KEEP_KINDS = "keepKinds";

/** A number that was typed in front of a line that becomes an item, which has its own. */
const TYPED_NUMBER = /^\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）])\s*(?!\d)/;

/** Makes the selected blocks passages of this kind; items that are items already become paragraphs. */
export const setKind =
  (kind: Passage["kind"]): Command =>
  (state, dispatch) => {
    const blocks = selectedBlocks(state);
    const target = kind === "item" && blocks.every(({ block }) => kindOf(block) === "item") ? "paragraph" : kind;
    if (blocks.every(({ block }) => kindOf(block) === target)) return false;
    if (dispatch) {
      const transaction = state.tr.setMeta(KEEP_KINDS, true);
      for (const { block, position } of blocks) {
        const at = transaction.mapping.map(position);
        transaction.setNodeMarkup(at, schema.nodes[target]);
        const number = target === "item" && TYPED_NUMBER.exec(block.firstChild?.text ?? "")?.[0];
        if (number) transaction.delete(at + 1, at + 1 + number.length);
      }
      dispatch(transaction.scrollIntoView());
    }
    return true;
  };

/** The one kind of all selected blocks, if they have one. */
export function selectedKind(state: EditorState): Passage["kind"] | undefined {
  const kinds = new Set(selectedBlocks(state).map(({ block }) => kindOf(block)));
  const [only] = kinds;
  return kinds.size === 1 ? only : undefined;
}

function selectedBlocks({ doc, selection }: EditorState): { block: Node; position: number }[] {
  const blocks: { block: Node; position: number }[] = [];
  doc.nodesBetween(selection.from, selection.to, (block, position) => {
    if (block.isTextblock) blocks.push({ block, position });
    return false;
  });
  return blocks;
}

/** The chip that is selected. */
export const selectedChip = ({ selection }: EditorState): string | undefined =>
  selection instanceof NodeSelection && selection.node.type === schema.nodes.chip
    ? String(selection.node.attrs.figure)
    : undefined;

/** A number that was typed, and where it stands. */
export type PlacedNumber = { text: string; from: number; to: number };
const TYPED_FIGURE = /(?<![\w.%\ufffc])\d{2,12}(?:\.\d{1,6})?(?![\w.%％年月日号\ufffc])/g;

/** The number around the caret that may be a figure of a table: no date, no share, not a digit alone. */
export function numberAt({ selection }: EditorState): PlacedNumber | undefined {
  const { $from, empty } = selection;
  if (!empty) return undefined;
  const text = $from.parent.textBetween(0, $from.parent.content.size, "", "\ufffc");
  for (const { 0: number, index } of text.matchAll(TYPED_FIGURE)) {
    const isThere = index <= $from.parentOffset && $from.parentOffset <= index + number.length;
    if (isThere) return { text: number, from: $from.start() + index, to: $from.start() + index + number.length };
  }
  return undefined;
}

/** Puts a chip in place of a part of the text, as bold as what it stands in. */
export function insertingChip(state: EditorState, figure: string, from: number, to: number): Transaction {
  const marks = state.storedMarks ?? state.doc.resolve(from).marks();
  const transaction = state.tr.replaceWith(from, to, schema.node("chip", { figure }, undefined, marks));
  return transaction.setSelection(TextSelection.create(transaction.doc, from + 1)).scrollIntoView();
}

/** Makes the selected chip plain text. */
export function detachingChip(state: EditorState, text: string): Transaction {
  const { from, to } = state.selection;
  const marks = state.doc.nodeAt(from)?.marks ?? [];
  const transaction = state.tr.replaceWith(from, to, schema.text(text, marks));
  return transaction.setSelection(TextSelection.create(transaction.doc, from + text.length));
}

/** Replaces the selection by passages: a single one becomes part of the line, several become lines of their own. */
export function insertingPassages(state: EditorState, passages: readonly Passage[]): Transaction {
  const blocks = passages.map(blockOf);
  const transaction = state.tr.deleteSelection();
  const { $from } = transaction.selection;
  const isEmpty = $from.parent.content.size === 0;
  const [first] = blocks;
  if (!first) return transaction;
  if (blocks.length === 1) {
    if (isEmpty && kindOf(first) !== "paragraph") {
      transaction.setNodeMarkup($from.before(), first.type).setMeta(KEEP_KINDS, true);
    }
    return withCaretAt(transaction.insert($from.pos, first.content), $from.pos + first.content.size);
  }
  transaction.setMeta(KEEP_KINDS, true);
  const behind = transaction.doc.content.size - (isEmpty ? $from.after() : $from.pos);
  if (isEmpty) transaction.replaceWith($from.before(), $from.after(), blocks);
  else
    transaction.replaceSelection(
      new Slice(Fragment.from(blocks), isOpen(first) ? 1 : 0, isOpen(blocks.at(-1)) ? 1 : 0),
    );
  return withCaretAt(transaction, transaction.doc.content.size - behind);
}

/** Whether a block goes on in the line it is pasted into. */
const isOpen = (block: Node | undefined): boolean => block !== undefined && kindOf(block) === "paragraph";

const withCaretAt = (transaction: Transaction, position: number): Transaction =>
  transaction.setSelection(TextSelection.near(transaction.doc.resolve(position), -1)).scrollIntoView();

/** Enter in a list makes the next item, and leaves the list from an empty one. */
const enterInItem: Command = (state, dispatch, view) => {
  const block = state.selection.$from.parent;
  if (kindOf(block) !== "item") return false;
  if (block.content.size === 0) return setKind("paragraph")(state, dispatch, view);
  return splitBlockAs(() => ({ type: schema.nodes.item }))(state, dispatch, view);
};

/** Backspace at the start of an item takes its number away first. */
const backspaceInItem: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  const isAtStart = empty && $from.parentOffset === 0 && kindOf($from.parent) === "item";
  return isAtStart && setKind("paragraph")(state, dispatch, view);
};

const enter = chainCommands(enterInItem, baseKeymap.Enter as Command);

/** What keys do in the text; undo is the report's. A soft break is a new line here, as in print. */
export const textKeys: Record<string, Command> = {
  ...baseKeymap,
  Enter: enter,
  "Shift-Enter": enter,
  "Mod-Enter": enter,
  Backspace: chainCommands(backspaceInItem, baseKeymap.Backspace as Command),
};
