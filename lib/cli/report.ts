import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { isCovered } from "../../templates/document/fonts.ts";
import { formatById, formats } from "../../templates/index.ts";
import { check } from "../checks/check.ts";
import { checkAmong } from "../checks/checkup.ts";
import { exportReport } from "../export/export.ts";
import { freeName } from "../export/file-name.ts";
import { type ExportKind, exportKinds } from "../export/kinds.ts";
import { outline } from "../report/outline.ts";
import { checkFiles } from "./check.ts";
import { makeDirectory, readAll, readOrRefuse, write } from "./files.ts";
import { complainAbout, complainAboutLast, findingsListing, reportListing, statusOf } from "./listing.ts";
import { type ExitStatus, parseCommandLine, print, printJson, Refusal, runProgram } from "./program.ts";
import { rollUpFiles } from "./rollup.ts";

/** `npm run -s report -- COMMAND …`. Exit status: 0 no error finding, 1 at least one, 2 a file could not be read. */
const USAGE = `用法：npm run -s report -- 命令 …

  check 文件或目录… [--last 上年报告] [--requirements 地方要求]… [--json]
        [--list 整改清单.docx 或 .html]… [--sender 单位]
                                             检查报告，列出发现的问题；目录连同下级目录，
                                             几份报告互相核对；需要时写成整改清单
  render 文件… --to docx,pdf,pdfa,ofd,html,txt,json --out 目录 [--last 上年报告]
                                             生成文件，名称与系统下载的相同；pdfa 是存档用的 PDF/A-2b
  import 文件 [--json]                       读入已公布的报告
  rollup 文件或目录… [--adjustments 调整.json] [--against 本级报告] [--out 汇总.xlsx] [--json]
                                             汇总同一年度的报告，列出三张统计表；
                                             给出本级报告时与汇总核对
  outline 格式                               列出一种格式的表格，供校对
  user list|create|reset|unlock              管理员不能登录时增加、重设；user 后面不写命令时列出用法
  audit verify|export                        核对、导出操作记录；audit 后面不写命令时列出用法
  backup 目录                                备份内置数据库，系统运行时也可以使用
  demo [--units 100] [--year 年度] [--password 密码]
                                             在空的数据库里建一个虚构的县供试用

文件为 Word（.docx）、有文字的 PDF、网页（.html）、文本（.txt）或数据（.json），按内容识别。格式为${formats.map((format) => format.id).join("、")}。`;

const options = {
  last: { type: "string" },
  adjustments: { type: "string" },
  against: { type: "string" },
  requirements: { type: "string", multiple: true },
  list: { type: "string", multiple: true },
  sender: { type: "string" },
  json: { type: "boolean", default: false },
  to: { type: "string" },
  out: { type: "string" },
} as const;

/** Commands that need the database: programs of their own, which run under the condition of code for the server alone. */
const storePrograms: Readonly<Record<string, string>> = {
  audit: "audit.ts",
  backup: "backup.ts",
  demo: "demo.ts",
  user: "user.ts",
};

async function run(): Promise<ExitStatus> {
  const program = storePrograms[process.argv[2] ?? ""];
  if (program) return runStoreProgram(program);
  const { values, positionals } = parseCommandLine(options, USAGE);
  const [command, ...operands] = positionals;
  switch (command) {
    case "check":
      return checkFiles(atLeastOne(operands), values);
    case "render":
      return renderFiles(atLeastOne(operands), kindsOf(values.to), values.out, values.last);
    case "import":
      return importFile(onlyOne(operands), values.json);
    case "outline":
      return printOutline(onlyOne(operands));
    case "rollup":
      return rollUpFiles(atLeastOne(operands), values);
    default:
      throw new Refusal(command ? `没有“${command}”这个命令。\n${USAGE}` : USAGE);
  }
}

async function renderFiles(
  files: readonly string[],
  kinds: readonly ExportKind[],
  directory: string | undefined,
  last: string | undefined,
): Promise<ExitStatus> {
  if (!directory) throw new Refusal("请用 --out 指明存放文件的目录。");
  const { read } = await readAll(files);
  const lastYear = last === undefined ? undefined : await readOrRefuse(last);
  makeDirectory(directory);
  const taken = new Set<string>();
  for (const { file, report } of read) {
    if (last !== undefined && lastYear) complainAboutLast(last, lastYear, file, report);
    for (const kind of kinds) {
      const { name, bytes } = await exportReport(report.format, report.report, kind, lastYear);
      const path = join(directory, freeName(name, taken));
      write(path, bytes);
      print(path);
    }
  }
  const findings = read.flatMap(({ report: { format, report } }) =>
    check({ format, report, stage: "submission", ...(lastYear && { lastYear }) }),
  );
  return statusOf(findings, read.length === files.length);
}

async function importFile(file: string, asJson: boolean): Promise<ExitStatus> {
  const read = await readOrRefuse(file);
  const findings = checkAmong(read, [], { covers: isCovered });
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
