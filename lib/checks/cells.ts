import type { Entry } from "../report/entry.ts";
import { type EntryProblem, entryProblem, isAllowedSlash, isFigure } from "../report/entry.ts";
import { enteredCells, type Format, type Line, leaves, type Table, type Unit, unitAt } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import type { CheckContext } from "./finding.ts";
import { figureAt, named, rowsIn } from "./lookup.ts";
import { standingOf } from "./standing.ts";

/** Decimals of an amount in 万元: whole 元 have four, 分 have six, and there is nothing finer. */
const YUAN_PLACES = 4;
const FEN_PLACES = 6;
/** 万元 that no department of a county takes in a year, and how far a year's fees do not grow. */
const LARGE_COUNTY_FEE = 100_000;
const SUSPICIOUS_GROWTH = 100;

export const cellRules: readonly Rule[] = [notAFigure, blanks, writtenUnusually, tooManyDecimals, wrongMoneyUnit];

/** V01, V03: what stands in a cell, entered or printed as a total, is a figure. */
function notAFigure(context: CheckContext): RawFinding[] {
  return context.format.tables.flatMap((table) => {
    const rows = rowsIn(context, table.id);
    const printed = context.printed?.totals[table.id] ?? {};
    return table.bands.flatMap((band) => {
      const columns = leaves(band.columns);
      return leaves(band.rows).flatMap((row) =>
        columns.flatMap((column) => {
          const source = row.sum || column.sum ? printed : rows;
          const remarked = context.printed?.remarked?.[table.id]?.[row.id]?.[column.id];
          return judgeEntry(table, row, column, remarked ?? source[row.id]?.[column.id] ?? null);
        }),
      );
    });
  });
}

function judgeEntry(table: Table, row: Line, column: Line, entry: Entry): RawFinding[] {
  const unit = unitAt(row, column);
  const problem = entryProblem(unit, entry);
  if (!problem || isAllowedSlash(row, column, entry)) return [];
  const { cell, at } = named(table, row.id, column.id);
  const value = String(entry).trim();
  if (problem === "slash") return [{ code: "V03", at, params: { cell, value } }];
  return [{ code: "V01", at, params: { cell, wanted: wanted(unit, problem), value } }];
}

function wanted(unit: Unit, problem: EntryProblem): string {
  if (problem === "tooLarge") return unit === "money" ? "不超过15位的金额" : "不超过12位的整数";
  if (unit === "money") return "不小于0的数字（单位：万元）";
  return unit === "delta" ? "整数（减少的写负数）" : "不小于0的整数";
}

/** V02: one finding a table, at its first blank cell. */
function blanks({ format, report, stage }: CheckContext): RawFinding[] {
  const severity = format.blanksTolerated || stage === "drafting" ? "hint" : "error";
  return format.tables.flatMap((table) => {
    const blank = enteredCells(table).filter(
      ({ row, column }) => (report.tables[table.id]?.[row.id]?.[column.id] ?? null) === null,
    );
    const [first] = blank;
    if (!first) return [];
    const params = { table: numberOf(format, table), n: blank.length };
    return [{ code: "V02", at: named(table, first.row.id, first.column.id).at, params, severity }];
  });
}

/** By what number a person knows a table: that of its section, `三`. */
function numberOf(format: Format, { id }: Table): string {
  const heading = format.sections.find((section) => section.id === id)?.heading ?? "";
  return /^[一二三四五六七八九十]+/.exec(heading)?.[0] ?? `“${heading}”`;
}

/** V04: figures that a document prints in full-width digits or with separators. One finding a table, at the first of them. */
function writtenUnusually({ format, printed, report }: CheckContext): RawFinding[] {
  return format.tables.flatMap((table): RawFinding[] => {
    const rows = printed?.written?.[table.id] ?? {};
    const written = Object.entries(rows).flatMap(([row, columns]) =>
      Object.entries(columns).map(([column, value]) => ({ row, column, value })),
    );
    const [first] = written;
    if (!first) return [];
    const { row, column, value } = first;
    const figure = report.tables[table.id]?.[row]?.[column] ?? printed?.totals[table.id]?.[row]?.[column] ?? "";
    const { cell, at } = named(table, row, column);
    return [{ code: "V04", at, params: { table: numberOf(format, table), n: written.length, cell, value, figure } }];
  });
}

/** V05: an amount in 万元 is no finer than 元, and never finer than 分. */
function tooManyDecimals(context: CheckContext): RawFinding[] {
  return amounts(context).flatMap(({ cell, at, value }): RawFinding[] => {
    const places = value.split(".")[1]?.length ?? 0;
    if (places <= YUAN_PLACES) return [];
    return [{ code: "V05", at, params: { cell, value, places }, severity: places > FEN_PLACES ? "error" : "warning" }];
  });
}

/** V06: 行政事业性收费 looks as if it were filled in in 元. */
function wrongMoneyUnit(context: CheckContext): RawFinding[] {
  return amounts(context)
    .filter(({ row }) => row === "fees")
    .flatMap(({ table, row, column, cell, at, value }): RawFinding[] => {
      const before = context.lastYear && figureAt(context.lastYear, table, row, column);
      const times = before && Number(before) > 0 ? Number(value) / Number(before) : 0;
      if (times >= SUSPICIOUS_GROWTH) {
        const reason = `是上年${before}万元的${Math.round(times)}倍`;
        return [{ code: "V06", at, params: { cell, value, reason } }];
      }
      const { level, kind } = standingOf(context.report.organisation);
      const isCountyDepartment = level === "county" && kind === "department";
      if (!isCountyDepartment || value.includes(".") || Number(value) < LARGE_COUNTY_FEE) return [];
      return [{ code: "V06", at, params: { cell, value, reason: "远超县级部门一年的收费规模" } }];
    });
}

/** Every amount in 万元 that is filled in. */
function amounts(context: CheckContext) {
  return context.format.tables.flatMap((table) =>
    enteredCells(table).flatMap(({ row, column }) => {
      const value = rowsIn(context, table.id)[row.id]?.[column.id] ?? null;
      if (unitAt(row, column) !== "money" || !isFigure("money", value)) return [];
      const { cell, at } = named(table, row.id, column.id);
      return [{ table: table.id, row: row.id, column: column.id, cell, at, value: String(value) }];
    }),
  );
}
