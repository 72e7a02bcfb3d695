import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { currentOrganisation } from "@/lib/auth/session.ts";
import { readReport } from "@/lib/store/reports.ts";
import { formatById } from "@/templates/index.ts";

/** The report of this address with its format, read once a request. Another organisation's report is not found. */
export const reportOfPage = cache(async (id: string) => {
  const organisation = await currentOrganisation();
  if (!organisation) redirect("/start");
  const stored = await readReport(organisation.id, id);
  const format = stored && formatById(stored.report.format);
  if (!format) notFound();
  return { organisation, stored, format };
});
