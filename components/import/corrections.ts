import { parsePlace } from "@/lib/checks/finding.ts";
import { applyEdits } from "@/lib/report/edits.ts";
import { typedEntry } from "@/lib/report/entry.ts";
import { linesAt, unitAt } from "@/lib/report/format.ts";
import type { Report } from "@/lib/report/report.ts";
import type { CellRead } from "@/lib/sheet/cell-read.ts";
import type { Reading } from "./reading.ts";

/** What the clerk typed in place of what was read, by the address of its cell; also where she let it stand. */
export type Corrections = ReadonlyMap<string, string>;

/** The report as the clerk has corrected it; what was not corrected is as it was read. */
export const correctedReport = ({ format, report }: Reading, corrections: Corrections): Report =>
  applyEdits(
    format,
    report,
    [...corrections].flatMap(([at, typed]) => {
      const cell = cellAt(format, at);
      return cell ? [{ path: `tables.${at}`, value: typedEntry(cell.unit, typed) }] : [];
    }),
  );

/** The entered cells that still are to be looked at. */
export type ToLookAt = {
  /** Read, but not with certainty. */
  doubtful: readonly CellRead[];
  /** Nothing could be read, although the form has a figure there. */
  blank: readonly CellRead[];
};

export function cellsToLookAt({ format, cells }: Reading, corrections: Corrections): ToLookAt {
  const open = cells.filter(({ at }) => !corrections.has(at) && cellAt(format, at));
  const isBlank = ({ entry }: CellRead) => entry === null;
  return {
    doubtful: open.filter((cell) => !isBlank(cell) && cell.doubt !== undefined),
    blank: open.filter((cell) => isBlank(cell) && (cell.doubt !== undefined || !format.blanksTolerated)),
  };
}

/** The unit of an entered cell; undefined for a computed one and for none of this format's. */
function cellAt(format: Reading["format"], at: string) {
  const place = parsePlace(at);
  if (place.kind !== "cell") return undefined;
  const table = format.tables.find(({ id }) => id === place.table);
  const lines = table && linesAt(table, place.row, place.column);
  return lines && !lines.row.sum && !lines.column.sum
    ? { table, row: lines.row, column: lines.column, unit: unitAt(lines.row, lines.column) }
    : undefined;
}
