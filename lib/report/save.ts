import { applyEdits, type Edit, UnknownPath } from "./edits.ts";
import type { Format } from "./format.ts";
import type { Report } from "./report.ts";
import { parseStored } from "./schema.ts";

/** What one save carries: the version it was made on, and an id that stays the same when the request is repeated. */
export type Save = { baseVersion: number; operationId: string; edits: readonly Edit[] };

/** What a save was answered with when it was made. `savedAt` is in epoch milliseconds of the server. */
export type Saved = { version: number; savedAt: number };

export type Judgement =
  /** Made already: it gets the same answer and changes nothing. */
  | { kind: "repeated"; answer: Saved }
  /** Somebody saved in between. */
  | { kind: "conflict" }
  /** An edit does not fit the report. `message` is a finished Chinese sentence. */
  | { kind: "refused"; message: string }
  | { kind: "accepted"; report: Report; version: number };

/**
 * The whole meaning of a save, whatever holds the report: `answered` is the answer this operation had before, if it had
 * one. Versions are integers that only grow, so a late request, on an older version, can never be accepted again.
 */
export function judgeSave(
  format: Format,
  stored: { report: Report; version: number },
  answered: Saved | undefined,
  save: Save,
): Judgement {
  if (answered) return { kind: "repeated", answer: answered };
  if (stored.version !== save.baseVersion) return { kind: "conflict" };
  try {
    const parsed = parseStored(format, applyEdits(format, stored.report, save.edits));
    if (!parsed.ok) return { kind: "refused", message: parsed.problems.join("") };
    return { kind: "accepted", report: parsed.report, version: stored.version + 1 };
  } catch (error) {
    if (!(error instanceof UnknownPath)) throw error;
    return { kind: "refused", message: `“${error.path}”不是报告中可以填写的位置，或者内容的类型不对。` };
  }
}

/** Edits one after the other as one: of several to a place only the last counts. */
export const latestEdits = (edits: readonly Edit[]): Edit[] => [
  ...new Map(edits.map((edit) => [edit.path, edit])).values(),
];
