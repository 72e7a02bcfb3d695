import { formats } from "../../templates/index.ts";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { reportSchema } from "../report/schema.ts";
import type { RenderPool } from "./render-pool.ts";

/** How often a page must have been rendered before it is about as quick as it will be. */
const ROUNDS = 4;

/** The kinds whose renderers take long to load; the sheet of a pack is among them. */
const kinds = ["docx", "pdf", "pdfa", "ofd", "pack"] as const;

const shared = globalThis as { warmingUp?: boolean };

/** Whether a file would be made as quickly now as ever: not while samples are being rendered. */
export const isWarm = (): boolean => !shared.warmingUp;

/**
 * Renders a few samples, so that libraries and fonts are loaded and the first download is as quick as any. Samples queue
 * like everybody's orders: whoever asks meanwhile has the next turn. Never rejects: what fails here, a download tells.
 */
export async function warmUp(pool: Pick<RenderPool, "render">): Promise<void> {
  const orders = formats.flatMap((format) =>
    Array.from({ length: ROUNDS }, (_, round) => sample(format, round)).flatMap((report) =>
      kinds.map((kind) => ({ format: format.id, report, kind, saved: SAVED })),
    ),
  );
  shared.warmingUp = true;
  await Promise.allSettled(orders.map((order) => pool.render("warm-up", order)));
  shared.warmingUp = false;
}

const SAVED = { version: 1, savedAt: Date.UTC(2025, 0, 1) };

/** A report that needs every face of type; one round differs from the next, or it would not be rendered again. */
function sample(format: Format, round: number): Report {
  const text = `（一）样张\n第${round + 1}份样张的正文，共有1,234.5项。\n1.样张\n正文。`;
  const sections = format.sections.filter(({ kind }) => kind === "prose");
  return reportSchema(format).parse({
    format: format.id,
    year: format.years.from,
    organisation: { name: "样张" },
    prose: Object.fromEntries(sections.map(({ id }) => [id, text])),
    tables: {},
  });
}
