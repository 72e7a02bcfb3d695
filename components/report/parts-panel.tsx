"use client";

import type { Passage } from "@/lib/report/report.ts";
import type { ProseSection } from "./prose-form.tsx";
import { hasPart } from "./scaffold.ts";
import styles from "./side.module.css";
import { useReport } from "./use-report.ts";

const none: readonly Passage[] = [];

/** What belongs into a section of text, part by part, and which parts have their sub-heading. */
export function PartsPanel({ section }: { section: ProseSection }) {
  const passages = useReport((report) => report.prose[section.id] ?? none);
  return (
    <section className={styles.panel} aria-label="写什么">
      <h2>写什么</h2>
      <p>{section.ask}</p>
      <ul className={styles.parts}>
        {section.parts.map((part) => {
          const there = hasPart(passages, part);
          return (
            <li key={part.heading}>
              <h3>
                {part.heading}
                <span className={there ? styles.there : styles.missing}>{there ? "已有" : "未写"}</span>
              </h3>
              <p>{part.ask}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
