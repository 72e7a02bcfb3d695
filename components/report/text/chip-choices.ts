import { chipFigure, chipName, sumOfChips } from "@/lib/report/chips.ts";
import { type Format, type Heading, isGroup, leaves } from "@/lib/report/format.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Figure } from "@/lib/report/totals.ts";

/** A figure that can be put into the text. */
export type ChipChoice = { figure: string; name: string; heading: string; value: Figure };

/** Texts name figures that are not zero rather than zeros, and sums rather than parts or sums of sums. */
const likelihood = (value: Figure, { kind }: FigureOfTable): number =>
  (value === null ? 6 : Number(value) === 0 ? 3 : 0) + { sum: 0, several: 1, part: 2 }[kind];

/**
 * Every figure of the tables and the sums that texts name: both sides of balances, and the totals below one heading.
 * Those used last come first, then the likely ones, then as the document runs.
 */
export function chipChoices(format: Format, tables: Report["tables"], recent: readonly string[]): ChipChoice[] {
  return figuresOf(format)
    .map((known, index) => {
      const { figure, heading } = known;
      const value = chipFigure(format, tables, figure);
      const lastUsed = recent.indexOf(figure);
      const rank = lastUsed >= 0 ? lastUsed - recent.length : likelihood(value, known);
      return { choice: { figure, name: chipName(format, figure), heading, value }, rank, index };
    })
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ choice }) => choice);
}

/** Choices whose name, table or figure holds every word that was typed. */
export function matching(choices: readonly ChipChoice[], typed: string): ChipChoice[] {
  const words = typed.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ name, heading, value }) => {
    const text = `${name} ${heading} ${value ?? ""}`.normalize("NFKC").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

type FigureOfTable = { figure: string; heading: string; kind: "sum" | "several" | "part" };
const knownFigures = new WeakMap<Format, readonly FigureOfTable[]>();

function figuresOf(format: Format): readonly FigureOfTable[] {
  const known = knownFigures.get(format);
  if (known) return known;
  const figures = format.tables.flatMap((table) => {
    const heading = format.sections.find(({ id }) => id === table.id)?.heading ?? "";
    return table.bands.flatMap((band) => {
      const cells = leaves(band.rows).flatMap((row) =>
        leaves(band.columns).map((column) => ({
          figure: `${table.id}.${row.id}.${column.id}`,
          heading,
          kind: row.sum || column.sum ? ("sum" as const) : ("part" as const),
        })),
      );
      const totals = leaves(band.rows).flatMap((row) =>
        totalsBelow(band.columns).map((columns) => ({
          figure: sumOfChips(columns.map((column) => `${table.id}.${row.id}.${column}`)),
          heading,
          kind: "several" as const,
        })),
      );
      const sides = format.balances
        .filter(({ table: id, left }) => id === table.id && leaves(band.rows).some((row) => row.id === left[0]))
        .flatMap(({ left, right }) =>
          leaves(band.columns)
            .filter((column) => column.sum)
            .flatMap((column) =>
              [left, right].map((rows) => ({
                figure: sumOfChips(rows.map((row) => `${table.id}.${row}.${column.id}`)),
                heading,
                kind: "several" as const,
              })),
            ),
        );
      return [...sides, ...totals, ...cells];
    });
  });
  knownFigures.set(format, figures);
  return figures;
}

/** The totals of several groups below one heading, which together are that heading's. */
function totalsBelow(headings: readonly Heading[]): string[][] {
  return headings.flatMap((heading) => {
    if (!isGroup(heading)) return [];
    const sums = heading.of.flatMap((part) =>
      isGroup(part) ? part.of.flatMap((line) => (!isGroup(line) && line.sum ? [line.id] : [])) : [],
    );
    return [...(sums.length > 1 ? [sums] : []), ...totalsBelow(heading.of)];
  });
}
