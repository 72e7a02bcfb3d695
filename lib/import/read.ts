import type { Printed } from "../checks/finding.ts";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import type { CellRead } from "../sheet/cell-read.ts";
import { readCarried } from "./carried.ts";
import { readJson } from "./json.ts";
import { type Recognised, type ReportKind, recognise } from "./kind.ts";
import { readPublished } from "./published.ts";
import { type Refused, refused, Unreadable } from "./refusals.ts";
import { type Piece, piecesOfText } from "./text.ts";

/**
 * A report that was read, its format and, when it was a finished document, what is printed in it beside the report's own
 * data and what every cell of its tables was read from. `cells` is empty where the file holds the report's own data,
 * which needs no interpretation. `notes` are finished Chinese lines about places that could not be read with certainty.
 */
type Contents = {
  format: Format;
  report: Report;
  printed?: Printed;
  cells: readonly CellRead[];
  notes: readonly string[];
};
export type Reading = ({ ok: true } & Contents) | Refused;

/** A file that was read, and what it is; or, in Chinese, why it cannot be read. */
export type ReadResult = ({ ok: true; kind: ReportKind } & Contents) | Refused;

/**
 * Reads a report from the bytes of a file, told by its content: a Word file or PDF (exactly, where it carries its
 * report), a page of a website, text, or the JSON form. Runs in this process: files of strangers go to `readUntrusted`.
 */
export async function readFile(bytes: Uint8Array): Promise<ReadResult> {
  const file = recognise(bytes);
  if (!file.ok) return file;
  try {
    const reading = file.kind === "json" ? readJson(file.text) : (readCarried(bytes) ?? (await published(file, bytes)));
    return reading.ok ? { kind: file.kind, ...reading } : reading;
  } catch (error) {
    if (error instanceof Unreadable) return error.refusal;
    throw error;
  }
}

type Document = Exclude<Recognised, { kind: "json" }>;

async function published(file: Document, bytes: Uint8Array): Promise<Reading> {
  const pieces = await piecesOf(file, bytes);
  return pieces.length === 0 ? refused("noText") : readPublished(pieces);
}

/** Readers are loaded when they are needed: each brings a library, and a process reads one file. */
async function piecesOf(file: Document, bytes: Uint8Array): Promise<Piece[]> {
  if (file.kind === "docx") return (await import("./word.ts")).piecesOfWord(bytes);
  if (file.kind === "pdf") return (await import("./pdf.ts")).piecesOfPdf(bytes);
  return file.kind === "html" ? (await import("./web-page.ts")).piecesOfPage(file.text) : piecesOfText(file.text);
}
