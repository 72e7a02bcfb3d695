import type { OrganisationKind } from "../workflow/organisation-kinds.ts";
import type { Role } from "../workflow/roles.ts";

/**
 * The tables as the migrations leave them. Times are epoch milliseconds, truths 0 or 1; `data`, `snapshot` and `edits`
 * hold JSON.
 */
export type Tables = {
  organisation: {
    id: string;
    name: string;
    created_at: number;
    parent_id: string | null;
    kind: OrganisationKind;
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
