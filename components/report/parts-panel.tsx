"use client";

import { passageAddress } from "@/lib/checks/finding.ts";
import { isForYear, requiredContent } from "@/lib/checks/requirements.ts";
import type { Stretch } from "@/lib/checks/text.ts";
import type { Part } from "@/lib/report/format.ts";
import type { PrintedPassage } from "@/lib/report/report.ts";
import { PlaceLink } from "./navigation.tsx";
import type { ProseSection } from "./prose-form.tsx";
import { useReportContext } from "./report-provider.tsx";
import { whereWritten } from "./scaffold.ts";
import styles from "./side.module.css";
import { useReport } from "./use-report.ts";

type PanelProps = { section: ProseSection; passages: readonly PrintedPassage[] };

/** What belongs into a section of text, part by part, and the sentence with which each begins. */
export function PartsPanel({ section, passages }: PanelProps) {
  return (
    <section className={styles.panel} aria-label="写什么">
      <h2>写什么</h2>
      <p>{section.ask}</p>
      <ul className={styles.parts}>
        {section.parts.map((part) => (
          <PartItem key={part.heading} section={section.id} part={part} passages={passages} />
        ))}
      </ul>
      <LocalRequirements section={section.id} passages={passages} />
    </section>
  );
}

/** What local requirements ask of this section beyond the notice. */
function LocalRequirements({ section, passages }: { section: string; passages: PanelProps["passages"] }) {
  const { draft, requirements } = useReportContext();
  const year = useReport((report) => report.year);
  const packs = requirements.filter((pack) => isForYear(pack, year));
  const report = { ...draft.state.report, prose: { [section]: passages } };
  const asked = requiredContent({ format: draft.format, report }, section, packs);
  const longest = packs.flatMap((pack) => pack.longest[section] ?? []).sort((a, b) => a - b)[0];
  if (asked.length === 0 && longest === undefined) return null;
  return (
    <section aria-label="地方要求">
      <h3>地方要求</h3>
      {longest !== undefined && <p className={styles.soft}>本部分不超过 {longest} 字。</p>}
      <ul className={styles.parts}>
        {asked.map(({ kind, name, pack, isTold }) => (
          <li key={`${pack} ${kind} ${name}`} title={pack}>
            <p className={styles.asked}>
              {kind === "heading" ? `小标题“${name}”` : name}
              <span className={isTold ? styles.there : styles.missing}>{isTold ? "已写" : "未写"}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PartItem({ section, part, passages }: { section: string; part: Part; passages: PanelProps["passages"] }) {
  const written = whereWritten(passages, part);
  const state = !written ? "未写" : written.sentence ? "已写" : "只有小标题";
  return (
    <li>
      <h3>
        {part.heading}
        <span className={written?.sentence ? styles.there : styles.missing}>{state}</span>
      </h3>
      <p>{part.ask}</p>
      {written?.sentence && (
        <p className={styles.soft}>
          见：
          <PlaceLink at={placeOf(section, written.sentence)}>{shortened(written.sentence.text)}</PlaceLink>
        </p>
      )}
    </li>
  );
}

const LONGEST_QUOTE = 28;
const shortened = (text: string): string =>
  text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}……` : text.trim();

const placeOf = (section: string, { from, text }: Stretch): string => passageAddress(section, from, from + text.length);
