import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { createReport } from "@/lib/store/reports.ts";
import { readReportOfFile } from "./report-of-file.ts";

const input = z.strictObject({
  year: z.int({ error: "年度应为整数，例如 2024。" }),
  /** Last year's report as a preview showed it, or `stored` for the one that is stored here. */
  lastYear: z.unknown().optional(),
  /** The report itself, where it was written elsewhere and read from a file. */
  content: z.unknown().optional(),
});

/** Starts the report of a year. */
export const POST = handler("POST /api/reports", { input }, async ({ actor, input: { year, ...given } }) => {
  const lastYear = given.lastYear === "stored" ? undefined : readReportOfFile(given.lastYear);
  const content = readReportOfFile(given.content);
  const unread = [lastYear, content].find((read) => read?.ok === false);
  if (unread && !unread.ok) return refusal(422, unread.message);
  const result = await createReport(actor, year, {
    lastYear: given.lastYear === "stored" ? "stored" : lastYear?.ok ? lastYear : undefined,
    content: content?.ok ? content.report : undefined,
  });
  switch (result.kind) {
    case "created":
      return json(201, { id: result.id });
    case "exists":
      return refusal(409, `${year}年度报告已经建立。`, { id: result.id });
    case "uncovered":
      return refusal(422, `没有适用于${year}年度的报告格式。`);
    case "unfit":
      return refusal(422, `没有新建：带上的应是${year - 1}年度报告，直接填入的应是${year}年度报告，请核对文件的年度。`);
  }
});
