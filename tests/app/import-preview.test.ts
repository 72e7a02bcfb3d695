import { expect, test } from "vitest";
import { cellsToLookAt, correctedReport } from "../../components/import/corrections.ts";
import { changesByStep } from "../../components/import/parts.ts";
import type { Reading } from "../../components/import/reading.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { formatOf, soundReport } from "../checks/samples.ts";

const { format, report } = soundReport({ year: 2024 });
const reading = (more: Partial<Reading>): Reading => ({ kind: "docx", format, report, cells: [], notes: [], ...more });
const at = "requests.received.natural";

test("what is doubtful or blank is to be looked at until it is corrected or let stand", () => {
  const read = reading({
    cells: [
      { at, entry: 12, text: "12（含1件转办）", doubt: "只读入了数字12。" },
      { at: "requests.received.business", entry: 4, text: "4" },
      { at: "requests.received.legal", entry: null, text: "" },
      { at: "requests.received.total", entry: null, text: "", doubt: "原件中没有找到这一行。" },
    ],
  });
  const open = cellsToLookAt(read, new Map());
  expect(open.doubtful.map((cell) => cell.at)).toEqual([at]);
  expect(open.blank.map((cell) => cell.at)).toEqual(["requests.received.legal"]);
  expect(cellsToLookAt(read, new Map([[at, "12"]])).doubtful).toEqual([]);
});

test("where the notice allows empty cells only the doubtful ones among them are to be looked at", () => {
  const old = reading({
    format: formatOf(2020),
    cells: [
      { at, entry: null, text: "" },
      { at: "requests.received.business", entry: null, text: "", doubt: "原件中没有找到这一行。" },
    ],
  });
  expect(cellsToLookAt(old, new Map()).blank.map((cell) => cell.at)).toEqual(["requests.received.business"]);
});

test("corrections are read as figures are typed; totals and unknown cells cannot be corrected", () => {
  const corrections = new Map([
    [at, "１，２３４"],
    ["disclosed.fees.charged", "125000元"],
    ["requests.received.total", "7"],
    ["requests.nowhere.natural", "7"],
  ]);
  const { tables } = correctedReport(reading({}), corrections);
  expect(tables.requests?.received).toEqual({ ...report.tables.requests?.received, natural: 1234 });
  expect(tables.disclosed?.fees).toEqual({ charged: "12.5" });
});

test("a file changes the steps it says something about, and leaves particulars and what it has not", () => {
  const mine = emptyReport(format, 2024, { name: "青川市云岭区档案馆", phone: "0816-2345678" });
  const started = { ...mine, closing: { date: "2025-01-10" } };
  const read = { ...report, closing: {}, tables: { ...report.tables, disputes: mine.tables.disputes ?? {} } };
  const changes = changesByStep(format, started, read);
  expect([...changes.keys()]).toEqual(expect.arrayContaining(["overview", "disclosed", "requests"]));
  expect(changes.has("closing")).toBe(false);
  expect(changes.has("disputes")).toBe(false);
  const paths = [...changes.values()].flat().map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("organisation."))).toEqual([]);
});
