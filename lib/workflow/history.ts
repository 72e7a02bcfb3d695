import type { Role } from "./roles.ts";
import type { Action, OptionalStep, State } from "./transitions.ts";
import { openStates, type Publication, type Standing } from "./workflow.ts";

/** Something that was done with a report. `digest` is the SHA-256 of its JSON file; times are epoch milliseconds. */
export type MadeTransition = {
  number: number;
  action: Action;
  from: State;
  to: State;
  edition: number;
  version: number;
  digest: string;
  /** Who did it, by the name she had then, and as what. */
  userName: string;
  role: Role;
  reason: string | undefined;
  at: number;
  /** Its line in the record: whoever keeps the receipt can prove later that the record was not cut or written anew. */
  record: { sequence: number; hash: string };
};

/** What was published. `date` is a day, `YYYY-MM-DD`. */
type PublishedEdition = Publication & { edition: number; version: number; digest: string; at: number };

/** What somebody who looked a report over has to say about a place of it. Times are epoch milliseconds. */
export type Remark = {
  id: string;
  /** A figure or a part, as findings name them, without offsets. */
  place: string;
  /** The words of the text that it is about; undefined when it is about the whole part. */
  quote: string | undefined;
  text: string;
  userName: string;
  role: Role;
  at: number;
  /** Who dealt with it, when, and what she said to it; undefined as long as nobody did. */
  settled: { by: string; at: number; answer: string | undefined } | undefined;
};

/** Where a report stands, how it got there, and what somebody is to it. */
export type Workflow = {
  standing: Standing;
  /** What whoever asks is to this report's organisation. */
  roles: readonly Role[];
  skipped: readonly OptionalStep[];
  /** In the order in which they happened. */
  transitions: readonly MadeTransition[];
  editions: readonly PublishedEdition[];
};

/** The last of these, as far as they concern the content that stands there after them; none as long as it may be changed. */
export function handsOf(transitions: readonly MadeTransition[]): MadeTransition[] {
  const submitted = transitions.findLastIndex(({ action }) => action === "submit");
  const since = submitted < 0 ? [] : transitions.slice(submitted);
  return since.some(({ to }) => openStates.includes(to)) ? [] : since;
}

/** The same of an edition that was published. */
export const handsOfEdition = (transitions: readonly MadeTransition[], edition: number): MadeTransition[] =>
  handsOf(
    transitions.slice(0, transitions.findIndex((made) => made.action === "publish" && made.edition === edition) + 1),
  );
