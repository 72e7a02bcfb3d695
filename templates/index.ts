import { coversYear, type Format } from "../lib/report/format.ts";
import { format as trial } from "./2019-60/index.ts";
import { format as current } from "./2021-30/index.ts";

/** Every format, oldest first. A new notice is a new folder and one more entry here. */
export const formats: readonly Format[] = [trial, current];

/** The format with that id, or undefined. */
export const formatById = (id: string): Format | undefined => formats.find((format) => format.id === id);

/** The format that a report on this year must have, or undefined when no notice covers the year. */
export const formatForYear = (year: number): Format | undefined =>
  formats.findLast((format) => coversYear(format, year));
