import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { kindByWords, kindOf } from "./document.ts";
import { schema } from "./schema.ts";

/**
 * Makes lines that begin with `（一）` or `1.` headings while they are typed, and paragraphs again when they grow too long.
 * A block whose kind was chosen against its words keeps it, and so does an item.
 */
export function settleKinds(transaction: Transaction, before: Node): Transaction {
  const after = transaction.doc;
  const { start, endBefore, endAfter } = changedBlocks(before, after);
  after.forEach((block, offset, index) => {
    if (index < start || index >= endAfter) return;
    const old = index < endBefore ? before.child(index) : undefined;
    const wasChosen = old !== undefined && kindOf(old) !== kindByWords(old);
    const kind = kindByWords(block);
    if (wasChosen || kindOf(block) === "item" || kindOf(block) === kind) return;
    transaction.setNodeMarkup(offset, schema.nodes[kind]);
  });
  return transaction;
}

/** The blocks that differ: from `start` up to an end of its own in either document. */
export function changedBlocks(before: Node, after: Node) {
  const least = Math.min(before.childCount, after.childCount);
  let start = 0;
  while (start < least && before.child(start).eq(after.child(start))) start++;
  let same = 0;
  while (
    same < least - start &&
    before.child(before.childCount - 1 - same).eq(after.child(after.childCount - 1 - same))
  ) {
    same++;
  }
  return { start, endBefore: before.childCount - same, endAfter: after.childCount - same };
}
