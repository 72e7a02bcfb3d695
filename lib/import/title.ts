import type { Piece } from "./text.ts";

export type TitleRead = {
  /** On one line, without blanks; absent when no title was found. */
  title?: string;
  /** The agency named in the title, empty when none is. */
  agency: string;
  year?: number;
  /** Everything else. */
  rest: Piece[];
};

/** A title stands within this many lines of the top and is not longer than this. */
const TITLE_WITHIN = 8;
const LONGEST_LINE = 60;
const TITLE_END = /政府信息公开.*报告$/;
const YEAR = /([\d０-９]{4}|[〇○零一二三四五六七八九]{4})年度?/;
const CHINESE_DIGITS = "〇一二三四五六七八九";

/**
 * Finds the title at the top, over as many lines as it was broken into, and takes year and agency from it. Without
 * a title the year is that of the first `××××年1月1日` (统计期限).
 */
export function splitTitle(pieces: readonly Piece[]): TitleRead {
  const top = pieces.slice(0, TITLE_WITHIN).map((piece) => (piece.kind === "line" ? compact(piece.text) : undefined));
  for (const end of top.keys()) {
    for (let start = end; start >= 0 && isTitleLine(top[start]); start -= 1) {
      const title = top.slice(start, end + 1).join("");
      if (!TITLE_END.test(title) || !YEAR.test(title)) continue;
      const first = namesAgency(title) || !isTitleLine(top[start - 1]) ? start : start - 1;
      const whole = top.slice(first, end + 1).join("");
      return { title: whole, ...particularsOf(whole), rest: [...pieces.slice(0, first), ...pieces.slice(end + 1)] };
    }
  }
  const period = pieces.map((piece) => (piece.kind === "line" ? /(\d{4})年1月1日/.exec(piece.text)?.[1] : undefined));
  const year = period.find((found) => found !== undefined);
  return { agency: "", ...(year ? { year: Number(year) } : {}), rest: [...pieces] };
}

const compact = (text: string): string => text.replaceAll("**", "").replace(/\s+/g, "");

const isTitleLine = (text: string | undefined): text is string =>
  text !== undefined && text.length <= LONGEST_LINE && !/[。：；，《》]/.test(text);

const namesAgency = (title: string): boolean => !REST_OF_NAME.test(particularsOf(title).agency);

/** No agency is called like this: the beginning of the name stands in the line above. */
const REST_OF_NAME = /^(?:.{0,3}|(?:人民)?政府.*|[局厅室].*|委员会|办公[厅室].*)$/;

/** `{agency}{year}年政府信息公开…` or `{year}年{agency}政府信息公开…`. */
function particularsOf(title: string): { year?: number; agency: string } {
  const found = YEAR.exec(title);
  if (!found) return { agency: "" };
  const behind = title.slice(found.index + found[0].length);
  const agency = title.slice(0, found.index) || behind.slice(0, behind.indexOf("政府信息公开"));
  return { year: yearOf(found[1] ?? ""), agency };
}

const yearOf = (printed: string): number =>
  Number(
    printed
      .normalize("NFKC")
      .replace(/[○零]/g, "〇")
      .replace(/[〇一二三四五六七八九]/g, (digit) => String(CHINESE_DIGITS.indexOf(digit))),
  );

/** Whether a line is the title of a report, or the last line of one. */
export const isTitle = (line: string): boolean => {
  const text = compact(line);
  return isTitleLine(text) && TITLE_END.test(text) && YEAR.test(text);
};
