import { z } from "zod";
import { renderedAnswer } from "@/app/api/rendered-answer.ts";
import { refusal } from "@/lib/auth/answers.ts";
import { jsonBody } from "@/lib/auth/body.ts";
import { handler } from "@/lib/auth/handler.ts";
import { type Corrections, LONGEST_TEXT, MOST_LINES } from "@/lib/checks/corrections.ts";
import { severityNames } from "@/lib/checks/finding.ts";
import { correctionListKinds } from "@/lib/export/correction-list.ts";
import { renderPool } from "@/lib/export/render-pool.ts";
import { dayInChina } from "@/lib/report/day.ts";

const kinds = z.enum(correctionListKinds);
const text = z.string().max(LONGEST_TEXT);
const MOST_REPORTS = 1_000;
const correction = z.strictObject({
  severity: z.enum(Object.keys(severityNames) as (keyof typeof severityNames)[]),
  ...{ place: text, quote: text, message: text, advice: text },
  fix: z.strictObject({ from: text, to: text }).optional(),
});
const content: z.ZodType<Corrections> = z.strictObject({
  reports: z
    .array(
      z.strictObject({
        ...{ file: text, organisation: text, year: z.int().min(1900).max(2200) },
        notes: z.array(text).max(MOST_LINES),
        corrections: z.array(correction).max(MOST_LINES),
      }),
    )
    .max(MOST_REPORTS),
  unread: z.array(z.strictObject({ file: text, reason: text })).max(MOST_REPORTS),
});
/** A list of several hundred reports, in bytes. */
const LARGEST = 16 * 1024 * 1024;

/** Makes a 整改清单 of what a page has found in files. Nothing is stored. */
export const POST = handler(
  "POST /api/corrections/[kind]",
  { body: jsonBody(content, LARGEST) },
  async ({ actor, params, input }) => {
    const kind = kinds.safeParse(params.kind);
    if (!kind.success) return refusal(404, "整改清单不能导出为这种文件。");
    const sender = { organisation: actor.organisation.name, date: dayInChina(new Date()) };
    return renderedAnswer(
      await renderPool().render(actor.organisation.id, { kind: "corrections", content: input, sender, as: kind.data }),
    );
  },
);
