import type { ComposedDocument } from "../../report/compose.ts";
import type { Format } from "../../report/format.ts";
import type { Report } from "../../report/report.ts";

/** What every engine renders, reads or checks. */
export type Subject = { format: Format; report: Report; document: ComposedDocument };

/** Does the work once; the file, if there is one to look into. */
export type Run = () => Promise<Uint8Array | undefined>;

/** `require` of the folder the peers are installed in; each is loaded in its own process only. */
export type LoadPeer = NodeJS.Require;

/** Prepares what an ordinary program would keep between two documents. */
export type Engine = (subject: Subject, loadPeer: LoadPeer) => Promise<Run>;
