"use client";

import { useDeferredValue } from "react";
import { KeptPanel } from "./last-year/kept-panel.tsx";
import { OutlinePanel } from "./outline-panel.tsx";
import { PartsPanel } from "./parts-panel.tsx";
import type { ProseSection } from "./prose-form.tsx";
import { useReportContext } from "./report-provider.tsx";
import { usePrintedProse } from "./use-report.ts";

/** Beside a text. They follow the typing at a distance, so that they never slow a key down. */
export function TextPanels({ section }: { section: ProseSection }) {
  const { editable } = useReportContext();
  const passages = useDeferredValue(usePrintedProse(section.id));
  return (
    <>
      {editable && <KeptPanel section={section} />}
      <OutlinePanel section={section.id} passages={passages} />
      <PartsPanel section={section} passages={passages} />
    </>
  );
}
