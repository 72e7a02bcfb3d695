"use client";

import { useEffect, useMemo } from "react";
import { liveLayout } from "@/lib/layout/live.ts";
import type { ComposedDocument } from "@/lib/report/compose.ts";
import { layoutStyle } from "@/templates/document/style.ts";
import { PageFonts } from "./page-fonts.ts";
import { PageList } from "./page-list.tsx";
import type { PageMetrics } from "./page-metrics.ts";
import { PagesLoading } from "./pages-loading.tsx";

/** The pages of a document that is only to be looked at. */
export const DocumentPages = ({ document }: { document: ComposedDocument }) => (
  <PagesLoading>{(metrics) => <LaidOut document={document} metrics={metrics} />}</PagesLoading>
);

function LaidOut({ document, metrics: { version, metrics, source } }: LaidOutProps) {
  const pages = useMemo(() => liveLayout(layoutStyle, metrics)(document), [document, metrics]);
  useEffect(() => new PageFonts(version).need(pages), [version, pages]);
  return <PageList pages={pages} advance={source.advance} />;
}
type LaidOutProps = { document: ComposedDocument; metrics: PageMetrics };
