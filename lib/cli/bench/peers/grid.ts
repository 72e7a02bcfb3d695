import type { PrintedCell, TableBlock } from "../../../report/compose.ts";

/** Every field of a table: the cell that covers it, and whether it begins there. */
export type Field = { cell: PrintedCell; column: number; begins: boolean };

/** The fields row by row, for engines that want covered ones written out. */
export function fieldsOf(table: TableBlock): Field[][] {
  const fields: Field[][] = table.rows.map(() => []);
  for (const [row, { cells }] of table.rows.entries()) {
    let column = 0;
    for (const cell of cells) {
      while (fields[row]?.[column]) column++;
      for (let below = row; below < row + cell.rowSpan; below++) {
        for (let beside = column; beside < column + cell.colSpan; beside++) {
          (fields[below] as Field[])[beside] = { cell, column, begins: below === row && beside === column };
        }
      }
    }
  }
  return fields;
}
