/** The tables as the migrations leave them. Times are epoch milliseconds; `data`, `snapshot` and `edits` hold JSON. */
export type Tables = {
  organisation: { id: string; name: string; created_at: number };
  report: {
    id: string;
    organisation_id: string;
    year: number;
    format: string;
    data: string;
    version: number;
    created_at: number;
    saved_at: number;
  };
  /** The answer each save was given, so that a repeated request gets the same one. */
  report_operation: { report_id: string; operation_id: string; version: number; saved_at: number };
  /** Append-only history: the first revision is a snapshot of the whole report, the others are the edits that made them. */
  report_revision: {
    report_id: string;
    version: number;
    snapshot: string | null;
    edits: string | null;
    saved_at: number;
  };
};
