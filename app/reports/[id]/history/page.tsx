import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { VersionComparison } from "@/components/report/history/version-comparison.tsx";
import { VersionList } from "@/components/report/history/version-list.tsx";
import { reportAt, sittingsOf } from "@/lib/report/history.ts";
import { readRevisions } from "@/lib/store/history.ts";
import { reportOfPage } from "../report.ts";

type PageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
};

export const metadata: Metadata = { title: "历史版本" };

/** What was saved when, and any of it held against the report as it stands now. */
export default async function ReportHistory({ params, searchParams }: PageProps) {
  const { id } = await params;
  const { organisation, format } = await reportOfPage(id);
  const revisions = (await readRevisions(organisation.id, id)) ?? [];
  const { version: asked } = await searchParams;
  if (asked === undefined) return <VersionList sittings={sittingsOf(format, revisions)} />;
  const version = Number(asked);
  const revision = revisions.find((candidate) => candidate.version === version);
  const report = reportAt(format, revisions, version);
  if (!revision || !report) notFound();
  return <VersionComparison version={version} savedAt={revision.savedAt} report={report} />;
}
