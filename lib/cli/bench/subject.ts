import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readFile } from "../../import/read.ts";
import { compose } from "../../report/compose.ts";
import type { Passage, Report } from "../../report/report.ts";
import type { Subject } from "./engine.ts";

/** The report that is measured unless another is named: seven pages in a department's own words, all tables filled. */
export const ownReport = join(import.meta.dirname, "../../../templates/measured-report.json");

/** Which size of the report: as it is, long for pages (its prose so often), or long for the checks (so many characters). */
export type Size = "usual" | "long" | "checked";
/** How often the prose of a long report is repeated: some sixty pages of the own report. */
const LONG = 16;
/** Characters of the prose of a long report that is checked, about: what no department has reached. */
export const CHECKED_CHARACTERS = 20_000;

/** The report in a file that can be imported, in a size. @throws Error when it cannot be read. */
export async function readSubject(path: string, size: Size = "usual"): Promise<Subject> {
  const read = await readFile(readFileSync(path));
  if (!read.ok) throw new Error(`${path}: ${read.reason}`);
  const { format } = read;
  const report = { ...read.report, prose: repeated(read.report.prose, timesOf(read.report.prose, size)) };
  return { format, report, document: compose(format, report, false) };
}

function timesOf(prose: Report["prose"], size: Size): number {
  if (size === "usual") return 1;
  if (size === "long") return LONG;
  return Math.max(1, Math.floor(CHECKED_CHARACTERS / lengthOf(prose)));
}

/** Characters of all sections of text. */
const lengthOf = (prose: Report["prose"]): number =>
  Object.values(prose)
    .flat()
    .flatMap(({ content }) => content)
    .reduce((all, inline) => all + ("text" in inline ? inline.text.length : 0), 0);

/**
 * The passages again and again, each with its number: engines that remember what they have set find no paragraph twice.
 */
const repeated = (prose: Report["prose"], times: number): Report["prose"] =>
  times === 1
    ? prose
    : Object.fromEntries(
        Object.entries(prose).map(([id, passages]) => [
          id,
          Array.from({ length: times }, (_, copy) => passages.map((passage) => numbered(passage, copy + 1))).flat(),
        ]),
      );

const numbered = ({ kind, content }: Passage, copy: number): Passage => ({
  kind,
  content: [...content, { text: `第${copy}次。` }],
});
