import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readFile } from "../../import/read.ts";
import { compose } from "../../report/compose.ts";
import type { Passage, Report } from "../../report/report.ts";
import type { Subject } from "./engine.ts";

/** The report that is measured unless another is named: seven pages in a department's own words, all tables filled. */
export const ownReport = join(import.meta.dirname, "report.json");

/** How often the prose of a long report is repeated: some sixty pages of the own report. */
const LONG = 16;

/** The report in a file that can be imported, as it is or long. @throws Error when it cannot be read. */
export async function readSubject(path: string, long = false): Promise<Subject> {
  const read = await readFile(readFileSync(path));
  if (!read.ok) throw new Error(`${path}: ${read.reason}`);
  const { format } = read;
  const report = long ? { ...read.report, prose: repeated(read.report.prose) } : read.report;
  return { format, report, document: compose(format, report, false) };
}

/**
 * The passages again and again, each with its number: engines that remember what they have set find no paragraph twice.
 */
const repeated = (prose: Report["prose"]): Report["prose"] =>
  Object.fromEntries(
    Object.entries(prose).map(([id, passages]) => [
      id,
      Array.from({ length: LONG }, (_, copy) => passages.map((passage) => numbered(passage, copy + 1))).flat(),
    ]),
  );

const numbered = ({ kind, content }: Passage, copy: number): Passage => ({
  kind,
  content: [...content, { text: `第${copy}次。` }],
});
