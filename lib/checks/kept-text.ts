import { passageText } from "../report/prose.ts";
import type { PrintedPassage } from "../report/report.ts";
import { amountsIn } from "./amounts.ts";
import { type Likeness, likeness } from "./copying.ts";
import { type Stretch, sentencesOf, withReadableDigits } from "./text.ts";

/** What of a sentence of last year's may not be true any more. Offsets are UTF-16, in the section's plain text. */
export type KeptToken = {
  kind: "year" | "number" | "name";
  text: string;
  from: number;
  to: number;
  /** What to put in its place, where last year's wording lets one guess: the next year, the agency's new name. */
  proposal?: string;
};

/** A sentence that last year's section has too, figures aside. */
export type KeptSentence = {
  text: string;
  from: number;
  to: number;
  /** Nothing in it was changed, not even a figure. */
  isUnchanged: boolean;
  /** What in it still is as it was last year. */
  tokens: readonly KeptToken[];
};

/** What a section has of last year's. */
export type KeptText = { likeness: Likeness; sentences: readonly KeptSentence[] };

/** A section of a report, with the year and the agency that it speaks of. */
export type WrittenSection = { year: number; agency: string; passages: readonly PrintedPassage[] };

/**
 * Holds a section against the same one of last year's report. A sentence whose words are the same is last year's until it
 * is reworded; of one whose figures were brought up to date only those are named that stayed. Figures that come from the
 * tables follow them, and are never named.
 */
export function keptText(now: WrittenSection, before: WrittenSection): KeptText {
  let from = 0;
  const sentences = now.passages.flatMap((passage) => {
    const start = from;
    from += passageText(passage).length + 1;
    return keptOfPassage(passage, now, before).map((sentence) => moved(sentence, start));
  });
  return { likeness: likeness(now.passages, before.passages), sentences };
}

const moved = (sentence: KeptSentence, by: number): KeptSentence => ({
  ...sentence,
  from: sentence.from + by,
  to: sentence.to + by,
  tokens: sentence.tokens.map((token) => ({ ...token, from: token.from + by, to: token.to + by })),
});

type Compared = { agency: string; before: WrittenSection["passages"]; sentences: readonly KeptSentence[] };
/** Kept per passage, which never changes in place: typing compares the one that is typed in. */
const comparedPassages = new WeakMap<PrintedPassage, Compared>();

/** What a passage has of last year's section; offsets are those of its own text. */
function keptOfPassage(passage: PrintedPassage, now: WrittenSection, before: WrittenSection): readonly KeptSentence[] {
  const compared = comparedPassages.get(passage);
  if (compared?.before === before.passages && compared.agency === now.agency) return compared.sentences;
  const known = knownSentences(before.passages);
  const chips = chipsIn(passage);
  const sentences = sentencesIn(passage).flatMap((sentence): KeptSentence[] => {
    const olds = known.get(wordsOf(sentence.text));
    if (!olds) return [];
    const old = olds.find((one) => one === sentence.text) ?? olds[0] ?? "";
    const tokens = keptTokens(sentence, old, now, before).filter(
      ({ from, to }) => !chips.some((chip) => from < chip.to && to > chip.from),
    );
    if (passage.kind !== "paragraph" && tokens.length === 0) return [];
    const { text, from } = sentence;
    return [{ text, from, to: from + text.length, isUnchanged: old === text, tokens }];
  });
  comparedPassages.set(passage, { agency: now.agency, before: before.passages, sentences });
  return sentences;
}

/** Sentences without the blanks around them. */
const sentencesIn = (passage: PrintedPassage): Stretch[] =>
  sentencesOf({ text: passageText(passage), from: 0 }).flatMap(({ text, from }): Stretch[] => {
    const trimmed = text.trim();
    return HAN.test(trimmed) ? [{ text: trimmed, from: from + text.indexOf(trimmed) }] : [];
  });

const HAN = /\p{Script=Han}/u;
const DIGITS = /\d+(?:,\d{3})*(?:\.\d+)?/g;

/** The words of a sentence, every number one sign, without blanks and marks. */
const wordsOf = (text: string): string =>
  withReadableDigits(text)
    .replace(DIGITS, "#")
    .replace(/[\s\p{P}]+/gu, "");

const sentencesByWords = new WeakMap<readonly PrintedPassage[], ReadonlyMap<string, readonly string[]>>();

function knownSentences(passages: readonly PrintedPassage[]): ReadonlyMap<string, readonly string[]> {
  const before = sentencesByWords.get(passages);
  if (before) return before;
  const byWords = new Map<string, string[]>();
  for (const { text } of passages.flatMap(sentencesIn)) {
    const words = wordsOf(text);
    byWords.set(words, [...(byWords.get(words) ?? []), text]);
  }
  sentencesByWords.set(passages, byWords);
  return byWords;
}

/** Where the text of a passage holds figures of the tables. */
function chipsIn({ content }: PrintedPassage): { from: number; to: number }[] {
  let from = 0;
  return content.flatMap(({ text, figure }) => {
    const chip = { from, to: from + text.length };
    from = chip.to;
    return figure === undefined ? [] : [chip];
  });
}

/** The tokens of a sentence that are the same in last year's, whose words are the same: numbers by their order. */
function keptTokens(sentence: Stretch, old: string, now: WrittenSection, before: WrittenSection): KeptToken[] {
  const text = withReadableDigits(sentence.text);
  const olds = [...withReadableDigits(old).matchAll(DIGITS)].map(([digits]) => digits);
  const numbers = [...text.matchAll(DIGITS)]
    .filter(([digits], index) => digits === olds[index])
    .filter(({ index }) => index > 0 || !LIST_NUMBER.test(text))
    .map((match) => numberToken(text, match, before.year));
  const written = amountsIn({ text, from: 0 })
    .filter(({ text: amount }) => !/\d/.test(amount))
    .map(({ text: amount, from, to }): KeptToken => ({ kind: "number", text: amount, from, to }));
  const names = namesIn(text, now.agency, before.agency).filter((name) => old.includes(name.text));
  return [...numbers, ...written, ...names]
    .sort((a, b) => a.from - b.from)
    .map((token) => ({
      ...token,
      text: sentence.text.slice(token.from, token.to),
      from: sentence.from + token.from,
      to: sentence.from + token.to,
    }));
}

const LIST_NUMBER = /^\d{1,2}[.．、](?!\d)/;
const YEAR = /^(?:19|20)\d{2}$/;
const YEAR_AFTER = /^\s*年/;
/** A bracket of a document number, a range of years. */
const FIXED_BEFORE = /[〔[［(（]$|\d{4}\s*年?度?\s*(?:[-—–~～－]+|至|到)\s*$/;
const FIXED_AFTER = /^[〕\]］]|^\s*年?度?\s*(?:[-—–~～－]+|至|到)\s*\d{4}/;
/** A day on which something happened does not come round every year; the first and the last day do. */
const DAY_AFTER = /^\s*年\s*(?!0?1\s*月\s*0?1\s*日|12\s*月\s*31\s*日)\d{1,2}\s*月\s*\d{1,2}\s*日/;
const SINCE_AFTER = /^\s*年度?(?:以来|起|修订|修正|施行)/;
const UNIT_AFTER =
  /^\s*(?:个百分点|人次|万元|亿元|家次|件次|条次|场次|[件条期次篇份项个则部幅张场宗起例批册名人家户元字页%％])/;

function numberToken(text: string, match: RegExpExecArray, lastYear: number): KeptToken {
  const [digits] = match;
  const end = match.index + digits.length;
  const [before, after] = [text.slice(Math.max(0, match.index - 12), match.index), text.slice(end, end + 24)];
  const isInBrackets = FIXED_BEFORE.test(before) && FIXED_AFTER.test(after);
  if (!YEAR.test(digits) || !(YEAR_AFTER.test(after) || FIXED_BEFORE.test(before) || FIXED_AFTER.test(after))) {
    const to = end + (UNIT_AFTER.exec(after)?.[0].length ?? 0);
    return { kind: "number", text: digits, from: match.index, to };
  }
  const to = end + (YEAR_AFTER.exec(after)?.[0].length ?? 0);
  const token: KeptToken = { kind: "year", text: text.slice(match.index, to), from: match.index, to };
  const isFixed = isInBrackets || FIXED_BEFORE.test(before) || FIXED_AFTER.test(after);
  const comesRound = Math.abs(Number(digits) - lastYear) <= 1 && !DAY_AFTER.test(after) && !SINCE_AFTER.test(after);
  if (isFixed || !comesRound) return token;
  return { ...token, proposal: `${Number(digits) + 1}${text.slice(end, to)}` };
}

/** Words that stand between names, and never within the ones that are looked for. */
const NAME =
  /(?:(?![向由与和及同在经对将把被请报送据我本各该为以的])\p{Script=Han}){1,16}?(?:(?:(?<![全大布格结当终])局|(?<![大餐客])厅|委员会|管委会|办公室|办事处|检察院|法院|中心|支队|大队|研究院|研究所|协会)(?![长部面势限中心办局厅委会])|(?<=[省市县区州盟旗乡镇])(?:人民)?政府(?!信息|公报|网))/gu;
const NO_NAME = /^(?:政务服务)?中心$|^办公室$/;

/** Bodies that are named; of the agency itself only a name it does not bear any more. */
function namesIn(text: string, agency: string, agencyBefore: string): KeptToken[] {
  const own: KeptToken[] =
    agencyBefore === agency
      ? []
      : placesOf(text, agencyBefore).map((from) => {
          return { kind: "name", text: agencyBefore, from, to: from + agencyBefore.length, proposal: agency };
        });
  const others = [...text.matchAll(NAME)]
    .map((match): KeptToken => {
      return { kind: "name", text: match[0], from: match.index, to: match.index + match[0].length };
    })
    .filter(({ text: name, from, to }) => {
      const isOwn = agency.includes(name) || own.some((one) => from < one.to && to > one.from);
      return !isOwn && !NO_NAME.test(name);
    });
  return [...own, ...others];
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push(at);
  return places;
}
