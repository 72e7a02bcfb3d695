import type { Entry } from "../report/entry.ts";

/** One cell of a table as it was read from a published report, for a person to compare. */
export type CellRead = {
  /** Where it belongs, as findings name places: `requests.handled.natural`. Computed cells are among them. */
  at: string;
  /** What was read; of a computed cell, the published total. Blank where nothing could be read. */
  entry: Entry;
  /** What stands in the file, empty where nothing does. */
  text: string;
  /** A finished Chinese sentence on why the reader is not certain; absent where it is. */
  doubt?: string;
};
