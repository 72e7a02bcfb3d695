import { attachment, refusal } from "@/lib/auth/answers.ts";
import type { Rendered } from "@/lib/export/render-thread.ts";

const statuses = { busy: 503, slow: 504, broken: 500 } as const;
/** After how many seconds a client may ask again when too many files are being made. */
const RETRY_AFTER = "15";

/** What was rendered as a file to save: 503 while too many files are being made, 504 and 500 where one could not be. */
export function renderedAnswer(rendered: Rendered): Response {
  if (rendered.kind === "file") return attachment(rendered.file);
  const refused = refusal(statuses[rendered.kind], rendered.message);
  if (rendered.kind === "busy") refused.headers.set("retry-after", RETRY_AFTER);
  return refused;
}
