import type { Metrics } from "@/lib/layout/display.ts";
import { type GlyphTable, sourceOf } from "@/lib/layout/glyph-table.ts";
import { type FontSource, metricsOf } from "@/lib/layout/glyphs.ts";

/** What the browser knows of the fonts of the PDF. */
export type PageMetrics = { version: string; source: FontSource; metrics: Metrics };

let loading: Promise<PageMetrics> | undefined;

/** Asks the server for it, once; after a failure the next call asks again. Rejects while the server does not answer. */
export function loadPageMetrics(): Promise<PageMetrics> {
  loading ??= fetchMetrics().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchMetrics(): Promise<PageMetrics> {
  const answer = await fetch("/api/fonts");
  if (!answer.ok || !answer.body) throw new Error(`the fonts were answered ${answer.status}`);
  const json = new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
  const table = (await json.json()) as GlyphTable;
  const source = sourceOf(table);
  return { version: table.version, source, metrics: metricsOf(source) };
}
