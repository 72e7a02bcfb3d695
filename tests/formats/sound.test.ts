import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bandOf, leaves, linesAt, type Table, tableOf } from "../../lib/report/format.ts";
import { grid } from "../../lib/report/grid.ts";
import { formatById, formatForYear, formats } from "../../templates/index.ts";

/** Grid rows × columns, cells to fill in and cells computed (domain.md §2 and §4). */
const sizes: Record<string, Record<string, number[]>> = {
  "2019-60": { disclosed: [18, 4, 22, 0], requests: [26, 10, 132, 29], disputes: [4, 15, 12, 3] },
  "2021-30": { disclosed: [14, 4, 10, 0], requests: [28, 10, 144, 31], disputes: [4, 15, 12, 3] },
};

test("every year since 2019 has exactly one format", () => {
  expect(formats.map(({ id }) => id)).toEqual(Object.keys(sizes));
  expect([2018, 2019, 2020, 2021, 2024, 2035].map((year) => formatForYear(year)?.id)).toEqual([
    undefined,
    "2019-60",
    "2019-60",
    "2021-30",
    "2021-30",
    "2021-30",
  ]);
  for (let year = 2019; year < 2040; year++) {
    expect(formats.filter(({ years }) => year >= years.from && year <= (years.to ?? 9999))).toHaveLength(1);
  }
  expect(formatById("no such format")).toBeUndefined();
});

test("the ids of the formats are the ones that stored reports carry", () => {
  expect(formats.map((format) => [format.id, ...format.tables.flatMap(idsOf)].join(" "))).toMatchInlineSnapshot(`
    [
      "2019-60 disclosed rules normative made opened inForce licensing otherServices items change decisions penalties coercion fees procurement amount requests received carriedIn granted partial secret prohibited security thirdParty internal process enforcement inquiry notHeld notMade unclear petition repeat publication excessive reconfirm otherwise handled carriedOut natural business research charity legal otherOrg total disputes cases reviewUpheld reviewCorrected reviewOther reviewPending reviewTotal directUpheld directCorrected directOther directPending directTotal afterReviewUpheld afterReviewCorrected afterReviewOther afterReviewPending afterReviewTotal",
      "2021-30 disclosed rules normative issued repealed inForce licensing decisions penalties coercion fees charged requests received carriedIn granted partial secret prohibited security thirdParty internal process enforcement inquiry notHeld notMade unclear petition repeat publication excessive reconfirm uncorrected unpaid otherwise handled carriedOut natural business research charity legal otherOrg total disputes cases reviewUpheld reviewCorrected reviewOther reviewPending reviewTotal directUpheld directCorrected directOther directPending directTotal afterReviewUpheld afterReviewCorrected afterReviewOther afterReviewPending afterReviewTotal",
    ]
  `);
});

describe.each(formats)("the format $id", (format) => {
  test.each(format.tables)("counts the cells of $id as the notice does", (table) => {
    const { rows, columns } = grid(table);
    const roles = rows.flatMap((row) => row.cells).map((cell) => cell.role);
    const count = (role: string) => roles.filter((one) => one === role).length;
    expect([rows.length, columns, count("entry"), count("computed")]).toEqual(sizes[format.id]?.[table.id]);
  });

  test.each(format.tables)("covers the grid of $id exactly, without overlap", (table) => {
    const { rows, columns, headRows } = grid(table);
    const covered = rows.map(() => new Array<number>(columns).fill(0));
    for (const [top, row] of rows.entries()) {
      for (const cell of row.cells) {
        const left = covered[top]?.indexOf(0) ?? -1;
        expect(left).toBeGreaterThanOrEqual(0);
        for (let down = 0; down < cell.rowSpan; down++) {
          for (let across = 0; across < cell.colSpan; across++) {
            const below = covered[top + down];
            expect(below?.[left + across]).toBe(0);
            if (below) below[left + across] = 1;
          }
        }
      }
    }
    expect(covered.flat().every((times) => times === 1)).toBe(true);
    expect(rows.slice(0, headRows).every((row) => row.head)).toBe(true);
    expect(table.bands.length > 1 || headRows > 0).toBe(true);
  });

  test.each(format.tables)("sets $id on the full width of the page", ({ print, ...table }) => {
    expect(print.widths).toHaveLength(grid({ print, ...table }).columns);
    expect(print.widths.reduce((all, width) => all + width, 0)).toBeCloseTo(156, 6);
    expect(print.widths.every((width) => width > 7)).toBe(true);
  });

  test.each(format.tables)("names each line of $id once and without a dot", (table) => {
    const rows = table.bands.flatMap((band) => leaves(band.rows).map(({ id }) => id));
    expect(new Set(rows).size).toBe(rows.length);
    for (const band of table.bands) {
      const columns = leaves(band.columns).map(({ id }) => id);
      expect(new Set(columns).size).toBe(columns.length);
      expect(columns.filter((id) => rows.includes(id))).toEqual([]);
    }
    expect(idsOf(table).filter((id) => !/^[a-z][A-Za-z]*$/.test(id))).toEqual([]);
  });

  test("has a table for every table section and the other way round", () => {
    const sections = format.sections.filter((section) => section.kind === "table").map(({ id }) => id);
    expect(sections).toEqual(format.tables.map(({ id }) => id));
    const ids = format.sections.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("refers only to lines it has", () => {
    const { balances, carryOvers, stocks } = format;
    const rows = [
      ...balances.flatMap(({ table, left, right }) => [...left, ...right].map((row) => ({ table, row }))),
      ...carryOvers.flatMap(({ table, opening, closing }) => [opening, closing].map((row) => ({ table, row }))),
      ...stocks.flatMap(({ table, rows }) => rows.map((row) => ({ table, row }))),
    ];
    expect(rows.length).toBeGreaterThan(4);
    const prose = format.sections.filter((section) => section.kind === "prose").map(({ id }) => id);
    if (format.feeSection) expect(prose).toContain(format.feeSection);
    expect(rows.filter(({ table, row }) => !bandOf(tableOf(format, table), row))).toEqual([]);
    const cells = stocks.flatMap(({ table, rows, issued, repealed, inForce }) =>
      rows.flatMap((row) => [issued, repealed, inForce].map((column) => ({ table, row, column }))),
    );
    expect(cells.filter(({ table, row, column }) => !linesAt(tableOf(format, table), row, column))).toEqual([]);
  });

  test("balances 一 + 二 against 三（七）+ 四 and carries 四 over into 二", () => {
    const requests = tableOf(format, "requests");
    const label = (row: string) =>
      leaves(bandOf(requests, row)?.rows ?? [])
        .find(({ id }) => id === row)
        ?.label.slice(0, 3);
    expect(format.balances.map(({ left, right }) => [left.map(label), right.map(label)])).toEqual([
      [
        ["一、本", "二、上"],
        ["（七）", "四、结"],
      ],
    ]);
    expect(format.carryOvers.map(({ opening, closing }) => [label(opening), label(closing)])).toEqual([
      ["二、上", "四、结"],
    ]);
  });

  test("explains every line of every table, and nothing else", () => {
    for (const table of format.tables) {
      expect(Object.keys(format.guidance[table.id] ?? {}).sort()).toEqual([...new Set(linesOf(table))].sort());
    }
    expect(Object.keys(format.guidance).sort()).toEqual(format.tables.map(({ id }) => id).sort());
  });

  test("explains in one to three sentences, and says of every entered row who knows the figure", () => {
    const explained = format.tables.flatMap((table) =>
      table.bands.flatMap((band) =>
        [...leaves(band.rows), ...leaves(band.columns)].map((line) => ({
          line,
          guidance: format.guidance[table.id]?.[line.id],
        })),
      ),
    );
    expect(explained.length).toBeGreaterThan(50);
    for (const { line, guidance } of explained) {
      const sentences = guidance?.counts.split("。") ?? [];
      expect(sentences.at(-1), line.id).toBe("");
      expect(sentences.length - 1, line.id).toBeGreaterThanOrEqual(1);
      expect(sentences.length - 1, line.id).toBeLessThanOrEqual(3);
      expect(Boolean(guidance?.knows), line.id).toBe(!line.sum);
      if (guidance?.basis) expect(guidance.basis, line.id).toMatch(/第.+(?:条|项|款)|〔\d{4}〕\d+号/);
    }
  });

  test("explains every cell, entered or computed, and says whom to ask about every one that is filled in", () => {
    const help = format.tables.flatMap((table) =>
      grid(table)
        .rows.flatMap((row) => row.cells)
        .flatMap(({ at }) => (at ? [{ at, lines: [at.row, at.column] }] : []))
        .map(({ at, lines }) => {
          const words = lines.flatMap((line) => format.guidance[table.id]?.[line.id] ?? []);
          const isComputed = at.row.sum || at.column.sum;
          return words.some(({ counts }) => counts) && (isComputed || words.some(({ knows }) => knows));
        }),
    );
    const cells = Object.values(sizes[format.id] ?? {}).reduce(
      (all, [, , entered = 0, sums = 0]) => all + entered + sums,
      0,
    );
    expect(cells).toBeGreaterThan(150);
    expect(help).toHaveLength(cells);
    expect(help.filter(Boolean)).toHaveLength(cells);
  });

  test("gives examples in one sentence", () => {
    const examples = Object.values(format.guidance).flatMap((lines) =>
      Object.values(lines).flatMap(({ example }) => example ?? []),
    );
    expect(examples.length).toBeGreaterThan(15);
    expect(examples.filter((example) => !/^[^。]+。$/.test(example))).toEqual([]);
  });

  test("is data: its files import the words of formats and each other, and hold no logic", () => {
    const folder = `templates/${format.id}`;
    const files = readdirSync(folder);
    // A sample report imports nothing: it is read by the schema, as every report is.
    expect(files.filter((file) => file !== "sample.ts").sort()).toEqual(["guidance.ts", "index.ts", "tables.ts"]);
    for (const file of files) {
      const code = readFileSync(`${folder}/${file}`, "utf8");
      const imports = [...code.matchAll(/from "([^"]+)"/g)].map((match) => match[1]);
      expect(imports.length > 0).toBe(file !== "sample.ts");
      expect(imports.filter((from) => !/^\.\.\/\.\.\/lib\/report\/format\.ts$|^\.\/\w+\.ts$/.test(from ?? ""))).toEqual(
        [],
      );
      expect(code).not.toMatch(/\bif\b|\bfunction\b|\bwhile\b|\?\?|&&/);
    }
  });
});

function linesOf(table: Table): string[] {
  return table.bands.flatMap((band) => [...leaves(band.rows), ...leaves(band.columns)].map(({ id }) => id));
}

/** Table id, then its rows and columns in printed order. */
function idsOf(table: Table): string[] {
  return [table.id, ...new Set(linesOf(table))];
}
