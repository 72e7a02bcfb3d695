import { describe, expect, test } from "vitest";
import type { ReadResult } from "../../lib/import/read.ts";
import { AT_ONCE, readUntrusted } from "../../lib/import/read-untrusted.ts";
import { type HostileFile, hostileFiles } from "../import/hostile-files.ts";

const MEBIBYTE = 1024 * 1024;
const FEWEST = 360;
/** In MiB. This process also makes the files, of up to 80 MB each, and keeps none of them. */
const MOST_GROWTH = 250;
/** A family of files is read one after the other, by as many processes as there may be. */
const LONGEST = 900_000;

const { report, families } = await hostileFiles();
const answered: string[] = [];

/** What is wrong with an answer; empty when it is one of those expected. */
function mistake({ answer }: HostileFile, result: ReadResult): string {
  if (!result.ok) {
    if (!/[。）]$/.test(result.reason)) return `no sentence: ${result.reason}`;
    return answer.includes(result.problem) ? "" : `answered ${result.problem}`;
  }
  if (!answer.includes("whole") && !answer.includes("partly")) return "was read";
  const wrong = wrongFigures(result);
  if (wrong.length > 0) return `read wrong: ${wrong.slice(0, 3).join(", ")}`;
  const isWhole = JSON.stringify(result.report.tables) === JSON.stringify(report.tables);
  return isWhole || answer.includes("partly") ? "" : "was read in part";
}

/** Figures that were read without doubt and are not those of the report. */
const wrongFigures = ({ report: read, cells }: Extract<ReadResult, { ok: true }>): string[] =>
  cells.flatMap(({ at, entry, doubt }) => {
    const [table = "", row = "", column = ""] = at.split(".");
    const wanted = report.tables[table]?.[row]?.[column];
    const isWrong = wanted !== undefined && entry !== null && doubt === undefined && entry !== wanted;
    return isWrong ? [`${read.year} ${at} ${wanted} → ${entry}`] : [];
  });

describe("whatever a file holds, it is read rightly or refused by name, and harms nobody", () => {
  const before = process.memoryUsage().rss;

  test.each(Object.entries(families))(
    "%s",
    async (_, files) => {
      const queue = files.values();
      const mistakes: string[] = [];
      const reader = async () => {
        for (const file of queue) {
          const wrong = mistake(file, await readUntrusted(file.bytes()));
          if (wrong) mistakes.push(`${file.name} ${wrong}`);
          answered.push(file.name);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, reader));
      expect(mistakes).toEqual([]);
    },
    LONGEST,
  );

  test("and all were answered, without this process growing with them", () => {
    const grown = (process.memoryUsage().rss - before) / MEBIBYTE;
    expect(answered.length).toBeGreaterThanOrEqual(FEWEST);
    expect(grown).toBeLessThan(MOST_GROWTH);
  });
});
