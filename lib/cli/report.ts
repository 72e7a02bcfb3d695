import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isCovered } from "../../templates/document/fonts.ts";
import { formatById, formats } from "../../templates/index.ts";
import { check } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { parseRequirements, type Requirements } from "../checks/requirement-pack.ts";
import { exportReport } from "../export/export.ts";
import { freeName } from "../export/file-name.ts";
import { type ExportKind, exportKinds } from "../export/kinds.ts";
import type { ReadResult } from "../import/read.ts";
import { AT_ONCE, readUntrusted } from "../import/read-untrusted.ts";
import { outline } from "../report/outline.ts";
import { findingsListing, reportListing } from "./listing.ts";
import { complain, type ExitStatus, parseCommandLine, print, Refusal, runProgram } from "./program.ts";

/** `npm run -s report -- COMMAND …`. Exit status: 0 no error finding, 1 at least one, 2 a file could not be read. */
type ReadReport = Extract<ReadResult, { ok: true }>;

const USAGE = `用法：npm run -s report -- 命令 …

  check 文件或目录… [--last 上年报告] [--requirements 地方要求]… [--json]
                                             检查报告，列出发现的问题；目录连同下级目录
  render 文件… --to docx,pdf,pdfa,ofd,html,txt,json --out 目录
                                             生成文件，名称与系统下载的相同；pdfa 是存档用的 PDF/A-2b
  import 文件 [--json]                       读入已公布的报告
  outline 格式                               列出一种格式的表格，供校对
  user list|create|reset|unlock              管理员不能登录时增加、重设；user 后面不写命令时列出用法
  audit verify|export                        核对、导出操作记录；audit 后面不写命令时列出用法
  demo [--units 100] [--year 年度] [--password 密码]
                                             在空的数据库里建一个虚构的县供试用

文件为 Word（.docx）、有文字的 PDF、网页（.html）、文本（.txt）或数据（.json），按内容识别。格式为${formats.map((format) => format.id).join("、")}。`;

const options = {
  last: { type: "string" },
  requirements: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
  to: { type: "string" },
  out: { type: "string" },
} as const;

/** Commands that need the database: programs of their own, which run under the condition of code for the server alone. */
const storePrograms: Readonly<Record<string, string>> = { audit: "audit.ts", demo: "demo.ts", user: "user.ts" };

async function run(): Promise<ExitStatus> {
  const program = storePrograms[process.argv[2] ?? ""];
  if (program) return runStoreProgram(program);
  const { values, positionals } = parseCommandLine(options, USAGE);
  const [command, ...operands] = positionals;
  switch (command) {
    case "check":
      return checkFiles(atLeastOne(operands), values);
    case "render":
      return renderFiles(atLeastOne(operands), kindsOf(values.to), values.out);
    case "import":
      return importFile(onlyOne(operands), values.json);
    case "outline":
      return printOutline(onlyOne(operands));
    case "rollup":
      throw new Refusal("汇总（rollup）功能尚未提供。");
    default:
      throw new Refusal(command ? `没有“${command}”这个命令。\n${USAGE}` : USAGE);
  }
}

type CheckOptions = { last?: string | undefined; requirements?: string[] | undefined; json: boolean };

async function checkFiles(
  operands: readonly string[],
  { last, requirements, json }: CheckOptions,
): Promise<ExitStatus> {
  const packs = (requirements ?? []).map(readRequirements);
  const lastYear = last === undefined ? undefined : await readOrRefuse(last);
  const files = operands.flatMap(filesAt);
  if (files.length === 0) throw new Refusal(`${operands.join("、")}：目录里没有文件。`);
  const read = (await readAll(files)).map(({ file, report }) => ({
    file,
    report,
    findings: findingsOf(report, lastYear, packs),
  }));
  if (last !== undefined && lastYear)
    for (const { file, report } of read) complainAboutLast(last, lastYear, file, report);
  if (json) {
    for (const { file, report } of read) complainAbout(file, report);
    printJson(read.map(({ file, findings }) => ({ file, findings })));
  } else print(read.map(({ file, report, findings }) => findingsListing(file, findings, report.notes)).join("\n\n"));
  return statusOf(
    read.flatMap(({ findings }) => findings),
    read.length === files.length,
  );
}

async function renderFiles(
  files: readonly string[],
  kinds: readonly ExportKind[],
  directory: string | undefined,
): Promise<ExitStatus> {
  if (!directory) throw new Refusal("请用 --out 指明存放文件的目录。");
  const read = await readAll(files);
  makeDirectory(directory);
  const taken = new Set<string>();
  for (const { report } of read) {
    for (const kind of kinds) {
      const { name, bytes } = await exportReport(report.format, report.report, kind);
      const path = join(directory, freeName(name, taken));
      write(path, bytes);
      print(path);
    }
  }
  const findings = read.flatMap(({ report: { format, report } }) => check({ format, report, stage: "submission" }));
  return statusOf(findings, read.length === files.length);
}

async function importFile(file: string, asJson: boolean): Promise<ExitStatus> {
  const read = await readOrRefuse(file);
  const findings = findingsOf(read);
  if (asJson) {
    complainAbout(file, read);
    printJson({ report: read.report, findings });
  } else print(`${reportListing(read.format, read.report)}\n\n${findingsListing(file, findings, read.notes)}`);
  return statusOf(findings, true);
}

function printOutline(id: string): ExitStatus {
  const format = formatById(id);
  if (!format) throw new Refusal(`没有“${id}”这个格式，现有${formats.map((known) => known.id).join("、")}。`);
  print(outline(format).trimEnd());
  return 0;
}

const findingsOf = (
  { format, report, printed }: ReadReport,
  lastYear?: ReadReport,
  requirements: readonly Requirements[] = [],
): Finding[] =>
  check({
    format,
    report,
    ...(printed && { printed }),
    ...(lastYear && { lastYear }),
    requirements,
    stage: "submission",
    covers: isCovered,
  });

function statusOf(findings: readonly Finding[], allRead: boolean): ExitStatus {
  if (!allRead) return 2;
  return findings.some((finding) => finding.severity === "error") ? 1 : 0;
}

/** Every file that can be read, in order; of the others standard error says why they cannot. */
async function readAll(files: readonly string[]): Promise<{ file: string; report: ReadReport }[]> {
  const read: (ReadReport | Refusal)[] = [];
  const queue = files.entries();
  const reader = async () => {
    for (const [index, file] of queue) read[index] = await readOrRefuse(file).catch(onlyRefusal);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return files.flatMap((file, index) => {
    const report = read[index];
    if (report instanceof Refusal) complain(report.message);
    return report === undefined || report instanceof Refusal ? [] : [{ file, report }];
  });
}

function onlyRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

async function readOrRefuse(file: string): Promise<ReadReport> {
  const result = await readUntrusted(bytesOf(file));
  if (!result.ok) throw new Refusal(`${file}：${result.reason}`);
  return result;
}

/** A pack of local requirements from a JSON file; what is wrong with it is told place by place. */
function readRequirements(file: string): Requirements {
  const parsed = parseRequirements(parsedJson(file));
  if (!parsed.ok) throw new Refusal(`${file}：不是地方要求文件：${parsed.problems.join("")}`);
  return parsed.pack;
}

function parsedJson(file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(file)));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${file}：不是地方要求文件：内容不是 JSON。`);
  }
}

/** The file itself, or every file in the folder and those below, by name; hidden ones and those Word keeps for itself are none. */
function filesAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const inside = entriesOf(path).filter(({ name }) => !/^(?:\.|~\$)/.test(name));
  return inside
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = join(path, entry.name);
      return entry.isDirectory() ? filesAt(below) : entry.isFile() ? [below] : [];
    });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw new Refusal(`${directory}：${fileProblem(error)}。`);
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Refusal(`${file}：${fileProblem(error)}。`);
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new Refusal(`${directory}：${fileProblem(error)}。`);
  }
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new Refusal(`${path}：${fileProblem(error)}。`);
  }
}

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: "没有这个文件或目录",
  EISDIR: "这是目录，不是文件",
  ENOTDIR: "路径中有一段不是目录",
  EEXIST: "这是文件，不是目录",
  EACCES: "没有权限",
  ENOSPC: "磁盘空间不足",
};

function fileProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return fileProblems[code] ?? `无法读写（${code || String(error)}）`;
}

function kindsOf(list: string | undefined): ExportKind[] {
  const asked = (list ?? "").split(",").filter(Boolean);
  const unknown = asked.find((kind) => !isKind(kind));
  if (unknown !== undefined) throw new Refusal(`不能生成“${unknown}”，可以生成${exportKinds.join("、")}。`);
  if (asked.length === 0) throw new Refusal(`请用 --to 指明要生成什么，可以是${exportKinds.join("、")}，用逗号隔开。`);
  return [...new Set(asked.filter(isKind))];
}

const isKind = (kind: string): kind is ExportKind => (exportKinds as readonly string[]).includes(kind);

function atLeastOne(operands: readonly string[]): readonly string[] {
  if (operands.length === 0) throw new Refusal(`请写明文件。\n${USAGE}`);
  return operands;
}

function onlyOne(operands: readonly string[]): string {
  const [operand] = operands;
  if (operand === undefined || operands.length > 1) throw new Refusal(`这个命令后面要写且只写一项。\n${USAGE}`);
  return operand;
}

const printJson = (value: unknown) => print(JSON.stringify(value, null, 2));
/** With JSON on standard output, what could not be read with certainty is said on standard error. */
const complainAbout = (file: string, { notes }: ReadReport) => {
  for (const note of notes) complain(`${file}：${note}`);
};

function complainAboutLast(last: string, lastYear: ReadReport, file: string, { report }: ReadReport): void {
  const { year } = lastYear.report;
  if (year !== report.year - 1) {
    complain(`${last}：这是${year}年度报告，不是${file}（${report.year}年度）的上一年，没有用来核对。`);
  }
}

async function runStoreProgram(program: string): Promise<ExitStatus> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", join(import.meta.dirname, program), ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  const [code] = await once(child, "exit");
  return code ?? 2;
}

await runProgram(run);
