import { plainLabel } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import type { CheckContext } from "./finding.ts";
import { proseSection, textOf } from "./lookup.ts";
import { passagesIn, periodsIn } from "./prose.ts";
import type { Requirements } from "./requirement-pack.ts";

export const requirementRules: readonly Rule[] = [tooLong, dataPointsMissing, headingsMissing];

/** The packs that speak of this report's year. */
const packsOf = ({ report, requirements }: CheckContext): readonly Requirements[] =>
  (requirements ?? []).filter(({ years }) => report.year >= years.from && report.year <= (years.to ?? report.year));

/** S08: a section is longer than a pack lets it be. */
function tooLong(context: CheckContext): RawFinding[] {
  return packsOf(context).flatMap((pack) =>
    Object.entries(pack.longest).flatMap(([id, most]): RawFinding[] => {
      const found = proseSection(context.format, id);
      const length = textOf(context.report, id).replace(/\s/g, "").length;
      if (!found || length <= most) return [];
      return [{ code: "S08", at: id, params: { heading: plainLabel(found.heading), length, most, pack: pack.name } }];
    }),
  );
}

const NONE = /未|无|没有/;

/** L01: a section does not tell what a pack asks for. An empty section is S03's concern. */
function dataPointsMissing(context: CheckContext): RawFinding[] {
  return packsOf(context).flatMap((pack) =>
    pack.dataPoints.flatMap((point): RawFinding[] => {
      const found = proseSection(context.format, point.section);
      const periods = periodsIn(context, point.section);
      if (!found || periods.length === 0) return [];
      const isTold = periods.some(
        ({ text: sentence, amounts }) =>
          point.words.some((word) => sentence.includes(word)) &&
          (!point.number || amounts.length > 0 || NONE.test(sentence)),
      );
      if (isTold) return [];
      const params = { heading: plainLabel(found.heading), name: point.name, pack: pack.name };
      return [{ code: "L01", at: point.section, params, ...whileDrafting(context) }];
    }),
  );
}

/** L02: a section lacks a sub-heading that a pack asks for. */
function headingsMissing(context: CheckContext): RawFinding[] {
  return packsOf(context).flatMap((pack) =>
    pack.headings.flatMap(({ section: id, heading }): RawFinding[] => {
      const found = proseSection(context.format, id);
      const passages = passagesIn(context, id);
      if (!found || passages.length === 0) return [];
      const isThere = passages.some(
        (passage) =>
          passage.heading.includes(heading) || (passage.kind !== "paragraph" && passage.typed.includes(heading)),
      );
      if (isThere) return [];
      const params = { heading: plainLabel(found.heading), wanted: heading, pack: pack.name };
      return [{ code: "L02", at: id, params, ...whileDrafting(context) }];
    }),
  );
}

const whileDrafting = ({ stage }: CheckContext) => (stage === "drafting" ? ({ severity: "hint" } as const) : {});
