import { leaves, type Table } from "@/lib/report/format.ts";

/** The form that the fields of a row belong to. */
export const rowForm = (table: Table, row: string): string => `row-${table.id}-${row}`;

/**
 * One hidden form a row. After every key Chromium looks through all fields of the form a field is in; in one form of 144
 * fields that costs more than everything else that happens.
 */
export function RowForms({ table }: { table: Table }) {
  const rows = table.bands.flatMap((band) => leaves(band.rows)).filter((row) => !row.sum);
  return (
    <div hidden>
      {rows.map((row) => (
        <form key={row.id} id={rowForm(table, row.id)} onSubmit={(event) => event.preventDefault()} />
      ))}
    </div>
  );
}
