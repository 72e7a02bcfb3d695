import { printedFigure } from "./entry.ts";
import { type Cell, cellAt, cellName, type Format, type Unit } from "./format.ts";
import { itemNumbers, printedNumber } from "./prose.ts";
import type { FigureInline, Inline, Passage, PrintedInline, PrintedPassage, PrintedReport, Report } from "./report.ts";
import { type Figure, figure, total } from "./totals.ts";

/** What a chip prints as long as its cell holds no figure: no number is made up, and no reader overlooks it. */
export const UNFILLED = "（未填）";
const MOST_CELLS = 12;

export const isChip = (inline: Inline): inline is FigureInline => "figure" in inline;

/** The address of the sum of these chips. */
export const sumOfChips = (addresses: readonly string[]): string => addresses.join("+");

/**
 * The cells a chip adds up; undefined when the address names a cell this format does not have, or cells that count
 * different things.
 */
export function chipCells(format: Format, address: string): readonly Cell[] | undefined {
  const addresses = address.split("+");
  if (addresses.length > MOST_CELLS) return undefined;
  const cells = addresses.flatMap((part) => cellAt(format, part) ?? []);
  const isWhole = cells.length === addresses.length && cells.every(({ unit }) => unit === cells[0]?.unit);
  return isWhole ? cells : undefined;
}

/** How a person names what a chip stands for: the name of its cell, or of all that it adds up. */
export const chipName = (format: Format, address: string): string =>
  chipCells(format, address)
    ?.map(({ table, row, column }) => cellName(table, row, column))
    .join("＋") ?? address;

/** What a chip counts; undefined for an address this format does not have. */
const chipUnit = (format: Format, address: string): Unit | undefined => chipCells(format, address)?.[0]?.unit;

/** The figure a chip stands for; null as long as there is none. Of several cells those that are blank add nothing. */
export const chipFigure = (format: Format, tables: Report["tables"], address: string): Figure =>
  total(
    chipCells(format, address)?.map(({ table, row, column }) => figure(table, tables[table.id] ?? {}, row, column)) ??
      [],
  );

/** The number a chip prints, as its table prints it but without the unit, which stands in the text; or that it is not filled. */
export function chipText(format: Format, tables: Report["tables"], address: string): string {
  const value = chipFigure(format, tables, address);
  return value === null ? UNFILLED : printedFigure(chipUnit(format, address) ?? "count", value);
}

/** The text of a section as it is printed. */
export const printedProse = (format: Format, report: Report, section: string): readonly PrintedPassage[] =>
  printedPassages(format, report.tables, report.prose[section] ?? []);

/**
 * Passages as they are printed with these tables; the same ones when there is neither a chip nor an item among them, and
 * the same as the last time when no figure in them has changed since.
 */
export function printedPassages(
  format: Format,
  tables: Report["tables"],
  passages: readonly Passage[],
): readonly PrintedPassage[] {
  if (arePrinted(passages)) return passages;
  const figures = passages.flatMap(({ content }) =>
    content.flatMap((inline) => (isChip(inline) ? [chipText(format, tables, inline.figure)] : [])),
  );
  const last = lastPrinted.get(passages);
  if (last?.format === format && last.figures.join() === figures.join()) return last.printed;
  const printed = printedWith(figures, passages);
  lastPrinted.set(passages, { format, figures, printed });
  return printed;
}

type Printed = { format: Format; figures: readonly string[]; printed: readonly PrintedPassage[] };
const lastPrinted = new WeakMap<readonly Passage[], Printed>();

/** `figures` are the numbers of all chips, one after the other. */
function printedWith(figures: readonly string[], passages: readonly Passage[]): PrintedPassage[] {
  const numbers = itemNumbers(passages);
  let chip = 0;
  return passages.map((passage, index): PrintedPassage => {
    if (isPrinted(passage)) return passage;
    const { kind, content } = passage;
    const inlines = content.map(
      (inline): PrintedInline => (isChip(inline) ? { ...inline, text: figures[chip++] ?? UNFILLED } : inline),
    );
    if (kind !== "item") return { kind, content: inlines };
    const number = numbers.get(index);
    const lead = number === undefined ? [] : [{ text: printedNumber(number) }];
    return { kind: "paragraph", content: [...lead, ...inlines] };
  });
}

const arePrinted = (passages: readonly Passage[]): passages is readonly PrintedPassage[] => passages.every(isPrinted);

const isPrinted = (passage: Passage): passage is PrintedPassage =>
  passage.kind !== "item" && passage.content.every((inline) => !isChip(inline));

/** The report as it is printed: what checks and everything else that reads text are given. */
export const printedReport = (format: Format, report: Report): PrintedReport => ({
  ...report,
  prose: Object.fromEntries(
    Object.entries(report.prose).map(([section, passages]) => [
      section,
      printedPassages(format, report.tables, passages),
    ]),
  ),
});
