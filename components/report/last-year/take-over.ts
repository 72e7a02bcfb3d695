import { chipCells, chipText, isChip } from "@/lib/report/chips.ts";
import type { Format, Part } from "@/lib/report/format.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import type { Inline, Passage } from "@/lib/report/report.ts";
import { hasPart } from "../scaffold.ts";

/**
 * Last year's text of a section for this year's report: word for word, also its years. Numbers that came from the tables go
 * on following them; those of cells that this year's form does not have stay as they were printed.
 */
export const takenOver = (format: Format, { format: old, report }: FormattedReport, section: string): Passage[] =>
  (report.prose[section] ?? []).map((passage) => ({
    ...passage,
    content: passage.content.map((inline): Inline => {
      if (!isChip(inline) || chipCells(format, inline.figure)) return inline;
      const { figure, ...rest } = inline;
      return { ...rest, text: chipText(old, report.tables, figure) };
    }),
  }));

/** Whether a section holds nothing but sub-headings that are suggested for it. */
export const isUnwritten = (passages: readonly Passage[], parts: readonly Part[]): boolean =>
  passages.every((passage) => passage.kind === "heading2" && parts.some((part) => hasPart([passage], part)));
