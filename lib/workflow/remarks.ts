import { parsePlace } from "../checks/finding.ts";
import { stepsOf } from "../checks/progress.ts";
import { type Format, linesAt } from "../report/format.ts";
import type { Role } from "./roles.ts";
import { isOpen, type Standing, turnOf } from "./workflow.ts";

/** Longest remark, longest stretch of text that one is about, and longest answer, in characters. */
export const LONGEST_REMARK = 500;
export const LONGEST_QUOTE = 300;
export const LONGEST_ANSWER = 300;

/** Those who look a report over, and say what is to be mended. */
const readers: readonly Role[] = ["supervisor", "signatory", "reviewer"];

/**
 * As what somebody with these roles may remark on a report that stands there: whoever's turn it is comes first. Undefined
 * for the clerk alone, and when the report was published: then a correction has to be begun first.
 */
export function remarkRole(standing: Standing, roles: readonly Role[]): Role | undefined {
  if (standing.state === "published") return undefined;
  const held = readers.filter((role) => roles.includes(role));
  return held.find((role) => role === turnOf(standing)) ?? held[0];
}

/** Whether she may tick a remark off: the clerk while she works on the report, and at any time those who may remark. */
export const maySettle = (standing: Standing, roles: readonly Role[]): boolean =>
  remarkRole(standing, roles) !== undefined || (isOpen(standing) && roles.includes("clerk"));

/** Where the words of a remark stand in a text, or the first line of them; undefined when they are not there any more. */
export function quoteRange(text: string, quote: string): { from: number; to: number } | undefined {
  const [firstLine = ""] = quote.split("\n");
  const sought = text.includes(quote) ? quote : firstLine;
  const from = sought === "" ? -1 : text.indexOf(sought);
  return from < 0 ? undefined : { from, to: from + sought.length };
}

/** Whether a remark can hang there: a figure of a table, or a part as a whole (`title`, `opening`, a section, `closing`). */
export function isRemarkPlace(format: Format, at: string): boolean {
  const place = parsePlace(at);
  if (place.kind === "part") return at === "title" || stepsOf(format).includes(at);
  if (place.kind === "passage") return false;
  const table = format.tables.find(({ id }) => id === place.table);
  return table !== undefined && linesAt(table, place.row, place.column) !== undefined;
}
