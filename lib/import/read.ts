import type { Printed } from "../checks/finding.ts";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { readCarried } from "./carried.ts";
import { decode, LARGEST_FILE } from "./decode.ts";
import { readJson } from "./json.ts";
import { readPublished } from "./published.ts";
import { piecesOfText } from "./text.ts";

/**
 * A file that was read: the report, its format and, when it was a finished document, what is printed in it beside the
 * report's own data. `notes` are finished Chinese lines about places that could not be read with certainty.
 * Or, in Chinese, why it cannot be read.
 */
export type ReadResult =
  | { ok: true; format: Format; report: Report; printed?: Printed; notes: readonly string[] }
  | { ok: false; reason: string };

/**
 * Reads a report from the bytes of a file, told by its content: a Word file or PDF that carries its report, the JSON
 * form, or the text of a published report. Files of strangers are only to be read in a process of their own.
 */
export function readFile(bytes: Uint8Array): ReadResult {
  const carried = bytes.length <= LARGEST_FILE ? readCarried(bytes) : undefined;
  if (carried) return carried;
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  return /^\s*[{[]/.test(decoded.text) ? readJson(decoded.text) : readPublished(piecesOfText(decoded.text));
}
