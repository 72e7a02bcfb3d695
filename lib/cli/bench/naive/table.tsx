import { createRoot } from "react-dom/client";
import { type FieldErrors, get, type Resolver, set, useForm } from "react-hook-form";
import { z } from "zod";
import { formatById } from "../../../../templates/index.ts";
import { type Balance, enteredCells, leaves, type Table, tableOf } from "../../../report/format.ts";
import { type GridCell, grid } from "../../../report/grid.ts";
import type { Report } from "../../../report/report.ts";
import { addendCells } from "../../../report/totals.ts";

/*
 * The largest table as the guides of react-hook-form and zod lead to it: one form, one schema over the whole table that is
 * asked with every change, everything watched at the top, totals computed while rendering, errors under the cells.
 * Only what is printed comes from the format, so that both forms have the same rows, columns and rules.
 */

/** Row → column → what was typed. */
type Values = Record<string, Record<string, string>>;

function figureOf(table: Table, values: Values, row: string, column: string): number {
  const parts = addendCells(table, row, column);
  if (parts.length === 0) return Number(values[row]?.[column] ?? 0);
  return parts.reduce((all, part) => all + figureOf(table, values, part.row, part.column), 0);
}

function schemaOf(table: Table, balances: readonly Balance[]) {
  const count = z.string().regex(/^\d*$/, "应为不小于 0 的整数");
  const rows: Record<string, Record<string, typeof count>> = {};
  for (const { row, column } of enteredCells(table)) rows[row.id] = { ...rows[row.id], [column.id]: count };
  const shape = Object.fromEntries(Object.entries(rows).map(([row, columns]) => [row, z.object(columns)]));
  return z.object(shape).superRefine((values, context) => {
    const sideOf = (side: readonly string[], column: string) =>
      side.reduce((all, row) => all + figureOf(table, values, row, column), 0);
    for (const { left, right } of balances) {
      for (const { id: column } of leaves(table.bands[0]?.columns ?? [])) {
        const [a, b] = [sideOf(left, column), sideOf(right, column)];
        if (a === b) continue;
        for (const row of [...left, ...right]) {
          context.addIssue({ code: "custom", path: [row, column], message: `左 ${a} 与右 ${b} 不相等` });
        }
      }
    }
  });
}

const zodResolver =
  (schema: z.ZodType<Values>): Resolver<Values> =>
  async (values) => {
    const parsed = await schema.safeParseAsync(values);
    if (parsed.success) return { values: parsed.data, errors: {} };
    const errors: FieldErrors<Values> = {};
    for (const { path, code, message } of parsed.error.issues) {
      const name = path.join(".");
      if (!get(errors, name)) set(errors, name, { type: code, message });
    }
    return { values: {}, errors };
  };

type NaiveTableProps = { table: Table; schema: z.ZodType<Values>; defaultValues: Values };

function NaiveTable({ table, schema, defaultValues }: NaiveTableProps) {
  const { register, watch, handleSubmit, formState } = useForm<Values>({
    mode: "onChange",
    resolver: zodResolver(schema),
    defaultValues,
  });
  const values = watch();
  const { errors } = formState;

  const figure = ({ role, at }: GridCell) => {
    if (!at) return null;
    const name = `${at.row.id}.${at.column.id}`;
    const message = errors[at.row.id]?.[at.column.id]?.message;
    return (
      <>
        {role === "computed" ? (
          <output>{figureOf(table, values, at.row.id, at.column.id)}</output>
        ) : (
          <input inputMode="numeric" autoComplete="off" aria-invalid={Boolean(message)} {...register(name)} />
        )}
        {message && <p role="alert">{message}</p>}
      </>
    );
  };

  return (
    <form onSubmit={handleSubmit(() => undefined)}>
      <table>
        <tbody>
          {grid(table).rows.map((row, top) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
            <tr key={top}>
              {row.cells.map((cell, index) => {
                const key = cell.at ? `${cell.at.row.id}.${cell.at.column.id}` : `label-${index}`;
                const spans = { rowSpan: cell.rowSpan, colSpan: cell.colSpan };
                return cell.at ? (
                  <td key={key} {...spans}>
                    {figure(cell)}
                  </td>
                ) : (
                  <th key={key} {...spans}>
                    {cell.label}
                  </th>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </form>
  );
}

const report: Report = await (await fetch("report.json")).json();
const format = formatById(report.format);
const id = format?.balances[0]?.table;
const place = document.getElementById("root");
if (!format || !id || !place) throw new Error("no table to show");
const table = tableOf(format, id);
const defaultValues: Values = {};
for (const { row, column } of enteredCells(table)) {
  const text = String(report.tables[id]?.[row.id]?.[column.id] ?? "");
  defaultValues[row.id] = { ...defaultValues[row.id], [column.id]: text };
}
const balances = format.balances.filter((balance) => balance.table === id);
createRoot(place).render(<NaiveTable table={table} schema={schemaOf(table, balances)} defaultValues={defaultValues} />);
