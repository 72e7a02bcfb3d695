import { strFromU8, unzipSync } from "fflate";
import readWorkbook from "read-excel-file/universal";
import { expect, test } from "vitest";
import { tableName } from "../../lib/checks/place-names.ts";
import { columnName, totalsWorkbook } from "../../lib/export/totals-workbook.ts";
import { cellAt, enteredCells, leaves } from "../../lib/report/format.ts";
import { placeOf } from "../../lib/report/grid.ts";
import { rollUp } from "../../lib/report/rollup.ts";
import { figure } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";

/** Names that a workbook might take for formulas. */
const names = ['=HYPERLINK("http://pages.example")', "+1+1", "-1", "@SUM(1)", "＝1＋1", "云岭县档案馆"];

const adjustments = [
  { unit: "云岭县档案馆", cell: "requests.received.natural", delta: -2, reason: "=1+1", signed: "李明" },
  { unit: "云岭县档案馆", cell: "disclosed.fees.charged", delta: "0.05", reason: "补报" },
  { unit: "没有计入的局", cell: "requests.received.natural", delta: 7, reason: "补报" },
];

const unitsOf = (format: (typeof formats)[number]) =>
  names.map((name, unit) => ({
    name,
    tables: Object.fromEntries(
      format.tables.map((table) => {
        const rows: Record<string, Record<string, number | string | null>> = {};
        for (const [index, { row, column }] of enteredCells(table).entries()) {
          const value = (unit * 7 + index) % 5 === 0 ? null : unit * 3 + index;
          const entry = column.unit === "money" && value !== null ? `${value}.25` : value;
          rows[row.id] = { ...rows[row.id], [column.id]: entry };
        }
        return [table.id, rows];
      }),
    ),
  }));

type Sheet = { formulas: ReadonlyMap<string, string>; values: (string | number | boolean | object | null)[][] };

/** The sheets of a workbook by name: its formulas by cell, and what stands in the other cells. */
async function sheetsOf(file: Uint8Array): Promise<Map<string, Sheet>> {
  const parts = unzipSync(file);
  const sheets = await readWorkbook(new Blob([file as Uint8Array<ArrayBuffer>]));
  return new Map(
    sheets.map(({ sheet, data }, index) => {
      const xml = strFromU8(parts[`xl/worksheets/sheet${index + 1}.xml`] ?? new Uint8Array());
      const formulas = [...xml.matchAll(/<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)<\/f>/g)].map(
        ([, cell = "", formula = ""]): [string, string] => [cell, formula.replace(/&apos;|&#39;/g, "'")],
      );
      return [sheet, { formulas: new Map(formulas), values: data }];
    }),
  );
}

/** What a workbook shows in a cell with a formula: a sum over a part of a column of another sheet, or of cells of its own. */
function computed(sheets: ReadonlyMap<string, Sheet>, sheet: string, cell: string): number {
  const formula = sheets.get(sheet)?.formulas.get(cell) ?? "";
  const sum = /^SUM\('([^']+)'!([A-Z]+)(\d+):([A-Z]+)(\d+)\)$/.exec(formula);
  if (!sum) return formula.split("+").reduce((all, addend) => all + computed(sheets, sheet, addend), 0);
  const [, other = "", from = "", first, to, last] = sum;
  expect(to).toBe(from);
  const column = [...from].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const rows = sheets.get(other)?.values.slice(Number(first) - 1, Number(last)) ?? [];
  return rows.reduce((all, row) => all + Number(row[column] ?? 0), 0);
}

test.each(formats)("$id: the formulas give what the product adds up", async (format) => {
  const units = unitsOf(format);
  const sheets = await sheetsOf(await totalsWorkbook(format, units, [{ name: "=1+1", why: "未开始" }], adjustments));
  const tables = rollUp(format, units, adjustments);
  let compared = 0;
  for (const table of format.tables) {
    const name = tableName(format, table.id);
    const corrected = adjustments.slice(0, 2).filter(({ cell }) => cellAt(format, cell)?.table === table);
    for (const band of table.bands) {
      for (const row of leaves(band.rows)) {
        for (const column of leaves(band.columns)) {
          const place = placeOf(table, row.id, column.id);
          if (!place) throw new Error(`${row.id} ${column.id} is not printed`);
          const sum = Number(figure(table, tables[table.id] ?? {}, row.id, column.id) ?? 0);
          const cell = `${columnName(place.left)}${place.top + 1}`;
          expect(computed(sheets, name, cell), `${name} ${cell}`).toBeCloseTo(sum, 6);
          compared++;
        }
      }
    }
    expect(
      sheets
        .get(`${name}明细`)
        ?.values.slice(1)
        .map(([first]) => first),
    ).toEqual([...names, ...corrected.map(({ unit }) => `${unit}（调整）`)]);
  }
  expect(compared).toBeGreaterThan(150);
  const corrections = sheets
    .get("调整")
    ?.values.slice(1)
    .map((row) => row.slice(3));
  expect(corrections).toEqual([
    ["-2", "=1+1", "李明", "已计入"],
    ["+0.05", "补报", null, "已计入"],
    ["+7", "补报", null, "单位没有计入"],
  ]);
  expect(sheets.get("没有计入的单位")?.values[1]).toEqual(["=1+1", "未开始"]);
});

test("only sums are formulas; without units the workbook is whole, too", async () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const parts = unzipSync(await totalsWorkbook(format, unitsOf(format), []));
  const formulas = Object.values(parts).flatMap((part) => [...strFromU8(part).matchAll(/<f[^>]*>([^<]*)<\/f>/g)]);
  expect(formulas.length).toBeGreaterThan(100);
  expect(
    formulas.filter(
      ([, formula = ""]) => !/^(?:SUM\('|[A-Z]+\d+(?:\+[A-Z]+\d+)*$)/.test(formula.replace(/&apos;|&#39;/g, "'")),
    ),
  ).toEqual([]);
  expect((await totalsWorkbook(format, [], [])).length).toBeGreaterThan(1000);
});

test("columns are called as workbooks call them", () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
});
