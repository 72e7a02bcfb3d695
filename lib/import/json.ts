import { formatById, formats } from "../../templates/index.ts";
import { parseReport } from "../report/schema.ts";
import type { Reading } from "./read.ts";
import { refused } from "./refusals.ts";

/** Reads a report in its JSON form. Every problem is named in Chinese. */
export function readJson(text: string): Reading {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    return refused("badJson", `不是有效的 JSON${placeOf(error, text)}。`);
  }
  const id = typeof input === "object" && input !== null && "format" in input ? input.format : undefined;
  const known = formats.map((format) => format.id).join("、");
  if (id === undefined) return refused("badJson", `JSON 中没有报告格式“format”，应为${known}之一。`);
  const format = formatById(String(id));
  if (!format) return refused("badJson", `不认识的报告格式“${String(id)}”，应为${known}之一。`);
  const parsed = parseReport(format, input);
  if (!parsed.ok) return refused("badJson", parsed.problems.join(""));
  return { ok: true, format, report: parsed.report, cells: [], notes: [] };
}

/** Where the parser stumbled, as far as it says so. */
function placeOf(error: unknown, text: string): string {
  const position = /position (\d+)/.exec(String(error))?.[1];
  if (position === undefined) return "";
  return `：第 ${text.slice(0, Number(position)).split("\n").length} 行有错`;
}
