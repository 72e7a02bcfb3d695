import type { Metadata } from "next";
import { DraftImport } from "@/components/import/draft-import.tsx";
import { page } from "@/lib/auth/page.ts";
import { listReports } from "@/lib/store/reports.ts";
import { reportOfPage } from "../report.ts";

export const metadata: Metadata = { title: "导入和上年报告" };

/** Brings a file, or last year's report, into a draft that is there already. */
export default page("GET /reports/[id]/import", async ({ actor, params: { id } }) => {
  const { stored } = await reportOfPage(id);
  const hasStored = (await listReports(actor)).some(({ report }) => report.year === stored.report.year - 1);
  return <DraftImport agency={actor.organisation.name} hasStored={hasStored} />;
});
