import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { type AuditEntry, ChainReader, canonicalJson, faultWords, type Head } from "../audit/chain.ts";
import { putOnRecord, type Verified, verifyRecord, wholeRecord } from "../store/audit.ts";
import { writingAll } from "../store/tenancy.ts";
import { type ExitStatus, parseCommandLine, print, Refusal } from "./program.ts";
import { requireDatabase, runStoreProgram } from "./store-program.ts";

/** `audit` of `report.ts`, in a process of its own: the store is code for the server alone (`--conditions=react-server`). */

const USAGE = `用法：npm run -s report -- audit 命令 …

  audit verify [导出的文件] [--head 序号:校验值]…   核对操作记录有没有被改动、删除、插入或者调换
  audit export [--out 文件]                          导出全部操作记录，每行一条（JSON）

--head 写以前抄存的序号和校验值（回执、上次核对的结果都有），用来发现末尾被截去或者整段重写。`;

const options = { head: { type: "string", multiple: true }, out: { type: "string" } } as const;

async function run(): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine(options, USAGE);
  const [, command, operand, ...more] = positionals;
  if (more.length > 0) throw new Refusal(USAGE);
  const known = (values.head ?? []).map(headIn);
  if (command === "verify") return verify(operand, known);
  if (command === "export" && operand === undefined) return exportRecord(values.out);
  throw new Refusal(USAGE);
}

function headIn(text: string): Head {
  const [, sequence, hash] = /^(\d{1,15}):([\da-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
  if (!sequence || !hash) throw new Refusal(`--head 应为“序号:校验值”，校验值是64位十六进制数，现为“${text}”。`);
  return { sequence: Number(sequence), hash };
}

async function verify(file: string | undefined, known: readonly Head[]): Promise<ExitStatus> {
  const { fault, head } = await (file === undefined ? verifyStored(known) : verifyFile(file, known));
  if (fault) {
    print(`操作记录有问题：${faultWords(fault)}此前 ${head.sequence} 条完好。`);
    return 1;
  }
  print(`操作记录完好，共 ${head.sequence} 条。`);
  if (head.sequence > 0) print(`请抄存末条的序号和校验值，供以后核对：\n${head.sequence}:${head.hash}`);
  return 0;
}

async function verifyStored(known: readonly Head[]): Promise<Verified> {
  await requireDatabase();
  return verifyRecord(known);
}

async function verifyFile(file: string, known: readonly Head[]): Promise<Verified> {
  const reader = new ChainReader(known);
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() !== "" && !reader.take(entryIn(line, file, number))) break;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${file}：不能读取这个文件。`);
  }
  return { fault: reader.end(), head: reader.head };
}

const entrySchema = z.strictObject({
  sequence: z.int(),
  at: z.int(),
  event: z.string(),
  organisation: z.string().nullable(),
  user: z.string().nullable(),
  role: z.string().nullable(),
  object: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  previous: z.string(),
  hash: z.string(),
});

function entryIn(line: string, file: string, number: number): AuditEntry {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    throw new Refusal(`${file}：第 ${number} 行不是操作记录。`);
  }
}

/** The export is on record, too: as its last line, it seals the others. */
async function exportRecord(file: string | undefined): Promise<ExitStatus> {
  await requireDatabase();
  await writingAll((transaction) => putOnRecord(transaction, { event: "audit.export", organisation: null }));
  const output = file === undefined ? process.stdout : createWriteStream(file, { mode: 0o600 });
  try {
    if (file !== undefined) await once(output, "open");
    for await (const entry of wholeRecord()) {
      if (!output.write(`${canonicalJson(entry)}\n`)) await once(output, "drain");
    }
    if (file !== undefined) await new Promise<void>((resolve) => output.end(resolve));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || file === undefined) throw error;
    throw new Refusal(`${file}：不能写入这个文件。`);
  }
  return 0;
}

await runStoreProgram(run);
