import type { Generated } from "kysely";
import type { OrganisationKind } from "../workflow/organisation-kinds.ts";
import type { Role } from "../workflow/roles.ts";
import type { Action, State } from "../workflow/transitions.ts";

/**
 * The tables as the migrations leave them. Times are epoch milliseconds, truths 0 or 1; `data`, `last_year`, `tally`, `snapshot`
 * and `edits` hold JSON.
 */
export type Tables = {
  organisation: {
    id: string;
    name: string;
    created_at: number;
    parent_id: string | null;
    kind: OrganisationKind;
    /** Steps of the workflow that it does without, in JSON. */
    skipped_steps: Generated<string>;
  };
  /** `organisation_id`: where she belongs, and whose administrators look after her. */
  user: {
    id: string;
    organisation_id: string;
    username: string;
    name: string;
    password_hash: string;
    password_set_at: number;
    /** The password is for one use: nothing else is open to her before she chose her own. */
    must_change: number;
    disabled_at: number | null;
    totp_secret: string | null;
    /** Null while the secret was shown and no code from it was seen yet. */
    totp_confirmed_at: number | null;
    /** The interval of the last code that was taken: none is taken twice. */
    totp_step: number | null;
    logged_in_at: number | null;
    created_at: number;
  };
  password_history: { user_id: string; set_at: number; password_hash: string };
  member: { user_id: string; organisation_id: string; role: Role };
  /** `id` is the hash of the token. `organisation_id`: the one that she works for now. */
  session: {
    id: string;
    user_id: string;
    organisation_id: string;
    created_at: number;
    seen_at: number;
    address: string;
    browser: string;
  };
  /** Failed log-ins by name, whether there is such a user or not. */
  login_failure: { name_hash: string; failures: number; failed_at: number; locked_until: number };
  setup_token: { token_hash: string; expires_at: number };
  report: {
    id: string;
    organisation_id: string;
    year: number;
    format: string;
    data: string;
    version: number;
    created_at: number;
    saved_at: number;
    state: Generated<State>;
    edition: Generated<number>;
    last_year: string | null;
    /** When something was last done with it beside saving; null as long as nothing was. */
    moved_at: number | null;
    /** What the checks said of some version of it, in JSON (`tallies.ts`). */
    tally: string | null;
  };
  /** What was done with a report, in order; `edition`, `version` and `digest` are of the content that it was done with. */
  report_transition: {
    report_id: string;
    number: number;
    action: Action;
    from_state: State;
    to_state: State;
    edition: number;
    version: number;
    digest: string;
    user_id: string;
    user_name: string;
    role: Role;
    reason: string | null;
    made_at: number;
    audit_sequence: number;
    audit_hash: string;
  };
  /** What was published, as it was published. `published_on` is a day, `YYYY-MM-DD`. */
  report_edition: {
    report_id: string;
    edition: number;
    data: string;
    version: number;
    digest: string;
    published_on: string;
    address: string | null;
    made_at: number;
  };
  /** `place` is the `at` of a finding, without offsets; `quote` the words of a text that it is about. */
  report_remark: {
    id: string;
    report_id: string;
    place: string;
    quote: string | null;
    text: string;
    user_id: string;
    user_name: string;
    role: Role;
    made_at: number;
    answer: string | null;
    /** The name of whoever dealt with it. */
    settled_by: string | null;
    settled_at: number | null;
  };
  /** 催报. `user_name` and `office_name`: who asked, whom the unit itself cannot see. */
  reminder: {
    id: string;
    organisation_id: string;
    year: number;
    user_name: string;
    office_name: string;
    made_at: number;
    settled_at: number | null;
  };
  /**
   * 调整 of a sum. `organisation_id`: the office whose sum it is; `delta`: a signed number in the cell's unit; withdrawn ones stay.
   */
  adjustment: {
    id: string;
    organisation_id: string;
    unit_id: string;
    year: number;
    cell: string;
    delta: string;
    reason: string;
    user_name: string;
    made_at: number;
    withdrawn_by: string | null;
    withdrawn_at: number | null;
  };
  audit_entry: {
    sequence: number;
    made_at: number;
    event: string;
    organisation_id: string | null;
    user_id: string | null;
    role: string | null;
    object: string | null;
    details: string;
    previous_hash: string;
    hash: string;
  };
  /** One row: the end of the record. */
  audit_head: { id: number; sequence: number; hash: string };
  /** What an organisation asks of its reports and of those below it; `data` is the pack as JSON. */
  requirement_pack: { id: string; organisation_id: string; name: string; data: string; created_at: number };
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
