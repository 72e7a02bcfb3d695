import { openingOf, titleOf } from "../report/compose.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, cellAddress, passageAddress } from "./finding.ts";
import { textOf } from "./lookup.ts";

export const glyphRules: readonly Rule[] = [uncoveredInWords, uncoveredInTables];

/** P13: every character can be printed. Each that cannot is named once in its part, where it first stands. */
function uncoveredInWords({ format, report, covers }: CheckContext): RawFinding[] {
  if (!covers) return [];
  const exact = (part: string, text: string): RawFinding[] =>
    uncovered(covers, text).map((character) => {
      const from = text.indexOf(character);
      return { code: "P13", at: passageAddress(part, from, from + character.length), params: { character } };
    });
  return [
    ...whole(covers, "title", titleOf(format, report)),
    ...exact("opening", openingOf(format, report)),
    ...format.sections.flatMap(({ kind, id }) => (kind === "prose" ? exact(id, textOf(report, id)) : [])),
    ...whole(covers, "closing", `${report.closing.signature ?? ""}${report.closing.note ?? ""}`),
  ];
}

/** P13 of what is typed in tables and is no figure: apart, because figures change with every key and words do not. */
function uncoveredInTables({ format, report, covers }: CheckContext): RawFinding[] {
  if (!covers) return [];
  return format.tables.flatMap(({ id }) =>
    Object.entries(report.tables[id] ?? {}).flatMap(([row, entries]) =>
      Object.entries(entries).flatMap(([column, entry]) =>
        typeof entry === "string" ? whole(covers, cellAddress(id, row, column), entry) : [],
      ),
    ),
  );
}

type Covers = NonNullable<CheckContext["covers"]>;

const uncovered = (covers: Covers, text: string): string[] =>
  [...new Set(text)].filter((character) => !covers(character));

const whole = (covers: Covers, at: string, text: string): RawFinding[] =>
  uncovered(covers, text).map((character) => ({ code: "P13", at, params: { character } }));
