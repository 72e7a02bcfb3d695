"use client";

import { passageAddress } from "@/lib/checks/finding.ts";
import type { Stretch } from "@/lib/checks/text.ts";
import type { Part } from "@/lib/report/format.ts";
import type { PrintedPassage } from "@/lib/report/report.ts";
import { PlaceLink } from "./navigation.tsx";
import type { ProseSection } from "./prose-form.tsx";
import { whereWritten } from "./scaffold.ts";
import styles from "./side.module.css";

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
