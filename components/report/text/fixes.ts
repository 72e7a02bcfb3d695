import type { EditorState, Transaction } from "prosemirror-state";
import { schema } from "./schema.ts";

/** A part of the document, and what is offered in its place. */
export type Offer = { from: number; to: number; text: string };

/** Puts what is offered into the document, touching only the characters that differ. Undefined where a number chip would be lost. */
export function fixing(state: EditorState, { from, to, text: offered }: Offer): Transaction | undefined {
  const before = state.doc.textBetween(from, to, "\n", "\ufffc");
  const after = offered.replace(/[\r\n]+/g, "");
  const { start, end } = difference(before, after);
  const replaced = before.slice(start, before.length - end);
  if (/[\ufffc\n]/.test(replaced)) return undefined;
  const text = after.slice(start, after.length - end);
  const [at, until] = [from + start, to - end];
  const marks = state.doc.resolve(at).marksAcross(state.doc.resolve(until)) ?? [];
  return text === "" ? state.tr.delete(at, until) : state.tr.replaceWith(at, until, schema.text(text, marks));
}

/** How many characters are the same at the start and at the end. */
function difference(before: string, after: string): { start: number; end: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end };
}
