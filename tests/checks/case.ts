import type { CheckRequest, Severity } from "../../lib/checks/finding.ts";
import { type Difference, everyAspect, formatOf, printedLike, soundReport, toSubmit } from "./samples.ts";

/** A context in which the check must fire: where, and with which words in its message. */
type Firing = { name: string; context: CheckRequest; at: string; says: string; severity?: Severity; fix?: string };
type Silent = { name: string; context: CheckRequest };
/** Contexts of one check: legitimate look-alikes must stay silent. */
export type Cases = { fires: Firing[]; silent: Silent[] };

export const current = formatOf(2024);
export const trial = formatOf(2019);
export const city = { name: "云岭市人民政府" };
export const received = (natural: number) => ({
  "requests.received.natural": natural,
  "requests.granted.natural": natural,
});
export const lastYear = (cells: Record<string, number | string | null>) => soundReport({ year: 2023, cells });
export const printedTotal = (table: string, row: string, column: string, entry: number | string | null) => ({
  printed: printedLike(current, { totals: { [table]: { [row]: { [column]: entry } } } }),
});
/** The overview: the text, and behind it a line that speaks of every part that must be there. */
export const overview = (text: string) => ({ prose: { overview: `${text}\n${everyAspect}` } });
/** An overview of one item with a chip in it, behind which every part is spoken of. */
export const withChip = (figure: string) => ({
  prose: {
    overview: [
      { kind: "item" as const, content: [{ text: "全年收到申请：" }, { figure }, { text: "件。" }] },
      { kind: "paragraph" as const, content: [{ text: everyAspect }] },
    ],
  },
});
export const problems = (text: string) => ({ prose: { problems: text } });
export const enough =
  "本局在栏目更新、政策解读等方面还有差距，已经逐项列出清单，明确责任人和完成时限，按月检查落实情况，确保改进到位。";

type Part = "overview" | "problems" | "other" | "opening";
type More = Difference & { context?: Partial<CheckRequest> };

/** A report whose one part begins with this text and is otherwise sound. */
export function saying(part: Part, text: string, { context, ...difference }: More = {}): CheckRequest {
  const year = difference.year ?? 2024;
  if (part === "opening") return toSubmit({ ...difference, opening: text }, context);
  const rest = { overview: everyAspect, problems: enough, other: `${year}年，本机关未收取信息处理费。` };
  const isWhole = part === "other" && text.includes("处理费");
  const prose = { ...difference.prose, [part]: isWhole ? text : `${text}\n${rest[part]}` };
  return toSubmit({ ...difference, prose }, context);
}

/** A slip in a text: the characters that its finding must point at, and words of the message. */
export function slip(
  [part, text, phrase, says]: readonly [part: Part, text: string, phrase: string, says: string],
  { severity, fix, ...more }: More & { severity?: Severity; fix?: string } = {},
): Firing {
  const from = text.indexOf(phrase);
  if (from < 0) throw new Error(`“${text}” does not say “${phrase}”`);
  return {
    name: text,
    context: saying(part, text, more),
    at: `${part}:${from}-${from + phrase.length}`,
    says,
    ...(severity && { severity }),
    ...(fix !== undefined && { fix }),
  };
}

/** What clerks rightly write. */
export const fine = (part: Part, text: string, more: More = {}): Silent => ({
  name: text,
  context: saying(part, text, more),
});
