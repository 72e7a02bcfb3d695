import type { Report } from "./report.ts";

/**
 * A finished document carries its report, so that reading it back is exact: a Word file as the text of one element in a
 * custom XML part, a PDF as an attached file. Both hold the JSON form of a `Report` and not one thing more: the document
 * is published. Working notes, written reasons for findings, names of editors, earlier versions and anything else that
 * stays in the office must never be put into those bytes.
 */

/** Of the element `report` in the Word file. Its attribute `document` is the SHA-256 of `word/document.xml`, in hex. */
export const CARRIED_NAMESPACE = "urn:disclosure-annual-report:report";

/** Name of the file that is attached to the PDF. */
export const CARRIED_FILE = "report.json";

/** The report as it may leave the office: without the written reasons. Every file is made of this. */
export function carriedReport({ reasons: _, ...report }: Report): Report {
  return report;
}

/** The same as text: the JSON file, byte by byte. What is signed, filed and published is known by its SHA-256. */
export const carriedText = (report: Report): string => `${JSON.stringify(carriedReport(report), null, 2)}\n`;
