"use client";

import { Button } from "@/components/ui/button.tsx";
import type { ProseSection } from "../prose-form.tsx";
import { useReportContext } from "../report-provider.tsx";
import { useReport } from "../use-report.ts";
import { isUnwritten, takenOver } from "./take-over.ts";

/** Begins a section with last year's text, as long as nothing is written in it. One step to be undone. */
export function TakeOverButton({ section }: { section: ProseSection }) {
  const { draft, lastYear } = useReportContext();
  const mayBegin = useReport(({ prose }) => isUnwritten(prose[section.id] ?? [], section.parts));
  if (!lastYear || !mayBegin || !lastYear.report.prose[section.id]?.length) return null;
  const take = () => {
    const value = takenOver(draft.format, lastYear, section.id);
    draft.edit([{ path: `prose.${section.id}`, value }], "沿用上年文字", true);
  };
  return (
    <Button small onClick={take}>
      沿用{lastYear.report.year}年的文字
    </Button>
  );
}
