import writeExcelFile, { type CellObject, type SheetData } from "write-excel-file/node";
import { cellAddress } from "../checks/finding.ts";
import { placeName, tableName } from "../checks/place-names.ts";
import { type Adjustment, printedDelta } from "../report/adjustments.ts";
import { cellAt, cellName, enteredCells, type Format, type Table } from "../report/format.ts";
import { grid, placedGrid, placeOf } from "../report/grid.ts";
import { countedAdjustments, type SummedUnit } from "../report/rollup.ts";
import { addendCells, type Figure, figure } from "../report/totals.ts";

/** An adjustment with who wrote it down and when, where that is known. */
export type SignedAdjustment = Adjustment & { signed?: string };

/**
 * The sum of a region as a workbook: each table as it is printed, its figures formulas over a sheet with the figures of every
 * unit and of every adjustment; a sheet of the adjustments, where there are any, and one of the units that are not in it. Whatever
 * is no figure is text, also what looks like a formula.
 */
export async function totalsWorkbook(
  format: Format,
  units: readonly SummedUnit[],
  missing: readonly { name: string; why: string }[],
  adjustments: readonly SignedAdjustment[] = [],
): Promise<Uint8Array> {
  const counted = countedAdjustments(units, adjustments);
  const sheets = format.tables.flatMap((table) => {
    const name = tableName(format, table.id);
    const corrections = counted.filter(({ cell }) => cellAt(format, cell)?.table === table);
    const lines = units.length + corrections.length;
    const data = unitSheet(table, units, corrections);
    return [
      { sheet: name, data: printedSheet(table, `${name}明细`, lines) },
      { sheet: `${name}明细`, data, stickyRowsCount: 1, stickyColumnsCount: 1 },
    ];
  });
  const absent = [["没有计入的单位", "情况"].map(head), ...missing.map(({ name, why }) => [text(name), text(why)])];
  const columns = [{ width: 40 }, { width: 20 }];
  const corrected =
    adjustments.length > 0 ? [{ sheet: "调整", data: adjustmentSheet(format, adjustments, counted) }] : [];
  const left = { sheet: "没有计入的单位", data: absent, columns };
  const buffer = await writeExcelFile([...sheets, ...corrected, left]).toBuffer();
  return new Uint8Array(buffer);
}

const text = (value: string): CellObject => ({ value, type: String });
const head = (value: string): CellObject => ({ value, type: String, fontWeight: "bold", wrap: true, align: "center" });

/** The printed table: entered figures add up the sheet of the units, computed ones add up cells beside them. */
function printedSheet(table: Table, unitsSheet: string, lines: number): SheetData {
  const entered = enteredCells(table);
  const { rows, columns } = grid(table);
  const data: (CellObject | null)[][] = rows.map(() => Array.from({ length: columns }, () => null));
  for (const cell of new Set(placedGrid(table).flat())) {
    const line = data[cell.top];
    if (!line) continue;
    const spans = { rowSpan: cell.rowSpan, columnSpan: Math.min(cell.colSpan, columns - cell.left) };
    const shape = { ...spans, borderStyle: "thin" as const, alignVertical: "center" as const };
    if (!cell.at) {
      line[cell.left] = { ...head(cell.label ?? ""), ...shape };
      continue;
    }
    const { row, column } = cell.at;
    const index = entered.findIndex((one) => one.row.id === row.id && one.column.id === column.id);
    const added = addendCells(table, row.id, column.id).map((addend) => {
      const place = placeOf(table, addend.row, addend.column);
      return `${columnName(place?.left ?? 0)}${(place?.top ?? 0) + 1}`;
    });
    const from = columnName(index + 1);
    const sum = index < 0 ? added.join("+") : `SUM('${unitsSheet}'!${from}2:${from}${Math.max(lines, 1) + 1})`;
    line[cell.left] = { value: sum, type: "Formula", ...shape };
  }
  return data;
}

/** A line for each unit and each adjustment, a column for each figure that is entered. */
function unitSheet(table: Table, units: readonly SummedUnit[], corrections: readonly Adjustment[]): SheetData {
  const entered = enteredCells(table);
  const heads = ["单位", ...entered.map(({ row, column }) => cellName(table, row.id, column.id))].map(head);
  const lines = units.map(({ name, tables }) => [
    text(name),
    ...entered.map(({ row, column }) => number(figure(table, tables[table.id] ?? {}, row.id, column.id))),
  ]);
  const corrected = corrections.map(({ unit, cell, delta }) => [
    text(`${unit}（调整）`),
    ...entered.map(({ row, column }) => number(cell === cellAddress(table.id, row.id, column.id) ? delta : null)),
  ]);
  return [heads, ...lines, ...corrected];
}

const number = (value: Figure): CellObject | null => (value === null ? null : { value: Number(value), type: Number });

/** A line for each adjustment, and whether it is in the sum. */
function adjustmentSheet(
  format: Format,
  adjustments: readonly SignedAdjustment[],
  counted: readonly SignedAdjustment[],
): SheetData {
  const heads = ["单位", "表", "栏目", "调整数", "原因", "登记", "情况"].map(head);
  const lines = adjustments.map((adjustment) => {
    const at = cellAt(format, adjustment.cell);
    return [
      text(adjustment.unit),
      text(at ? tableName(format, at.table.id) : ""),
      text(placeName(format, adjustment.cell)),
      text(printedDelta(adjustment)),
      text(adjustment.reason),
      text(adjustment.signed ?? ""),
      text(counted.includes(adjustment) ? "已计入" : "单位没有计入"),
    ];
  });
  return [heads, ...lines];
}

/** `A`, `B`, …, `Z`, `AA`: what a workbook calls its columns, counted from 0. */
export function columnName(index: number): string {
  const last = String.fromCharCode("A".charCodeAt(0) + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
