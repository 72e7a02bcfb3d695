import type { Line } from "../report/format.ts";

/** A copied text laid on a cell of the table. */
export type Laid = {
  cell: { row: Line; column: Line };
  text: string;
  /** Its heading says that it is in 元. */
  inYuan?: boolean;
};

/** A copied text that finds no cell: there is no such row or column, the row came twice, or a heading is printed there. */
export type Surplus = { text: string; why: "beyond" | "heading" | "noRow" | "noColumn" | "twice" };

/** Where everything that was copied lands. */
export type Layout = { laid: readonly Laid[]; surplus: readonly Surplus[] };
