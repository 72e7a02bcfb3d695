import { printedPassages } from "@/lib/report/chips.ts";
import { printedDate } from "@/lib/report/compose.ts";
import { type EditValue, isReason } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import { plainText } from "@/lib/report/prose.ts";
import type { Report } from "@/lib/report/report.ts";
import { type ChoicePath, choices } from "./choices.ts";

/** What a place says, as people read it; chips show the figures of these tables. */
export function valueInWords(format: Format, tables: Report["tables"], path: string, value: EditValue): string {
  if (isReason(value)) return value.text;
  if (Array.isArray(value)) return plainText(printedPassages(format, tables, value));
  const text = String(value ?? "");
  if (path === "closing.date" && text !== "") return printedDate(text);
  const chosen = choices[path as ChoicePath]?.find((choice) => choice.value === text);
  return chosen?.label ?? text;
}
