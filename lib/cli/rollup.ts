import { resolve } from "node:path";
import { isCovered } from "../../templates/document/fonts.ts";
import { formatForYear } from "../../templates/index.ts";
import { checkAmong, isSameAgency } from "../checks/checkup.ts";
import type { Finding } from "../checks/finding.ts";
import { placeName, stepName } from "../checks/place-names.ts";
import { regionSum } from "../checks/region.ts";
import { totalsWorkbook } from "../export/totals-workbook.ts";
import { type Adjustment, parseAdjustment, printedDelta } from "../report/adjustments.ts";
import type { Format } from "../report/format.ts";
import { figuresOutline } from "../report/outline.ts";
import type { Report } from "../report/report.ts";
import { excessive, rollUp, type SummedUnit } from "../report/rollup.ts";
import {
  type FileRead,
  type FileUnread,
  filesAt,
  parsedJson,
  type ReadReport,
  readAll,
  readOrRefuse,
  write,
} from "./files.ts";
import { complainAbout, findingsListing, statusOf } from "./listing.ts";
import { complain, type ExitStatus, print, printJson, Refusal } from "./program.ts";

export type RollupOptions = {
  /** A file of adjustments: a list of `{ unit, cell, delta, reason }`. */
  adjustments?: string | undefined;
  /** The region's own report, to be held against the sum. */
  against?: string | undefined;
  json: boolean;
  /** A workbook to write the sum to. */
  out?: string | undefined;
};

/** Adds up reports of one year, as the page for 汇总 does, and holds the region's own report against the sum. */
export async function rollUpFiles(operands: readonly string[], options: RollupOptions): Promise<ExitStatus> {
  const { against, json, out } = options;
  if (out !== undefined && !out.toLowerCase().endsWith(".xlsx")) throw new Refusal(`${out}：汇总只能写成 .xlsx。`);
  const own = against === undefined ? undefined : await readOrRefuse(against);
  const files = operands.flatMap(filesAt).filter((file) => against === undefined || resolve(file) !== resolve(against));
  if (files.length === 0) throw new Refusal(`${operands.join("、")}：没有可以汇总的文件。`);
  const { read, unread } = await readAll(files);
  const year = own?.report.year ?? usualYear(read);
  const format = year === undefined ? undefined : formatForYear(year);
  if (year === undefined || !format) throw new Refusal("没有可以汇总的报告。");
  const { summed, left } = sorted(read, format, year, own);
  for (const { file, reason } of left) complain(`${file}：${reason}`);
  if (summed.length === 0) throw new Refusal("没有可以汇总的报告。");
  const units = summed.map(({ report: { report } }) => ({ name: report.organisation.name, tables: report.tables }));
  const adjustments = options.adjustments === undefined ? [] : readAdjustments(options.adjustments, format, units);
  const leftOut = [...unread, ...left];
  const tables = rollUp(format, units, adjustments);
  const findings = own && checkAgainst(own, summed, regionSum(format, units, adjustments, []));
  if (out !== undefined) {
    const missing = leftOut.map(({ file, reason }) => ({ name: file, why: reason }));
    write(out, await totalsWorkbook(format, units, missing, adjustments));
  }
  if (json) {
    const counted = summed.map(({ file, report: { report } }) => ({ file, unit: report.organisation.name }));
    if (own && against !== undefined) complainAbout(against, own);
    printJson({ year, format: format.id, units: counted, leftOut, adjustments, tables, ...(findings && { findings }) });
  } else {
    print(sumListing(format, year, summed, adjustments, tables));
    if (own && against !== undefined && findings) print(`\n${findingsListing(against, findings, own.notes)}`);
  }
  return statusOf(findings ?? [], unread.length === 0);
}

/** The year that most of the reports are on; of several the latest. */
function usualYear(read: readonly FileRead[]): number | undefined {
  const years = read.map(({ report }) => report.report.year);
  const times = (year: number) => years.filter((one) => one === year).length;
  return [...new Set(years)].sort((a, b) => times(b) - times(a) || b - a)[0];
}

/** What is added up, and what is left out for which reason: another year or format, an agency that is in already. */
function sorted(read: readonly FileRead[], format: Format, year: number, own: ReadReport | undefined) {
  const summed: FileRead[] = [];
  const left: FileUnread[] = [];
  for (const one of read) {
    const reason = whyLeftOut(one.report, format, year, own, summed);
    if (reason === undefined) summed.push(one);
    else left.push({ file: one.file, reason });
  }
  return { summed, left };
}

function whyLeftOut(
  one: ReadReport,
  format: Format,
  year: number,
  own: ReadReport | undefined,
  summed: readonly FileRead[],
): string | undefined {
  if (one.report.year !== year) return `这是${one.report.year}年度报告，汇总的是${year}年度，没有计入。`;
  if (one.format.id !== format.id) return `格式是${one.format.id}，汇总的是${format.id}，没有计入。`;
  if (own && isSameAgency(one, own)) return "这是本级报告的机关，没有计入。";
  const twin = summed.find(({ report }) => isSameAgency(report, one));
  return twin && `与${twin.file}是同一单位的报告，没有重复计入。`;
}

/** Every problem of the file is told, each by the place of its entry in the list. */
function readAdjustments(file: string, format: Format, units: readonly SummedUnit[]): Adjustment[] {
  const list = parsedJson(file, "调整文件");
  if (!Array.isArray(list)) throw new Refusal(`${file}：不是调整文件：应为列表。`);
  const problems: string[] = [];
  const read: { adjustment: Adjustment; number: number }[] = [];
  for (const [index, input] of list.entries()) {
    const parsed = parseAdjustment(format, input);
    const number = index + 1;
    if (!parsed.ok) problems.push(`第${number}项：${parsed.problems.join("")}`);
    else if (!units.some(({ name }) => name === parsed.adjustment.unit)) {
      problems.push(`第${number}项：“${parsed.adjustment.unit}”不在计入的单位中。`);
    } else read.push({ adjustment: parsed.adjustment, number });
  }
  const adjustments = read.map(({ adjustment }) => adjustment);
  for (const one of excessive(format, units, adjustments)) {
    const number = read.find(({ adjustment }) => adjustment === one)?.number;
    problems.push(`第${number}项：${one.unit}的“${placeName(format, one.cell)}”没有这么多，调整后小于0。`);
  }
  if (problems.length > 0) throw new Refusal(problems.map((problem) => `${file}：${problem}`).join("\n"));
  return adjustments;
}

const checkAgainst = (own: ReadReport, summed: readonly FileRead[], rollup: ReturnType<typeof regionSum>): Finding[] =>
  checkAmong(
    own,
    summed.map(({ report }) => report),
    { rollup, covers: isCovered },
  );

/** The sum for a person to read: who is in it, what was corrected, and the tables as they are printed. */
function sumListing(
  format: Format,
  year: number,
  summed: readonly FileRead[],
  adjustments: readonly Adjustment[],
  tables: Report["tables"],
): string {
  return [
    `${year}年度报告汇总：${summed.length}个单位，格式${format.id}`,
    ...summed.map(({ file, report }) => `  ${report.report.organisation.name}　${file}`),
    ...(adjustments.length > 0 ? [`调整：${adjustments.length}项`] : []),
    ...adjustments.map((one) => `  ${one.unit}　${placeName(format, one.cell)}　${printedDelta(one)}　${one.reason}`),
    ...format.tables.flatMap((table) => [
      "",
      stepName(format, table.id),
      ...figuresOutline(table, tables[table.id] ?? {}).map((text) => `  ${text}`),
    ]),
  ].join("\n");
}
