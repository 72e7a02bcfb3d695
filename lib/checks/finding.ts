import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import type { Entry } from "../report/entry.ts";

/** `error` blocks submitting (never saving), `warning` needs a written reason to submit, `hint` is only shown. */
export type Severity = "error" | "warning" | "hint";

/**
 * Something the engine found. `at` is a cell (`requests.handled.natural`), a passage (`overview:120-135`, UTF-16 offsets
 * in the section's plain text; also of `opening`), or `title`, `opening`, `closing`, a section id.
 */
export type Finding = {
  code: string;
  severity: Severity;
  at: string;
  /** The finished Chinese sentence, with the numbers of both sides. */
  message: string;
  /** What to do about it. */
  advice: string;
  params: Record<string, string | number>;
};

/** What a finished document says in print beside its data: the checks compare the two, the figures are never taken over. */
export type Printed = {
  title?: string;
  /** The six headings as they were printed, in printed order; a section that was not found is absent. */
  headings: readonly { section: string; text: string }[];
  /** Published computed cells: table → row → column. */
  totals: Record<string, Record<string, Record<string, Entry>>>;
};

/** Everything a rule may look at. Nothing else exists for it: no clock, no store. */
export type CheckContext = {
  format: Format;
  report: Report;
  /** Last year's report of the same agency, in whatever format it was, with that format. */
  lastYear?: { format: Format; report: Report };
  /** Present when the report was read from a finished document. */
  printed?: Printed;
  /** While drafting, blanks are only pointed out; a report to be submitted must have none. */
  stage: "drafting" | "submission";
};
