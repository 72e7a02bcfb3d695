import { notFound } from "next/navigation";
import { cache } from "react";
import { visitor } from "@/lib/auth/page.ts";
import { readReport } from "@/lib/store/reports.ts";
import { formatById } from "@/templates/index.ts";

/** The report of this address with its format, read once a request. One that is not hers to read is not found. */
export const reportOfPage = cache(async (id: string) => {
  const { actor } = await visitor("GET /reports/[id]");
  const stored = await readReport(actor, id);
  const format = stored && formatById(stored.report.format);
  if (!format) notFound();
  return { actor, stored, format };
});
