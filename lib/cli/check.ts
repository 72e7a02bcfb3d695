import { extname } from "node:path";
import { isCovered } from "../../templates/document/fonts.ts";
import { checkAmong } from "../checks/checkup.ts";
import { checkedReport } from "../checks/corrections.ts";
import type { Finding } from "../checks/finding.ts";
import { type CorrectionListKind, correctionListFile, correctionListKinds } from "../export/correction-list.ts";
import { dayInChina } from "../report/day.ts";
import { type FileRead, filesAt, readAll, readOrRefuse, readRequirements, write } from "./files.ts";
import { complainAbout, complainAboutLast, findingsListing, statusOf } from "./listing.ts";
import { type ExitStatus, print, printJson, Refusal } from "./program.ts";

export type CheckOptions = {
  /** Last year's report of whoever wrote the reports, beside those that are among the files. */
  last?: string | undefined;
  requirements?: string[] | undefined;
  /** Files to write the list of corrections to. */
  list?: string[] | undefined;
  /** Who sends the list. */
  sender?: string | undefined;
  json: boolean;
};

type Checked = FileRead & { findings: readonly Finding[] };

/** Checks files together, as the page for 年报体检 does: every report beside the year before and beside those of other agencies. */
export async function checkFiles(operands: readonly string[], options: CheckOptions): Promise<ExitStatus> {
  const { last, json } = options;
  const lists = (options.list ?? []).map((path) => ({ path, kind: listKindOf(path) }));
  const requirements = (options.requirements ?? []).map(readRequirements);
  const lastYear = last === undefined ? undefined : await readOrRefuse(last);
  const files = operands.flatMap(filesAt);
  if (files.length === 0) throw new Refusal(`${operands.join("、")}：目录里没有文件。`);
  const { read, unread } = await readAll(files);
  const all = read.map(({ report }) => report);
  const checked = read.map(({ file, report }): Checked => {
    if (last !== undefined && lastYear) complainAboutLast(last, lastYear, file, report);
    const others = all.filter((other) => other !== report);
    const findings = checkAmong(report, others, { requirements, lastYear, covers: isCovered });
    return { file, report, findings };
  });
  for (const { path, kind } of lists) {
    const content = {
      reports: checked.map(({ file, report, findings }) => checkedReport(file, report, findings)),
      unread,
    };
    const sender = { organisation: options.sender ?? "", date: dayInChina(new Date()) };
    write(path, (await correctionListFile(content, sender, kind)).bytes);
  }
  if (json) {
    for (const { file, report } of checked) complainAbout(file, report);
    printJson(checked.map(({ file, findings }) => ({ file, findings })));
  } else print(checked.map(({ file, report, findings }) => findingsListing(file, findings, report.notes)).join("\n\n"));
  return statusOf(
    checked.flatMap(({ findings }) => findings),
    unread.length === 0,
  );
}

function listKindOf(path: string): CorrectionListKind {
  const extension = extname(path).slice(1).toLowerCase();
  const kind = correctionListKinds.find((known) => known === extension);
  if (!kind)
    throw new Refusal(`${path}：整改清单只能写成 ${correctionListKinds.map((known) => `.${known}`).join("、")}。`);
  return kind;
}
