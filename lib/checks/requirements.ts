import { z } from "zod";
import { plainLabel } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import type { CheckContext } from "./finding.ts";
import { proseSection, textOf } from "./lookup.ts";
import { passagesIn, periodsIn } from "./prose.ts";

const words = z.array(z.string().min(1).max(40)).min(1).max(20);
const text = z.string().min(1).max(100);
const section = z.string().regex(/^\w+$/, { error: "应为部分的编号，如“overview”" });
const A_DAY = "应为“月-日”，如“01-26”";
const monthAndDay = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, { error: A_DAY });

/**
 * 地方要求: what an office asks of the reports of its units beyond the notice, as data. Words are taken as they stand, so
 * a pack can hold no pattern that never ends. Sections go by their ids; days are of the year after the one reported on.
 */
const packSchema = z.strictObject({
  /** What findings call it: `云岭区2024年度年报编制要求`. */
  name: text,
  years: z.strictObject({ from: z.int().min(2000).max(2100), to: z.int().min(2000).max(2100).optional() }),
  /** Data that a section must tell: one of the words, with a number in the same sentence unless `number` is false. */
  dataPoints: z
    .array(z.strictObject({ section, name: text, words, number: z.boolean().default(true) }))
    .max(100)
    .default([]),
  /** Section → most characters, blanks not counted. */
  longest: z.record(section, z.int().min(1).max(100_000)).default({}),
  /** Sub-headings that a section must have, without their number. */
  headings: z
    .array(z.strictObject({ section, heading: text }))
    .max(50)
    .default([]),
  /** The days by which reports must be published, where earlier than the law has them. */
  deadline: z.strictObject({ department: monthAndDay.optional(), government: monthAndDay.optional() }).optional(),
});

export type Requirements = z.infer<typeof packSchema>;

/** Reads a pack that came from outside. Problems are finished Chinese lines, each naming the place. */
export function parseRequirements(
  input: unknown,
): { ok: true; pack: Requirements } | { ok: false; problems: string[] } {
  const result = packSchema.safeParse(input);
  if (result.success) return { ok: true, pack: result.data };
  const problems = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `不认识的项目“${[...issue.path, key].join(".")}”。`)
      : [
          `“${issue.path.join(".") || "文件"}”${issue.code === "invalid_format" ? issue.message : "缺失或不符合要求"}。`,
        ],
  );
  return { ok: false, problems };
}

export const requirementRules: readonly Rule[] = [tooLong, dataPointsMissing, headingsMissing];

/** The packs that speak of this report's year. */
const packsOf = ({ report, requirements }: CheckContext): readonly Requirements[] =>
  (requirements ?? []).filter(({ years }) => report.year >= years.from && report.year <= (years.to ?? report.year));

/** S08: a section is longer than a pack lets it be. */
function tooLong(context: CheckContext): RawFinding[] {
  return packsOf(context).flatMap((pack) =>
    Object.entries(pack.longest).flatMap(([id, most]): RawFinding[] => {
      const found = proseSection(context.format, id);
      const length = textOf(context.report, id).replace(/\s/g, "").length;
      if (!found || length <= most) return [];
      return [{ code: "S08", at: id, params: { heading: plainLabel(found.heading), length, most, pack: pack.name } }];
    }),
  );
}

const NONE = /未|无|没有/;

/** L01: a section does not tell what a pack asks for. An empty section is S03's concern. */
function dataPointsMissing(context: CheckContext): RawFinding[] {
  return packsOf(context).flatMap((pack) =>
    pack.dataPoints.flatMap((point): RawFinding[] => {
      const found = proseSection(context.format, point.section);
      const periods = periodsIn(context, point.section);
      if (!found || periods.length === 0) return [];
      const isTold = periods.some(
        ({ text: sentence, amounts }) =>
          point.words.some((word) => sentence.includes(word)) &&
          (!point.number || amounts.length > 0 || NONE.test(sentence)),
      );
      if (isTold) return [];
      const params = { heading: plainLabel(found.heading), name: point.name, pack: pack.name };
      return [{ code: "L01", at: point.section, params, ...whileDrafting(context) }];
    }),
  );
}

/** L02: a section lacks a sub-heading that a pack asks for. */
function headingsMissing(context: CheckContext): RawFinding[] {
  return packsOf(context).flatMap((pack) =>
    pack.headings.flatMap(({ section: id, heading }): RawFinding[] => {
      const found = proseSection(context.format, id);
      const passages = passagesIn(context, id);
      if (!found || passages.length === 0) return [];
      const isThere = passages.some(
        (passage) =>
          passage.heading.includes(heading) || (passage.kind !== "paragraph" && passage.typed.includes(heading)),
      );
      if (isThere) return [];
      const params = { heading: plainLabel(found.heading), wanted: heading, pack: pack.name };
      return [{ code: "L02", at: id, params, ...whileDrafting(context) }];
    }),
  );
}

const whileDrafting = ({ stage }: CheckContext) => (stage === "drafting" ? ({ severity: "hint" } as const) : {});
