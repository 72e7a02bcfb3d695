import { Fragment, type Node } from "prosemirror-model";
import { type EditorState, TextSelection, type Transaction } from "prosemirror-state";
import { changedBlocks } from "./kinds.ts";
import { schema } from "./schema.ts";

/**
 * Makes the document this one, replacing only what differs, so that the caret stays in text that is still there. With
 * `showChange` it goes to the end of what changed instead.
 */
export function replacingDocument(state: EditorState, document: Node, showChange: boolean): Transaction {
  const transaction = state.tr;
  const changedAt = replaceDifferences(transaction, document);
  if (!transaction.doc.eq(document)) transaction.replaceWith(0, transaction.doc.content.size, document.content);
  if (showChange && changedAt !== undefined) {
    const at = transaction.doc.resolve(Math.min(changedAt, transaction.doc.content.size));
    transaction.setSelection(TextSelection.near(at, -1)).scrollIntoView();
  }
  return transaction;
}

/** Block by block where there are as many of them, else from the first to the last difference. Returns where the first one ends. */
function replaceDifferences(transaction: Transaction, document: Node): number | undefined {
  const before = transaction.doc;
  if (before.childCount !== document.childCount)
    return replaceDifference(transaction, before.content, document.content, 0);
  let end = before.content.size;
  let changedAt: number | undefined;
  for (let index = before.childCount - 1; index >= 0; index--) {
    const [from, to] = [before.child(index), document.child(index)];
    end -= from.nodeSize;
    const changed = replaceDifference(transaction, Fragment.from(from), Fragment.from(to), end);
    changedAt = changed ?? changedAt;
  }
  return changedAt;
}

function replaceDifference(
  transaction: Transaction,
  before: Fragment,
  after: Fragment,
  offset: number,
): number | undefined {
  const start = before.findDiffStart(after);
  const end = before.findDiffEnd(after);
  if (start === null || end === null) return undefined;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const replacement = schema.node("doc", null, after).slice(start, end.b + overlap);
  transaction.replace(offset + start, offset + end.a + overlap, replacement);
  return offset + end.b + overlap;
}

/**
 * Puts what was changed from `base` to `mine` into `theirs`: in place of the same blocks where they still are, else behind
 * everything, so that neither side loses a word.
 */
export function mergedDocument(base: Node, mine: Node, theirs: Node): Node {
  const { start, endBefore, endAfter } = changedBlocks(base, mine);
  const replaced = base.children.slice(start, endBefore);
  const changed = mine.children.slice(start, endAfter);
  const blocks = theirs.children;
  const at = blocks.findIndex((_, index) => replaced.every((block, offset) => blocks[index + offset]?.eq(block)));
  const merged =
    at < 0 || replaced.length === 0
      ? [...blocks, ...changed]
      : [...blocks.slice(0, at), ...changed, ...blocks.slice(at + replaced.length)];
  return schema.node("doc", null, merged);
}
