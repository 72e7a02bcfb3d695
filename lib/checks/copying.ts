import { plainLabel } from "../report/format.ts";
import { plainText } from "../report/prose.ts";
import type { PrintedPassage } from "../report/report.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { allPassages, passagesIn, passagesOf } from "./prose.ts";

export const copyingRules: readonly Rule[] = [
  likeLastYear,
  likeAnotherAgency,
  namesAnotherAgency,
  repeatedPhrases,
  instructionsLeft,
];

/** Texts are compared by all their runs of so many characters. */
const RUN = 8;
/** Shorter sections hardly can be worded anew every year. */
const SHORTEST = 100;
const VERY_LIKE = 0.8;
const RATHER_LIKE = 0.6;

/** D01: a section says what last year's said, numbers and years aside. In a draft that starts from it this is no slip yet. */
function likeLastYear(context: CheckContext): RawFinding[] {
  const { lastYear, format, report, stage } = context;
  if (!lastYear) return [];
  return format.sections.flatMap((section): RawFinding[] => {
    const now = report.prose[section.id];
    const before = lastYear.report.prose[section.id];
    if (section.kind !== "prose" || !now || !before) return [];
    const { share, level } = likeness(now, before);
    if (!level) return [];
    const severity = level === "very" && stage === "submission" ? "warning" : "hint";
    const params = { heading: plainLabel(section.heading), share: `${Math.floor(share * 100)}%` };
    return [{ code: "D01", at: section.id, params, severity }];
  });
}

/** Without blanks and marks, every number one sign: what stays the same when only figures are brought up to date. */
const masked = (text: string): string => text.replace(/[\d０-９.,．％%]+/g, "#").replace(/[\s，。；：、！？]+/g, "");

const knownRuns = new WeakMap<readonly PrintedPassage[], Set<string>>();

function runsOf(passages: readonly PrintedPassage[]): Set<string> {
  const before = knownRuns.get(passages);
  if (before) return before;
  const text = masked(plainText(passages));
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= text.length; at += 1) runs.add(text.slice(at, at + RUN));
  knownRuns.set(passages, runs);
  return runs;
}

/** How like another text a section is: the share of it that lies in runs which the other has too, from 0 to 1. */
export type Likeness = {
  share: number;
  /** What D01 makes of it: `very` has to be explained, `rather` is pointed out; nothing is made of short sections. */
  level?: "very" | "rather";
};

/** Compares two texts, numbers and marks aside. */
export function likeness(passages: readonly PrintedPassage[], others: readonly PrintedPassage[]): Likeness {
  const text = masked(plainText(passages));
  const share = text === "" ? 0 : coveredBy(runsOf(others), text) / text.length;
  if (text.length < SHORTEST || share < RATHER_LIKE) return { share };
  return { share, level: share >= VERY_LIKE ? "very" : "rather" };
}

/** How many characters of a text lie in these runs. */
function coveredBy(runs: ReadonlySet<string>, text: string): number {
  let covered = 0;
  let end = 0;
  for (let at = 0; at + RUN <= text.length; at += 1) {
    if (!runs.has(text.slice(at, at + RUN))) continue;
    covered += at + RUN - Math.max(at, end);
    end = at + RUN;
  }
  return covered;
}

/** A paragraph this long is not worded alike by chance. */
const LONG_PARAGRAPH = 60;

/** D02: a paragraph that another agency's report has too, numbers aside. */
function likeAnotherAgency(context: CheckContext): RawFinding[] {
  const { others } = context;
  if (!others || others.length === 0) return [];
  const known = new Map<string, string>();
  for (const other of others) {
    if (other.report.organisation.name === context.report.organisation.name) continue;
    for (const { typed } of passagesOf(other)) {
      const text = masked(typed.replaceAll(other.report.organisation.name, ""));
      if (text.length >= LONG_PARAGRAPH) known.set(text, other.report.organisation.name);
    }
  }
  return passagesOf(context).flatMap(({ part, typed, from }): RawFinding[] => {
    const other = known.get(masked(typed.replaceAll(context.report.organisation.name, "")));
    if (!other) return [];
    const params = { what: `这一段与“${other}”的报告相同` };
    return [{ code: "D02", at: passageAddress(part, from, from + typed.length), params }];
  });
}

/** What only the reporting agency itself does in its report. */
const ACTS = /^(?:(?:19|20)\d{2}年|政府信息公开工作|主动公开|共?收到|未收到|没有收到|共?受理|未收取)/;

/** D02: another agency's name where only the reporting one can stand; what an agency of another kind calls itself. */
function namesAnotherAgency(context: CheckContext): RawFinding[] {
  const own = context.report.organisation.name;
  const names = (context.others ?? [])
    .map(({ report }) => report.organisation.name)
    .filter((name) => !own.includes(name) && !name.includes(own));
  return allPassages(context).flatMap(({ part, typed, from }) => [
    ...names.flatMap((name) =>
      placesOf(typed, name)
        .filter((at) => ACTS.test(typed.slice(at + name.length)))
        .map((at): RawFinding => {
          const place = passageAddress(part, from + at, from + at + name.length);
          return { code: "D02", at: place, params: { what: `文中出现“${name}”` } };
        }),
    ),
    ...[...typed.matchAll(SELF)].flatMap((match): RawFinding[] => {
      const kind = match[1] ?? "";
      if (!isOfOtherKind(own, kind)) return [];
      const at = passageAddress(part, from + match.index, from + match.index + match[0].length);
      return [{ code: "D02", at, params: { what: `本单位是“${own}”，文中自称“${match[0]}”` } }];
    }),
  ]);
}

/** `我局`, `全办`; not `我办理`, `本办法`, `全局观念`. */
const SELF =
  /(?:我|(?<![一-龥])本|全)(局|厅|办|委)(?![理法公事结证案件好成完复学托员派任面势性部会])(?!观念|意识|高度)/g;
const KINDS: readonly (readonly [string, RegExp])[] = [
  ["局", /局/],
  ["厅", /(?<!办公)厅/],
  ["办", /办/],
  ["委", /委/],
];

/** Whether an agency whose name ends in one kind calls itself another. Names that tell no kind are left alone. */
function isOfOtherKind(own: string, kind: string): boolean {
  const ends = /(局|厅|委员会|委|办公室|办)$/.exec(own)?.[1];
  if (!ends || (kind === "局" && /人民政府/.test(own))) return false;
  return !KINDS.some(([name, pattern]) => name === kind && pattern.test(own));
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push(at);
  return places;
}

/** A phrase said twice over with next to nothing between: how long it is, and how far apart its two ends may stand. */
const SHORTEST_PHRASE = 4;
const LONG_PHRASE = 6;
const WIDEST_GAP = 2;
const JOINS = /[和与及或、，对为是到从向在的以至并]/;
const HAN = /^[一-龥]+$/;

/** D04: `公开政府信息主动公开政府信息`. */
function repeatedPhrases(context: CheckContext): RawFinding[] {
  return allPassages(context).flatMap(({ part, text, from }) => {
    const findings: RawFinding[] = [];
    const last = new Map<string, number>();
    let done = 0;
    for (let at = 0; at + SHORTEST_PHRASE <= text.length; at += 1) {
      const head = text.slice(at, at + SHORTEST_PHRASE);
      const before = last.get(head);
      last.set(head, at);
      if (before === undefined || before < done || !HAN.test(head)) continue;
      const found = repetition(text, before, at);
      if (!found) continue;
      done = at + found.length;
      const says = text.slice(before, done);
      findings.push({ code: "D04", at: passageAddress(part, from + before, from + done), params: { says } });
    }
    return findings;
  });
}

function repetition(text: string, first: number, second: number): { length: number } | undefined {
  const distance = second - first;
  if (distance > LONG_PHRASE * 4) return undefined;
  let length = SHORTEST_PHRASE;
  while (length < distance && text[first + length] === text[second + length]) length += 1;
  const phrase = text.slice(first, first + length);
  const gap = text.slice(first + length, second);
  if (gap.length > WIDEST_GAP || !HAN.test(phrase) || JOINS.test(gap) || (gap !== "" && !HAN.test(gap)))
    return undefined;
  return gap === "" || length >= LONG_PHRASE ? { length } : undefined;
}

/** Pieces of a guiding text that are shorter, or only name things, may stand in any report. */
const LONG_INSTRUCTION = 12;
const INSTRUCTS = /多少|写明|怎样|不写|如实|什么|对应|依次|确实|等于|一致/;

/** D08: words that tell the writer what to write, of the notice or of the form. */
function instructionsLeft(context: CheckContext): RawFinding[] {
  const asked = context.format.sections.flatMap((section) => [
    ...piecesOf(section.ask),
    ...(section.kind === "prose" ? section.parts.flatMap(({ ask }) => piecesOf(ask)) : []),
  ]);
  const phrases = [...context.format.instructions, ...asked];
  return ["opening", ...context.format.sections.map(({ id }) => id)].flatMap((id) => {
    const passages =
      id === "opening" ? allPassages(context).filter(({ part }) => part === id) : passagesIn(context, id);
    return passages.flatMap(({ part, typed, from }) => {
      const found = phrases.flatMap((phrase) => {
        const at = typed.indexOf(phrase);
        return at < 0 ? [] : [{ at, phrase }];
      });
      const [first] = found.sort((a, b) => b.phrase.length - a.phrase.length);
      const template = first ?? templateIn(typed);
      if (!template) return [];
      const place = passageAddress(part, from + template.at, from + template.at + template.phrase.length);
      return [{ code: "D08", at: place, params: { says: template.phrase } } as const];
    });
  });
}

const piecesOf = (ask: string): string[] =>
  ask.split(/[。；]/).filter((piece) => piece.length >= LONG_INSTRUCTION && INSTRUCTS.test(piece));

const TEMPLATE =
  /[（(](?:单位|机关|部门|机构)(?:名称|全称)[)）]|[（(](?:年份|具体内容|自行填写|可根据实际|如有请)[^）)]{0,20}[)）]|请(?:在此|根据实际情况|如实)(?:填写|补充|说明|修改)|可根据实际情况(?:填写|增减|修改)/;

function templateIn(text: string): { at: number; phrase: string } | undefined {
  const match = TEMPLATE.exec(text);
  return match ? { at: match.index, phrase: match[0] } : undefined;
}
