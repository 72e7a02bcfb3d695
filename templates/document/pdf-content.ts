import type { Rule, TextRun } from "../../lib/layout/display.ts";
import type { PdfFont } from "./pdf-font.ts";

/**
 * The operators that paint a page (PDF 32000-1:2008, annex A). Lengths are in pt from the top left corner of the page:
 * pdfkit turns every page's coordinates upside down, which text has to undo.
 */

/** Text, run by run, in the fonts that the page lists. */
export const textOperators = (runs: readonly TextRun[], fontOf: (id: string) => PdfFont): string =>
  ["BT", ...runs.map((run) => runOperators(run, fontOf(run.font))), "ET"].join("\n");

const runOperators = ({ text, x, y, size, spacing }: TextRun, font: PdfFont): string =>
  `/${font.id} ${length(size)} Tf ${spaceBetween(spacing)} Tc 1 0 0 -1 ${length(x)} ${length(y)} Tm <${font.encode(text)}> Tj`;

/** Straight lines, those of one width as one path. */
export function ruleOperators(rules: readonly Rule[]): string {
  const widths = [...new Set(rules.map(({ width }) => width))];
  return widths
    .map((width) => {
      const lines = rules.filter((rule) => rule.width === width).map(lineOperators);
      return [`${length(width)} w`, ...lines, "S"].join("\n");
    })
    .join("\n");
}

const lineOperators = ({ x1, y1, x2, y2 }: Rule): string =>
  `${length(x1)} ${length(y1)} m ${length(x2)} ${length(y2)} l`;

/** To a thousandth of a point; never with an exponent, which PDF does not know. */
const length = (value: number): number => Math.round(value * 1000) / 1000;
/** Finer, since it counts once for every character of a line. */
const spaceBetween = (value: number): number => Math.round(value * 100_000) / 100_000;
