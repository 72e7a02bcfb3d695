"use client";

import { passageAddress } from "@/lib/checks/finding.ts";
import { plainText } from "@/lib/report/prose.ts";
import type { PrintedPassage } from "@/lib/report/report.ts";
import { PlaceLink } from "./navigation.tsx";
import { outlineOf } from "./scaffold.ts";
import styles from "./side.module.css";

/** The sub-headings of a section, each leading to its place, and how much is written. */
export function OutlinePanel({ section, passages }: { section: string; passages: readonly PrintedPassage[] }) {
  const outline = outlineOf(passages);
  const characters = plainText(passages).replace(/\s/g, "").length;
  return (
    <section className={styles.panel} aria-label="本部分结构">
      <h2>本部分结构</h2>
      <p className={styles.soft}>
        {passages.length} 段，{characters} 字
      </p>
      {outline.length === 0 && <p className={styles.soft}>还没有小标题。</p>}
      <ul className={styles.outline}>
        {outline.map(({ level, text, from, empty, repeated }) => (
          <li key={from} data-level={level}>
            <PlaceLink at={passageAddress(section, from, from + text.length)}>{text}</PlaceLink>
            {empty && <span className={styles.flaw}>下面没有内容</span>}
            {repeated && <span className={styles.flaw}>标题重复</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
