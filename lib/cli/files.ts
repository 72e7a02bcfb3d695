import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseRequirements, type Requirements } from "../checks/requirement-pack.ts";
import type { ReadResult } from "../import/read.ts";
import { AT_ONCE, readUntrusted } from "../import/read-untrusted.ts";
import { complain, Refusal } from "./program.ts";

/** A report as it was read from a file. */
export type ReadReport = Extract<ReadResult, { ok: true }>;

export type FileRead = { file: string; report: ReadReport };
/** A file that could not be read, and why. */
export type FileUnread = { file: string; reason: string };

/** Every file that can be read, in order; of the others standard error says why they cannot. */
export async function readAll(files: readonly string[]): Promise<{ read: FileRead[]; unread: FileUnread[] }> {
  const results: (ReadReport | Refusal)[] = [];
  const queue = files.entries();
  const reader = async () => {
    for (const [index, file] of queue) results[index] = await readOrRefuse(file).catch(onlyRefusal);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  const read: FileRead[] = [];
  const unread: FileUnread[] = [];
  for (const [index, file] of files.entries()) {
    const result = results[index];
    if (result instanceof Refusal) unread.push({ file, reason: result.message.replace(`${file}：`, "") });
    else if (result) read.push({ file, report: result });
  }
  for (const { file, reason } of unread) complain(`${file}：${reason}`);
  return { read, unread };
}

function onlyRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

export async function readOrRefuse(file: string): Promise<ReadReport> {
  const result = await readUntrusted(bytesOf(file));
  if (!result.ok) throw new Refusal(`${file}：${result.reason}`);
  return result;
}

/** A pack of local requirements from a JSON file; what is wrong with it is told place by place. */
export function readRequirements(file: string): Requirements {
  const parsed = parseRequirements(parsedJson(file, "地方要求文件"));
  if (!parsed.ok) throw new Refusal(`${file}：不是地方要求文件：${parsed.problems.join("")}`);
  return parsed.pack;
}

/** What is in a JSON file; `what` it should be is told where it is none. */
export function parsedJson(file: string, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(file)));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${file}：不是${what}：内容不是 JSON。`);
  }
}

/** The file itself, or every file in the folder and those below, by name; hidden ones and those Word keeps for itself are none. */
export function filesAt(path: string): string[] {
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

export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new Refusal(`${directory}：${fileProblem(error)}。`);
  }
}

export function write(path: string, bytes: Uint8Array): void {
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
