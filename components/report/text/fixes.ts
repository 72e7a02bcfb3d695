import type { EditorState, Transaction } from "prosemirror-state";
import type { PlacedFinding } from "./decorations.ts";
import { schema } from "./schema.ts";

/**
 * Replaces the text of a finding by what its check offers, touching only the characters that differ. Undefined where it
 * offers nothing, and where a number chip would be lost.
 */
export function fixing(state: EditorState, { finding, from, to }: PlacedFinding): Transaction | undefined {
  if (!finding.fix) return undefined;
  const before = state.doc.textBetween(from, to, "\n", "\ufffc");
  const after = finding.fix.text.replace(/[\r\n]+/g, "");
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
