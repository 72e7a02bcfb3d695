import { parsePlace } from "@/lib/checks/finding.ts";
import { placeName, stepName } from "@/lib/checks/place-names.ts";
import { stepOf } from "@/lib/checks/progress.ts";
import type { editableFields } from "@/lib/report/edits.ts";
import { cellName, type Format } from "@/lib/report/format.ts";
import { parseReasonKey, reasonKeyOf } from "@/lib/report/reasons.ts";

/** What the interface calls the fields outside tables and prose. */
const fieldNames: Record<(typeof editableFields)[number], string> = {
  title: "标题",
  period: "统计期限",
  opening: "开头",
  "closing.signature": "署名",
  "closing.date": "成文日期",
  "closing.note": "附注",
  "organisation.name": "单位全称",
  "organisation.address": "地址",
  "organisation.postcode": "邮政编码",
  "organisation.phone": "联系电话",
  "organisation.fax": "传真",
  "organisation.email": "电子邮箱",
  "organisation.office": "联系机构",
  "organisation.siteName": "网站名称",
  "organisation.website": "网址",
  "organisation.level": "层级",
  "organisation.kind": "单位性质",
  "organisation.canMakeRules": "规章制定权",
};

export const fieldName = (path: string): string => fieldNames[path as keyof typeof fieldNames] ?? path;

/** Heading of a step and of its window: which one of how many, and its name. */
export const stepTitle = (format: Format, steps: readonly string[], step: string): string =>
  `第 ${steps.indexOf(step) + 1} 步，共 ${steps.length} 步：${stepName(format, step)}`;

/** Where a finding is: its step, the element that holds it, and the characters meant within it. */
type Spot = { step: string; element: string; range?: { from: number; to: number } };

export function spotOf(format: Format, at: string): Spot {
  const place = parsePlace(at);
  const step = stepOf(format, at);
  if (place.kind !== "passage") return { step, element: at };
  return { step, element: place.part, range: { from: place.from, to: place.to } };
}

/** The place an edit changes, as findings name places. */
export function placeOfPath(path: string): string {
  const reason = parseReasonKey(reasonKeyOf(path) ?? "");
  if (reason) return reason.place;
  const [root = "", ...rest] = path.split(".");
  if (root === "tables" || root === "prose") return rest.join(".");
  return root === "closing" ? root : path;
}

/** The name of the place an edit changes. */
export function pathName(format: Format, path: string): string {
  const reason = parseReasonKey(reasonKeyOf(path) ?? "");
  if (reason) return `核实说明：${placeName(format, reason.place)}`;
  const [root = "", first = "", row = "", column = ""] = path.split(".");
  const table = root === "tables" && format.tables.find((candidate) => candidate.id === first);
  if (table) return `${stepName(format, first)}：${cellName(table, row, column)}`;
  if (root === "prose") return stepName(format, first);
  return fieldName(path);
}

/** Places that are named; of more only the first are. */
const MOST_NAMED = 3;

/** The places that edits change, by their names. */
export const pathNames = (format: Format, paths: readonly string[]): string =>
  paths
    .slice(0, MOST_NAMED)
    .map((path) => pathName(format, path))
    .join("；") + (paths.length > MOST_NAMED ? "等" : "");

/**
 * Where an offset in the plain text of a section lies in the text as it was typed: typed text may hold blank lines and
 * blanks around lines that the plain text has not.
 */
export function offsetInTyped(typed: string, offset: number): number {
  let position = 0;
  let rest = offset;
  for (const line of typed.split("\n")) {
    const text = line.trim();
    if (text !== "") {
      if (rest <= text.length) return position + line.indexOf(text) + rest;
      rest -= text.length + 1;
    }
    position += line.length + 1;
  }
  return typed.length;
}
