import { stepName } from "@/lib/checks/place-names.ts";
import type { EditValue } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import type { Change } from "@/lib/report/history.ts";
import { reasonKeyOf } from "@/lib/report/reasons.ts";
import type { Passage } from "@/lib/report/report.ts";
import { fieldName } from "../places.ts";
import { compareTexts } from "./compare-texts.ts";

/** What changed, by the parts of the document: `二、…：12 格`, `一、总体情况：2 句`, `标题`. */
export function changesInWords(format: Format, changes: readonly Change[]): string[] {
  const cells = new Map<string, number>();
  const words: string[] = [];
  const fields: string[] = [];
  let reasons = 0;
  for (const { path, before, after } of changes) {
    const [root = "", id = ""] = path.split(".");
    if (reasonKeyOf(path) !== undefined) reasons++;
    else if (root === "tables") cells.set(id, (cells.get(id) ?? 0) + 1);
    else if (root === "prose") words.push(`${stepName(format, id)}：${sentences(before, after)} 句`);
    else fields.push(fieldName(path));
  }
  return [
    ...fields,
    ...words,
    ...[...cells].map(([id, count]) => `${stepName(format, id)}：${count} 格`),
    ...(reasons > 0 ? [`核实说明：${reasons} 条`] : []),
  ];
}

/** How many sentences were added, dropped or written anew. A chip counts by its address, so figures need not be known. */
function sentences(before: EditValue, after: EditValue): number {
  const pieces = compareTexts(rawText(before), rawText(after)).filter(({ text }) => text.trim() !== "");
  const inserted = pieces.filter(({ kind }) => kind === "inserted").length;
  const deleted = pieces.filter(({ kind }) => kind === "deleted").length;
  // Where only emphasis or the kind of a paragraph changed, its text did not.
  return Math.max(inserted, deleted, 1);
}

const rawText = (value: EditValue): string =>
  (value as readonly Passage[])
    .map(({ content }) => content.map((inline) => ("text" in inline ? inline.text : inline.figure)).join(""))
    .join("\n");
