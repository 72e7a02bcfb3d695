import { printedDate } from "../report/compose.ts";
import type { Closing } from "../report/report.ts";
import type { Piece } from "./text.ts";

const DATE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/;
const NOTE = /^[（(]([^（）()]{2,40})[）)]$/;
/** Words with which a 附注 begins, where no signature stands in front of it. */
const NOTE_WORDS = /^此件|公开发布$|主动公开$/;
/** How the name of an agency ends. */
const AGENCY = /^[^。，；：、]{3,40}[局委府办厅院处队站心会社校馆司部所室署组团区县市乡镇库园场]$/;

/**
 * Takes 署名, 成文日期 and 附注 off the end of a document. A line before a date is a signature when it reads like an
 * agency; without a date only the agency's own name is one. A part that is not printed is deliberately none.
 */
export function splitClosing(pieces: readonly Piece[], agency: string): { closing: Closing; rest: Piece[] } {
  const rest = [...pieces];
  const lastLine = () => lineOf(rest.at(-1));
  const note = NOTE.exec(lastLine())?.[1];
  if (note) rest.pop();
  const date = isoDate(lastLine());
  if (date) rest.pop();
  const line = lastLine();
  const signature = line !== "" && (line === compact(agency) || (date !== "" && AGENCY.test(line))) ? line : "";
  if (signature) rest.pop();
  if (note && !date && !signature && !NOTE_WORDS.test(note)) return { closing: { signature: "" }, rest: [...pieces] };
  return { closing: { signature, ...(date ? { date } : {}), ...(note ? { note } : {}) }, rest };
}

const compact = (text: string): string => text.replace(/\s+/g, "");

function lineOf(piece: Piece | undefined): string {
  return piece?.kind === "line" ? compact(piece.text.replaceAll("**", "")) : "";
}

/** `2025年1月7日` → `2025-01-07`; empty when it is no day of the calendar. */
function isoDate(line: string): string {
  const [, year = "", month = "", day = ""] = DATE.exec(line) ?? [];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const instant = Date.parse(`${iso}T00:00:00Z`);
  const exists = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(iso);
  return exists && printedDate(iso) === `${Number(year)}年${Number(month)}月${Number(day)}日` ? iso : "";
}
