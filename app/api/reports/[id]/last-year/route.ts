import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { keepLastYear } from "@/lib/store/reports.ts";
import { closedWords } from "@/lib/workflow/words.ts";
import { readReportOfFile } from "../../report-of-file.ts";

/** Last year's report as a preview showed it, or `stored` for the one that is stored here. */
const input = z.strictObject({ report: z.unknown() });

/** Keeps last year's report with a draft, and answers what is kept. The draft's own content is not touched. */
export const PUT = handler(
  "PUT /api/reports/[id]/last-year",
  { input },
  async ({ actor, params, input: { report } }) => {
    const read = report === "stored" ? undefined : readReportOfFile(report ?? null);
    if (read && !read.ok) return refusal(422, read.message);
    const result = await keepLastYear(actor, params.id, read ?? "stored");
    switch (result.kind) {
      case "kept":
        return json(200, { report: result.kept.report });
      case "unfit":
        return refusal(422, "没有保存：这不是上一年度的报告，请核对文件的年度。");
      case "closed":
        return refusal(409, closedWords(result.standing));
      case "absent":
        return refusal(404, "没有这份报告。");
    }
  },
);
