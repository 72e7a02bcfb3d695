import { plainLabel } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import type { CheckContext } from "./finding.ts";
import { proseSection, type Source, textOf } from "./lookup.ts";
import { passagesIn, periodsIn } from "./prose.ts";
import type { Requirements } from "./requirement-pack.ts";

/** Whether a pack speaks of reports on this year. */
export const isForYear = ({ years }: Requirements, year: number): boolean =>
  year >= years.from && year <= (years.to ?? year);

export const requirementRules: readonly Rule[] = [tooLong, contentMissing];

/** The packs that speak of this report's year. */
const packsOf = ({ report, requirements }: CheckContext): readonly Requirements[] =>
  (requirements ?? []).filter((pack) => isForYear(pack, report.year));

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

/** What a pack asks a section to tell (`name` is the data or the sub-heading), and whether it does. */
export type RequiredContent = { kind: "data" | "heading"; name: string; pack: string; isTold: boolean };

/** Everything that these packs, all of the report's year, ask of a section of text. */
export function requiredContent(source: Source, section: string, packs: readonly Requirements[]): RequiredContent[] {
  const periods = periodsIn(source, section);
  const passages = passagesIn(source, section);
  const tells = (point: Requirements["dataPoints"][number]) =>
    periods.some(
      ({ text: sentence, amounts }) =>
        point.words.some((word) => sentence.includes(word)) &&
        (!point.number || amounts.length > 0 || NONE.test(sentence)),
    );
  const has = (heading: string) =>
    passages.some(
      (passage) =>
        passage.heading.includes(heading) || (passage.kind !== "paragraph" && passage.typed.includes(heading)),
    );
  return packs.flatMap(({ name: pack, dataPoints, headings }) => [
    ...dataPoints
      .filter((point) => point.section === section)
      .map((point) => ({ kind: "data" as const, name: point.name, pack, isTold: tells(point) })),
    ...headings
      .filter((wanted) => wanted.section === section)
      .map(({ heading }) => ({ kind: "heading" as const, name: heading, pack, isTold: has(heading) })),
  ]);
}

/** L01, L02: a section does not tell what a pack asks for. An empty section is S03's concern. */
function contentMissing(context: CheckContext): RawFinding[] {
  const packs = packsOf(context);
  return context.format.sections.flatMap((section) => {
    if (section.kind !== "prose" || passagesIn(context, section.id).length === 0) return [];
    const heading = plainLabel(section.heading);
    return requiredContent(context, section.id, packs)
      .filter(({ isTold }) => !isTold)
      .map(({ kind, name, pack }): RawFinding => {
        const at = section.id;
        return kind === "data"
          ? { code: "L01", at, params: { heading, name, pack }, ...whileDrafting(context) }
          : { code: "L02", at, params: { heading, wanted: name, pack }, ...whileDrafting(context) };
      });
  });
}

const whileDrafting = ({ stage }: CheckContext) => (stage === "drafting" ? ({ severity: "hint" } as const) : {});
