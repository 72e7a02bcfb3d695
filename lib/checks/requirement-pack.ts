import { z } from "zod";

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

/**
 * Reads a pack that came from outside. Problems are finished Chinese lines, each naming the place. With `sections`, the ids
 * of the sections of text that there are, a pack that speaks of any other is refused.
 */
export function parseRequirements(
  input: unknown,
  sections?: readonly string[],
): { ok: true; pack: Requirements } | { ok: false; problems: string[] } {
  const result = packSchema.safeParse(input);
  if (result.success) {
    const problems = sections ? unknownSections(result.data, sections) : [];
    return problems.length === 0 ? { ok: true, pack: result.data } : { ok: false, problems };
  }
  const problems = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `不认识的项目“${[...issue.path, key].join(".")}”。`)
      : [
          `“${issue.path.join(".") || "文件"}”${issue.code === "invalid_format" ? issue.message : "缺失或不符合要求"}。`,
        ],
  );
  return { ok: false, problems };
}

const unknownSections = ({ dataPoints, headings, longest }: Requirements, sections: readonly string[]): string[] =>
  [...new Set([...dataPoints, ...headings].map(({ section }) => section).concat(Object.keys(longest)))]
    .filter((section) => !sections.includes(section))
    .map((section) => `没有“${section}”这个部分，可以是${sections.join("、")}。`);
