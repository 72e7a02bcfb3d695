import { plainLabel, type Section } from "../report/format.ts";
import { passageText } from "../report/prose.ts";
import type { PrintedPassage } from "../report/report.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { numberOf, numeralOf, placedPassages } from "./text.ts";

export const structureRules: readonly Rule[] = [missingSections, alteredHeadings, unwrittenSections, brokenNumbering];

type ProseSection = Extract<Section, { kind: "prose" }>;
const proseSections = ({ format }: CheckContext): ProseSection[] =>
  format.sections.filter((section) => section.kind === "prose");

/** S01: a finished document has every section, in the order of the format. */
function missingSections({ format, printed }: CheckContext): RawFinding[] {
  if (!printed) return [];
  const order = format.sections.map((section) => section.id);
  const found = printed.headings.map((heading) => order.indexOf(heading.section));
  return format.sections.flatMap(({ id, heading }, index): RawFinding[] => {
    const at = found.indexOf(index);
    if (at < 0) return [{ code: "S01", at: id, params: { problem: "缺少", heading } }];
    if (Math.max(...found.slice(0, at), -1) < index) return [];
    return [{ code: "S01", at: id, params: { problem: "没有按顺序编排", heading } }];
  });
}

/** S02: printed headings are the official ones. The long form of a heading is accepted with a hint. */
function alteredHeadings({ format, printed }: CheckContext): RawFinding[] {
  return (printed?.headings ?? []).flatMap((heading): RawFinding[] => {
    const official = format.sections.find((section) => section.id === heading.section)?.heading;
    if (!official || comparable(heading.text) === comparable(official)) return [];
    const isLongForm = comparable(heading.text).replace("政府信息公开工作", "") === comparable(official);
    const params = { heading: official, printed: heading.text };
    return [{ code: "S02", at: heading.section, params, severity: isLongForm ? "hint" : "warning" }];
  });
}

/** Without blanks, and every bracket and digit half-width. */
const comparable = (heading: string): string => heading.normalize("NFKC").replace(/\s+/g, "");

/** S03: every prose section says something, and as much as it needs. While drafting, what is unfinished is only a hint. */
function unwrittenSections(context: CheckContext): RawFinding[] {
  return proseSections(context).flatMap((section): RawFinding[] => {
    const text = writtenText(section, context.report.prose[section.id] ?? []);
    if (text.length >= section.least) return [];
    const isRefusal = /^(?:无|没有|暂无)[。.]?$/.test(text);
    const problem = isRefusal
      ? "不能仅写“无”"
      : text === ""
        ? "还没有写，不能为空"
        : `只写了${text.length}字，不应少于${section.least}字`;
    const severity = context.stage === "drafting" && !isRefusal ? "hint" : "error";
    return [{ code: "S03", at: section.id, params: { heading: plainLabel(section.heading), problem }, severity }];
  });
}

/** What a prose section says, without blanks and without the suggested sub-headings, which say nothing yet. */
export function writtenText(section: ProseSection, passages: readonly PrintedPassage[]): string {
  const known = knownWritten.get(passages);
  if (known?.section === section) return known.text;
  const suggested = new Set(section.parts.map((part) => comparable(part.heading)));
  const text = passages
    .map(passageText)
    .filter((line) => !suggested.has(comparable(line)))
    .join("")
    .replace(/\s+/g, "");
  knownWritten.set(passages, { section, text });
  return text;
}
const knownWritten = new WeakMap<readonly PrintedPassage[], { section: ProseSection; text: string }>();

/** S07: numbers follow each other: 一、二、, （一）（二）, 1. 2., （1）（2）, and 一是 二是. */
function brokenNumbering(context: CheckContext): RawFinding[] {
  return proseSections(context).flatMap(({ id }) => {
    const passages = context.report.prose[id] ?? [];
    return [...brokenOutline(id, passages), ...brokenRuns(id, passages)];
  });
}

/** The levels of an outline, outermost first: how a number is printed. */
const LEVELS = [
  (n: number) => `${numeralOf(n)}、`,
  (n: number) => `（${numeralOf(n)}）`,
  (n: number) => `${n}.`,
  (n: number) => `（${n}）`,
] as const;
/**
 * A number at the start of a passage, or of a sentence within it; a group a level. `8：30.` is a time, `1.5` a
 * decimal, `二、三季度` no number of an outline; `1.2024年` is one.
 */
const NUMBER =
  /^\s*([一二三四五六七八九十]{1,3})、(?![一二三四五六七八九十])|(?<=^|[。；;]|(?<!\d)[：:])\s*(?:[（(]([一二三四五六七八九十]{1,3})[)）]|(\d{1,2})(?:[.．]|(?<=^\s*\d+)、)(?!\d(?!\d{3}\s*年))|[（(](\d{1,2})[)）])/g;

/**
 * Numbers of the outline. One starts again at 1 under each number of a higher level, and after a line that opens a new
 * list: one that ends in a colon, or is a title without a number.
 */
function brokenOutline(section: string, passages: readonly PrintedPassage[]): RawFinding[] {
  const findings: RawFinding[] = [];
  const last = LEVELS.map(() => 0);
  let opensList = true;
  for (const { text, from } of placedPassages(passages)) {
    const numbers = [...text.matchAll(NUMBER)];
    for (const match of numbers) {
      const level = LEVELS.findIndex((_, index) => match[index + 1] !== undefined);
      const printed = match[level + 1] ?? "";
      const number = /\d/.test(printed) ? Number(printed) : numberOf(printed);
      if (number === undefined) continue;
      const previous = last[level] ?? 0;
      const mayRestart = previous === 0 || (match.index === 0 ? opensList : /[：:]/.test(text[match.index - 1] ?? ""));
      if (number !== previous + 1 && !(number === 1 && mayRestart)) {
        const found = match[0].trim();
        const start = from + match.index + match[0].indexOf(found);
        const expected = LEVELS[level]?.(previous + 1) ?? "";
        findings.push({
          code: "S07",
          at: passageAddress(section, start, start + found.length),
          params: { found, expected },
        });
      }
      last.fill(0, level + 1);
      last[level] = number;
    }
    opensList = /[：:]\s*$/.test(text) || (numbers[0]?.index !== 0 && !/[。；;！？]/.test(text));
  }
  return findings;
}

/** 一是, 二是 … ; `统一是`, `之一是`, `第一是` are not of them. */
const ITEM = /(?<![第之其统唯万同专周零一二三四五六七八九十])([一二三四五六七八九十]{1,3})是/g;
const ITEM_START = /[。；;：:，,、！？\s]/;

/**
 * 一是 … 二是 … of the running text. A run may go on in the next paragraph, but not below a new number or heading; it may
 * start again at 一是 in a new paragraph, behind a colon, or once it has had two items.
 */
function brokenRuns(section: string, passages: readonly PrintedPassage[]): RawFinding[] {
  const findings: RawFinding[] = [];
  let previous = 0;
  for (const { kind, text, from } of placedPassages(passages)) {
    if (kind !== "paragraph" || text.search(NUMBER) === 0) previous = 0;
    let isFirst = true;
    for (const match of text.matchAll(ITEM)) {
      const number = numberOf(match[1] ?? "");
      if (number === undefined) continue;
      const before = text[match.index - 1] ?? "";
      const restarts = number === 1 && (isFirst || previous !== 1 || /[：:]/.test(before));
      const isItem = before === "" || ITEM_START.test(before);
      if (!isItem && number !== previous + 1 && !restarts) continue;
      if (number !== previous + 1 && !restarts) {
        const start = from + match.index;
        const params = { found: match[0], expected: `${numeralOf(previous + 1)}是` };
        findings.push({ code: "S07", at: passageAddress(section, start, start + match[0].length), params });
      }
      previous = number;
      isFirst = false;
    }
  }
  return findings;
}
