import { setTimeout } from "node:timers/promises";
import { Zip, ZipDeflate } from "fflate";
import type { SavedReport } from "./download.ts";
import type { ExportedFile } from "./export.ts";
import { freeName, safeName } from "./file-name.ts";
import { type DownloadKind, kindNames } from "./kinds.ts";
import type { Rendered } from "./render-thread.ts";

/** One report of a batch, read when it is its turn. */
export type BatchReport = {
  /** What it is called where it is missing: `2023年`, or a unit and the year. */
  name: string;
  /** The folder for it in the ZIP, such as its unit; none for the top. */
  folder?: string;
  /** The report as it is saved by now; undefined when it is gone. */
  read: () => Promise<SavedReport | undefined>;
};

/** What a batch is to hold. `title` names the ZIP. */
export type BatchOrder = { title: string; reports: readonly BatchReport[]; kinds: readonly DownloadKind[] };

/** A file that could not be made, and why, in Chinese. */
type BatchFailure = { name: string; reason: string };

/** How far a batch is, in files. `current` is what is being made. */
export type BatchProgress = { done: number; total: number; current: string; failures: readonly BatchFailure[] };

export type BatchOptions = {
  make: (report: SavedReport, kind: DownloadKind) => Promise<Rendered>;
  /** Told before and after each file. */
  onProgress: (progress: BatchProgress) => void;
  /** Takes the ZIP piece by piece; false when there is no room for more. */
  onPiece: (piece: Uint8Array) => boolean;
  signal: AbortSignal;
  /** Pause in ms before a file is asked for again for which the queue had no room. */
  pause: number;
};

/** How often a file is asked for while the queue has no room. */
const ATTEMPTS = 30;
const LIST = "清单.txt";
const GONE = "报告已不存在。";
const FAILED = "生成文件时出错，请单独下载这个文件；仍然不行，请告诉系统管理员。";

/**
 * Makes every file of a batch, one after the other, into one ZIP with a list of what is in it and what is not: a file that
 * fails does not lose the others. Names are marked as UTF-8, so that Windows shows them right. Returns "whole", "cancelled", or
 * "full" when there was no room for a piece.
 */
export async function makeBatch(order: BatchOrder, options: BatchOptions): Promise<"whole" | "cancelled" | "full"> {
  const { signal, onProgress } = options;
  const zip = zipInto(options.onPiece);
  const total = order.reports.length * order.kinds.length;
  const failures: BatchFailure[] = [];
  const made: string[] = [];
  let done = 0;
  const tell = (current: string) => onProgress({ done, total, current, failures: [...failures] });
  for (const report of order.reports) {
    const stored = await attempted(report.read);
    for (const kind of order.kinds) {
      if (signal.aborted) return "cancelled";
      const name = `${report.name} ${kindNames[kind]}`;
      tell(name);
      const outcome = await outcomeOf(stored, kind, options);
      if (signal.aborted) return "cancelled";
      if ("reason" in outcome) failures.push({ name, reason: outcome.reason });
      else made.push(zip.add(outcome.file, report.folder, outcome.savedAt));
      done++;
      if (zip.isFull()) return "full";
    }
  }
  zip.end(listing(order.title, made, failures));
  tell("");
  return zip.isFull() ? "full" : "whole";
}

type Outcome = { file: ExportedFile; savedAt: number } | { reason: string };

/** The file, asked for again while too many others wait, or why there is none. */
async function outcomeOf(
  stored: SavedReport | undefined | "failed",
  kind: DownloadKind,
  { make, pause, signal }: BatchOptions,
): Promise<Outcome> {
  if (stored === undefined) return { reason: GONE };
  if (stored === "failed") return { reason: FAILED };
  for (let attempt = 1; ; attempt++) {
    const rendered = await attempted(() => make(stored, kind));
    if (rendered === "failed") return { reason: FAILED };
    if (rendered.kind === "file") return { file: rendered.file, savedAt: stored.saved.savedAt };
    if (rendered.kind !== "busy" || attempt === ATTEMPTS || signal.aborted) return { reason: rendered.message };
    await setTimeout(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** What the work gives. What it throws is a bug: logged without its message, which may quote a draft. */
async function attempted<Result>(work: () => Promise<Result>): Promise<Result | "failed"> {
  try {
    return await work();
  } catch (error) {
    const { name, stack = "" } = error instanceof Error ? error : new Error();
    const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
    console.error([`a file of a batch failed: ${name}`, ...frames].join("\n"));
    return "failed";
  }
}

/** A ZIP that is handed on while it is written. */
function zipInto(onPiece: (piece: Uint8Array) => boolean) {
  const taken = new Set<string>();
  let full = false;
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    if (!full) full = !onPiece(piece);
  });
  const put = (name: string, bytes: Uint8Array, mtime: number) => {
    const entry = new ZipDeflate(name, { level: 1 });
    entry.mtime = new Date(mtime);
    zip.add(entry);
    entry.push(bytes, true);
  };
  return {
    isFull: () => full,
    /** Returns the name under which the file stands in the ZIP. */
    add: ({ name, bytes }: ExportedFile, folder: string | undefined, mtime: number): string => {
      const path = freeName(folder === undefined ? name : `${safeName(folder)}/${name}`, taken);
      put(path, bytes, mtime);
      return path;
    },
    end: ({ text, at }: { text: string; at: number }) => {
      put(freeName(LIST, taken), new TextEncoder().encode(text), at);
      zip.end();
    },
  };
}

/** 清单: Windows' editor knows UTF-8 by its first character. */
function listing(title: string, made: readonly string[], failures: readonly BatchFailure[]) {
  const now = Date.now();
  const lines = [
    `${title}下载清单`,
    `生成时间：${moment.format(now)}`,
    `共${made.length + failures.length}个文件，已生成${made.length}个，未生成${failures.length}个。`,
    ...(made.length > 0 ? ["", "已生成：", ...made] : []),
    ...(failures.length > 0 ? ["", "未生成：", ...failures.map(({ name, reason }) => `${name}：${reason}`)] : []),
  ];
  return { text: `\ufeff${lines.join("\r\n")}\r\n`, at: now };
}

const moment = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" });
