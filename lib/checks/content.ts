import { plainLabel, type Section } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { textOf } from "./lookup.ts";
import { passagesIn, periodsIn, type ReadPassage } from "./prose.ts";
import { standingOf } from "./standing.ts";
import { writtenText } from "./structure.ts";
import { numberOf } from "./text.ts";

export const contentRules: readonly Rule[] = [
  missingAspects,
  resultsNotReported,
  moreProblemsThanRemedies,
  offTheSubject,
];

type ProseSection = Extract<Section, { kind: "prose" }>;
const proseSections = ({ format }: CheckContext): ProseSection[] =>
  format.sections.filter((section) => section.kind === "prose");

/** S04: every part that the notice demands is spoken of. What is not written at all is S03's; a draft is only reminded. */
function missingAspects(context: CheckContext): RawFinding[] {
  return proseSections(context).flatMap((section) => {
    const text = demandedText(context, section);
    if (text === "") return [];
    return section.parts
      .filter(({ words }) => words && !words.some((word) => text.includes(word)))
      .map((part): RawFinding => {
        const params = { heading: plainLabel(section.heading), part: plainLabel(part.heading).replace(/情况$/, "") };
        const severity = context.stage === "drafting" ? "hint" : "warning";
        return { code: "S04", at: section.id, params, severity };
      });
  });
}

/** The text of a section; nothing as long as it holds no more than the suggested sub-headings. */
const demandedText = ({ report }: CheckContext, section: ProseSection): string =>
  writtenText(section, report.prose[section.id] ?? []) === "" ? "" : textOf(report, section.id);

/**
 * S05: the results of supervision, wherever they are told. A government must report each of them; the law asks no department
 * for them, which is only reminded when it says nothing of any.
 */
function resultsNotReported(context: CheckContext): RawFinding[] {
  const isGovernment = standingOf(context.report.organisation).kind === "government";
  const sections = proseSections(context);
  const told = sections.map((section) => demandedText(context, section)).join("\n");
  return sections.flatMap((section) => {
    const text = demandedText(context, section);
    return section.parts.flatMap(({ heading, words, results = [] }): RawFinding[] => {
      const missing = results.filter((result) => !result.words.some((word) => told.includes(word)));
      const isEnough = isGovernment ? missing.length === 0 : missing.length < results.length;
      if (isEnough || missing.length === 0 || !words?.some((word) => text.includes(word))) return [];
      const params = {
        part: plainLabel(heading).replace(/情况$/, ""),
        missing: missing.map(({ name }) => name).join("、"),
        why: isGovernment ? "，一级政府的年度报告应写明结果" : "",
      };
      const severity = isGovernment && context.stage === "submission" ? "warning" : "hint";
      return [{ code: "S05", at: section.id, params, severity }];
    });
  });
}

const REMEDIES = /改进|整改|措施|下一?步|打算|今后/;
const PROBLEMS = /问题|不足|差距|短板/;
const ITEM = /(?:^|[。；;：:，,\s])([一二三四五六七八九十]{1,2})是/g;
const NUMBERED = /^\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[.．、])/;

/** S06: no more problems than remedies, where both are listed by number. */
function moreProblemsThanRemedies(context: CheckContext): RawFinding[] {
  const passages = passagesIn(context, "problems");
  const split = splitAtRemedies(passages);
  if (!split) return [];
  const problems = countItems(split.problems);
  const remedies = countItems(split.remedies);
  if (problems < 2 || remedies === 0 || problems <= remedies) return [];
  const at = passageAddress("problems", split.at.from, split.at.to);
  return [{ code: "S06", at, params: { problems, remedies } }];
}

/** The text on problems and the text on remedies, where a heading or a lead-in parts them. */
function splitAtRemedies(passages: readonly ReadPassage[]) {
  const text = passages.map(({ text }) => text).join("\n");
  const parting =
    /(?:^|\n|[。；])(?:[（(][一二三四五六七八九十][)）])?(?:针对[^。；\n]{0,16}|下一?步[^。；\n]{0,16}|[^。；，\n]{0,10})(?:改进|整改|措施|打算|下一?步)[^。；\n]{0,24}?(?:[：:。，]|\n)/g;
  for (const match of text.matchAll(parting)) {
    const before = text.slice(0, match.index);
    if (!PROBLEMS.test(before) && countItems(before) === 0) continue;
    if (PROBLEMS.test(match[0]) && !/针对|改进|整改/.test(match[0])) continue;
    const from = match.index + (/^[\n。；]/.test(match[0]) ? 1 : 0);
    const to = match.index + match[0].trimEnd().length;
    return { problems: before, remedies: text.slice(match.index + match[0].length), at: { from, to } };
  }
  return undefined;
}

/** The highest number reached by 一是、二是, else how many lines are numbered. */
function countItems(text: string): number {
  const items = [...text.matchAll(ITEM)].map((match) => numberOf(match[1] ?? "") ?? 0);
  if (items.length > 0) return Math.max(...items);
  return text.split("\n").filter((line) => NUMBERED.test(line) && !REMEDIES.test(line.slice(0, 12))).length;
}

/** Words of which a sentence on disclosure has at least one. */
const ON_THE_SUBJECT = /公开|信息|申请|解读|平台|网站|新媒体|条例|公示|发布/;
/** Fewer sentences are no share worth telling. */
const FEWEST_SENTENCES = 8;
const LARGE_SHARE = 0.5;

/** S09: more than half of the sentences of the overview are on other work. */
function offTheSubject(context: CheckContext): RawFinding[] {
  const [overview] = proseSections(context);
  if (!overview) return [];
  const sentences = periodsIn(context, overview.id)
    .flatMap(({ text }) => text.split(/[。；！？]/))
    .filter((sentence) => sentence.trim().length >= 8);
  const other = sentences.filter((sentence) => !ON_THE_SUBJECT.test(sentence)).length;
  if (sentences.length < FEWEST_SENTENCES || other <= sentences.length * LARGE_SHARE) return [];
  const params = { heading: plainLabel(overview.heading), all: sentences.length, other };
  return [{ code: "S09", at: overview.id, params }];
}
