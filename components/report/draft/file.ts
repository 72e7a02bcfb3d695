import type { Report } from "@/lib/report/report.ts";
import { checksum } from "./checksum.ts";
import type { PendingEdit } from "./pending.ts";

/** A draft as it is carried on a stick: the report as the clerk sees it, and what of it the server did not have. */
export type DraftFile = {
  /** Id of the report it was taken from. */
  id: string;
  report: Report;
  unsent: readonly PendingEdit[];
  /** Epoch milliseconds of the machine it was made on; to be shown, not relied on. */
  exportedAt: number;
};

/** What such a file says it is. */
export const DRAFT_KIND = "政府信息公开工作年度报告草稿";

/** The text of the file: JSON whose checksum covers the draft. `readDraftFile` reads it. */
export const writeDraftFile = (draft: DraftFile): string =>
  JSON.stringify({ kind: DRAFT_KIND, checksum: checksum(JSON.stringify(draft)), draft }, null, 1);
