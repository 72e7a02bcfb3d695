import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { VersionComparison } from "@/components/report/history/version-comparison.tsx";
import { VersionList } from "@/components/report/history/version-list.tsx";
import { page } from "@/lib/auth/page.ts";
import { reportAt, sittingsOf } from "@/lib/report/history.ts";
import { readRevisions } from "@/lib/store/history.ts";
import { reportOfPage } from "../report.ts";

export const metadata: Metadata = { title: "历史版本" };

/** What was saved when, and any of it held against the report as it stands now. */
export default page("GET /reports/[id]/history", async ({ actor, params: { id }, searchParams }) => {
  const { format } = await reportOfPage(id);
  const revisions = (await readRevisions(actor, id)) ?? [];
  const { version: asked } = searchParams;
  if (asked === undefined) return <VersionList sittings={sittingsOf(format, revisions)} />;
  const version = Number(asked);
  const revision = revisions.find((candidate) => candidate.version === version);
  const report = reportAt(format, revisions, version);
  if (!revision || !report) notFound();
  return <VersionComparison version={version} savedAt={revision.savedAt} report={report} />;
});
