import type { Edit } from "./edits.ts";
import { type Format, leaves, linesAt, type Table, tableOf } from "./format.ts";
import type { Report } from "./report.ts";
import { figure } from "./totals.ts";

/** A report with the format it is written in. */
export type FormattedReport = { format: Format; report: Report };

/** The figure a cell opens with: what the row of last year's closing figures says for the column. */
export type OpeningFigure = { table: string; row: string; column: string; closingRow: string; figure: number };

/**
 * What of last year's report is kept with a draft, to go on from and to compare with: figures and texts. Who is to be asked
 * and where, the opening that says so, who signed, and the notes of the office are not.
 */
export const keptOfLastYear = ({ format, year, organisation: { name }, title, prose, tables }: Report): Report => ({
  format,
  year,
  organisation: { name },
  ...(title !== undefined && { title }),
  closing: {},
  prose,
  tables,
});

type Source = { format: Format; report: Pick<Report, "tables"> };

/**
 * 结转: what this year's cells must open with, for every column that is entered. A column in which last year's report has no
 * closing figure is left out; where its notice allows empty cells, an empty one among figures is none. A report without any
 * closing figure says nothing.
 */
export const openingFigures = (format: Format, lastYear: Source): OpeningFigure[] =>
  format.carryOvers.flatMap(({ table: id, opening, closing }): OpeningFigure[] => {
    const table = lastYear.format.tables.find((candidate) => candidate.id === id);
    const columns = enteredColumns(tableOf(format, id)).map((column) => ({
      column,
      closed: table ? figure(table, lastYear.report.tables[id] ?? {}, closing, column) : null,
    }));
    if (columns.every(({ closed }) => closed === null)) return [];
    return columns.flatMap(({ column, closed }) => {
      if (closed === null && !lastYear.format.blanksTolerated) return [];
      return [{ table: id, row: opening, column, closingRow: closing, figure: Number(closed ?? 0) }];
    });
  });

const enteredColumns = (table: Table): string[] =>
  leaves(table.bands[0]?.columns ?? [])
    .filter(({ sum }) => !sum)
    .map(({ id }) => id);

/** The path of the cell an opening figure belongs to. */
const openingPath = ({ table, row, column }: OpeningFigure): string => `tables.${table}.${row}.${column}`;

/** The edits that enter what last year closed with. */
export const openingEdits = (format: Format, lastYear: Source): Edit[] =>
  openingFigures(format, lastYear).map((opening) => ({ path: openingPath(opening), value: opening.figure }));

/** What was in force at the end of last year; null where that is blank, undefined where last year's form did not count it. */
export function inForceBefore({ format, report }: Source, table: string, row: string): number | null | undefined {
  const stock = format.stocks.find((known) => known.table === table && known.rows.includes(row));
  if (!stock) return undefined;
  return countIn(format, report, table, row, stock.inForce);
}

/** 现行有效 as it follows from last year's: what was in force, and issued, less repealed. */
export type ExpectedInForce = { before: number; issued: number; repealed: number; expected: number };

/** What is to be expected in force of a row of documents; undefined while one of the figures it follows from is missing. */
export function expectedInForce(
  format: Format,
  report: Pick<Report, "tables">,
  lastYear: Source,
  table: string,
  row: string,
): ExpectedInForce | undefined {
  const stock = format.stocks.find((known) => known.table === table && known.rows.includes(row));
  const before = stock && inForceBefore(lastYear, table, row);
  const issued = stock && countIn(format, report, table, row, stock.issued);
  const repealed = stock && countIn(format, report, table, row, stock.repealed);
  if (typeof before !== "number" || typeof issued !== "number" || typeof repealed !== "number") return undefined;
  return { before, issued, repealed, expected: before + issued - repealed };
}

function countIn(format: Format, { tables }: Source["report"], id: string, row: string, column: string): number | null {
  const table = tableOf(format, id);
  if (!linesAt(table, row, column)) return null;
  const found = figure(table, tables[id] ?? {}, row, column);
  return typeof found === "number" ? found : null;
}
