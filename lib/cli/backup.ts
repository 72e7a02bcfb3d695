import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { environment } from "../env.ts";
import { putOnRecord } from "../store/audit.ts";
import { backUp } from "../store/backup.ts";
import { isSetUp } from "../store/installation.ts";
import { writingAll } from "../store/tenancy.ts";
import { type ExitStatus, parseCommandLine, print, Refusal } from "./program.ts";
import { requireDatabase, runStoreProgram } from "./store-program.ts";

/** `backup` of `report.ts`: a copy of the embedded database. In a process of its own, like `audit.ts`. */

const USAGE = `用法：npm run -s report -- backup 目录

把内置数据库备份成目录里的一个文件，文件名带有日期和时间。系统正在运行时也可以使用。`;

async function run(): Promise<ExitStatus> {
  const { positionals } = parseCommandLine({}, USAGE);
  const [, directory, ...more] = positionals;
  if (directory === undefined || more.length > 0) throw new Refusal(USAGE);
  const { databaseUrl, dataDirectory } = environment();
  if (databaseUrl) throw new Refusal("数据存放在 PostgreSQL 里，请用 pg_dump 备份。");
  await requireDatabase();
  if (!(await isSetUp())) throw new Refusal(`${dataDirectory}：这里没有数据，请用 DATA_DIR 指明数据目录。`);
  // As the last line of the record in the copy, it proves later that nothing before it was changed.
  const { sequence, hash } = await writingAll((transaction) =>
    putOnRecord(transaction, { event: "database.backup", organisation: null }),
  );
  const path = join(directory, `reports-${timestamp(new Date())}.sqlite`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    await backUp(path);
  } catch (error) {
    const { code, errcode } = error as { code?: string; errcode?: number };
    if (code === undefined && errcode === undefined) throw error;
    throw new Refusal(`${path}：没有备份成功，请检查目录能否写入、磁盘是否已满。`);
  }
  print(`已备份：${path}（${Math.ceil(statSync(path).size / 1024)} KB）`);
  print(`操作记录末条的序号和校验值，请另行抄存，恢复以后可以核对：\n${sequence}:${hash}`);
  return 0;
}

/** Local time, so that names sort by it: 20260131-180000. */
function timestamp(now: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

await runStoreProgram(run);
