"use client";

import type { CSSProperties } from "react";
import { Button, TextButton } from "@/components/ui/button.tsx";
import { passageAddress } from "@/lib/checks/finding.ts";
import type { KeptSentence, KeptText, KeptToken } from "@/lib/checks/kept-text.ts";
import { printedProse } from "@/lib/report/chips.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import { passageText, plainText } from "@/lib/report/prose.ts";
import { type Replacement, withReplacements } from "@/lib/report/replace.ts";
import type { Passage } from "@/lib/report/report.ts";
import { PlaceLink } from "../navigation.tsx";
import type { ProseSection } from "../prose-form.tsx";
import { useReportContext } from "../report-provider.tsx";
import styles from "../side.module.css";
import { takenOver } from "./take-over.ts";
import { useKept } from "./use-kept.ts";
import { keptKinds } from "./words.ts";

/** How like last year's text a section is, what of it is to be looked at, and last year's text to take over from. */
export function KeptPanel({ section }: { section: ProseSection }) {
  const { kept, lastYear } = useReportContext();
  const found = useKept(section.id);
  if (!lastYear || !found || kept.before(section.id).length === 0) return null;
  return (
    <section className={styles.panel} aria-label="与上年文字对照">
      <h2>与{lastYear.report.year}年的文字对照</h2>
      <LikenessMeter found={found} />
      <Marks section={section.id} found={found} />
      <LastYearText section={section.id} lastYear={lastYear} />
    </section>
  );
}

const levels = {
  very: { severity: "warning", words: "提交时会要求说明" },
  rather: { severity: "hint", words: "建议再改写" },
} as const;

function LikenessMeter({ found: { likeness, sentences } }: { found: KeptText }) {
  const level = likeness.level && levels[likeness.level];
  const percent = `${Math.floor(likeness.share * 100)}%`;
  const unchanged = sentences.filter(({ isUnchanged }) => isUnchanged).length;
  return (
    <div className={styles.likeness} data-severity={level?.severity}>
      <p>
        重复率 <strong>{percent}</strong>
        {level && `，${level.words}`}
      </p>
      <div className={styles.likenessBar} style={{ "--share": likeness.share } as CSSProperties} aria-hidden />
      <p className={styles.soft}>
        不计数字和年份。
        {unchanged > 0 && `一字不差的有 ${unchanged} 句，在正文中标出，改动以后标记消失。`}
      </p>
    </div>
  );
}

function Marks({ section, found: { sentences } }: { section: string; found: KeptText }) {
  const { draft } = useReportContext();
  const tokens = sentences.flatMap((sentence) => sentence.tokens);
  const proposals = tokens.filter(isProposed);
  const plain = sentences.filter(({ isUnchanged, tokens: marked }) => isUnchanged && marked.length === 0);
  if (tokens.length + plain.length === 0) return null;
  const accept = () => {
    const { report } = draft.state;
    // Only where the text still is as it was compared: it may have been typed in since.
    const text = plainText(printedProse(draft.format, report, section));
    const replacements = proposals
      .filter((token) => text.slice(token.from, token.to) === token.text)
      .map(({ from, to, proposal }): Replacement => ({ from, to, text: proposal }));
    const value = withReplacements(draft.format, report.tables, report.prose[section] ?? [], replacements);
    draft.edit([{ path: `prose.${section}`, value }], "年份和名称改为本年", true);
  };
  return (
    <>
      <p>
        要核对的：
        {(["year", "number", "name"] as const)
          .map((kind) => ({ kind, n: tokens.filter((token) => token.kind === kind).length }))
          .filter(({ n }) => n > 0)
          .map(({ kind, n }) => `${keptKinds[kind]} ${n} 处`)
          .join("，") || "只有文字"}
        。
      </p>
      <details className={styles.group}>
        <summary>逐处查看（{tokens.length + plain.length} 处）</summary>
        <ul>
          {[...tokens, ...plain]
            .sort((a, b) => a.from - b.from)
            .map((part) => (
              <li key={`${part.from}-${part.to}`}>
                <Place section={section} part={part} />
              </li>
            ))}
        </ul>
      </details>
      {proposals.length > 0 && (
        <Button small onClick={accept}>
          按建议改 {proposals.length} 处：{shortList(proposals)}
        </Button>
      )}
    </>
  );
}

type Proposed = KeptToken & { proposal: string };
const isProposed = (token: KeptToken): token is Proposed => token.proposal !== undefined;

/** Each change once: `2023年→2024年`. */
function shortList(proposals: readonly Proposed[]): string {
  const changes = new Set(proposals.map(({ text, proposal }) => `${text}→${proposal}`));
  return [...changes].join("、");
}

const LONGEST_QUOTE = 20;

function Place({ section, part }: { section: string; part: KeptToken | KeptSentence }) {
  const isToken = "kind" in part;
  return (
    <PlaceLink className={styles.finding} at={passageAddress(section, part.from, part.to)}>
      {isToken ? keptKinds[part.kind] : "整句"}：{shortened(part.text)}
      {isToken && part.proposal !== undefined && ` → ${part.proposal}`}
    </PlaceLink>
  );
}

const shortened = (text: string): string => (text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}……` : text);

/** Last year's paragraphs, each to be put behind what is written. Shown again when the draft has been compared again. */
function LastYearText({ section, lastYear }: { section: string; lastYear: FormattedReport }) {
  const { draft, kept } = useReportContext();
  const written = draft.state.report.prose[section] ?? [];
  const taken = takenOver(draft.format, lastYear, section);
  const there = new Set(written.map(keyOf));
  const add = (passage: Passage) => {
    const value = [...(draft.state.report.prose[section] ?? []), passage];
    draft.edit([{ path: `prose.${section}`, value }], "沿用上年一段", true);
  };
  return (
    <details className={styles.group}>
      <summary>{lastYear.report.year}年的原文</summary>
      <ul>
        {taken.map((passage, index) => {
          const text = passageText(kept.before(section)[index] ?? { kind: "paragraph", content: [] });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: last year's text does not change
            <li key={index}>
              <p>{text}</p>
              {there.has(keyOf(passage)) ? (
                <span className={styles.soft}>本年正文中已有这一段</span>
              ) : (
                <TextButton aria-label={`把“${shortened(text)}”加到末尾`} onClick={() => add(passage)}>
                  加到末尾
                </TextButton>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

const keyOf = ({ content }: Passage): string => JSON.stringify(content);
