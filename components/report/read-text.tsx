"use client";

import { memo, useEffect, useMemo, useRef } from "react";
import { leadInLength, passageText, plainText, splitInlines } from "@/lib/report/prose.ts";
import type { PrintedInline, PrintedPassage } from "@/lib/report/report.ts";
import { LONGEST_QUOTE, quoteRange } from "@/lib/workflow/remarks.ts";
import { offerSelection } from "./focus.ts";
import { Inlines } from "./passages-preview.tsx";
import styles from "./prose-form.module.css";
import type { ProseSection } from "./prose-form.tsx";
import { useReportContext } from "./report-provider.tsx";
import { usePrintedProse } from "./use-report.ts";

type Range = { from: number; to: number };

/** A section of text as it is read by whoever may not change it: words can be selected, to remark on them. */
export function ReadText({ section }: { section: ProseSection }) {
  const { remarks, target } = useReportContext();
  const passages = usePrintedProse(section.id);
  const box = useRef<HTMLDivElement>(null);
  const marked = useMemo(() => {
    const text = plainText(passages);
    return remarks.flatMap(({ place, quote, settled }) => {
      const range = place === section.id && quote !== undefined && !settled ? quoteRange(text, quote) : undefined;
      return range ? [range] : [];
    });
  }, [remarks, passages, section]);

  useEffect(() => offerSelection(section.id, (range) => selectText(box.current, range)), [section]);
  useEffect(() => {
    const watch = () => {
      const selection = document.getSelection();
      const isHere = selection?.anchorNode && box.current?.contains(selection.anchorNode);
      if (!isHere) return;
      const quote = quoted(selection.toString());
      target.set(quote === "" ? { place: section.id } : { place: section.id, quote });
    };
    document.addEventListener("selectionchange", watch);
    return () => document.removeEventListener("selectionchange", watch);
  }, [section, target]);

  let from = 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: links of findings and remarks lead here
    <section className={styles.read} ref={box} id={section.id} tabIndex={0} aria-label={section.heading}>
      {passages.length === 0 && <p className={styles.hint}>还没有内容。</p>}
      {passages.map((passage) => {
        const start = from;
        const length = passageText(passage).length;
        from += length + 1;
        const ranges = marked
          .map((range) => ({ from: Math.max(range.from - start, 0), to: Math.min(range.to - start, length) }))
          .filter((range) => range.from < range.to);
        return <ReadPassage key={start} passage={passage} ranges={ranges} />;
      })}
    </section>
  );
}

/** The words as they stand in the plain text: a paragraph a line. */
const quoted = (selected: string): string =>
  selected
    .trim()
    .replace(/\s*\n\s*/g, "\n")
    .slice(0, LONGEST_QUOTE);

const ReadPassage = memo(function ReadPassage({ passage, ranges }: { passage: PrintedPassage; ranges: Range[] }) {
  const lead = leadInLength(passage);
  const length = passageText(passage).length;
  const edges = [0, lead, length, ...ranges.flatMap(({ from, to }) => [from, to])];
  const cuts = [...new Set(edges)].sort((a, b) => a - b);
  return (
    <p className={styles[passage.kind]}>
      {cuts.slice(0, -1).map((from, index) => {
        const to = cuts[index + 1] ?? length;
        const isMarked = ranges.some((range) => range.from <= from && to <= range.to);
        const classes = [to <= lead && styles.lead, isMarked && styles.remarked].filter(Boolean).join(" ");
        return (
          <span key={from} className={classes || undefined} data-remarked={isMarked || undefined}>
            <Inlines of={between(passage.content, from, to)} />
          </span>
        );
      })}
    </p>
  );
});

const between = (content: readonly PrintedInline[], from: number, to: number): readonly PrintedInline[] =>
  splitInlines(splitInlines(content, to)[0], from)[1];

/** Selects characters of the plain text in the page, and brings them into sight. */
function selectText(box: HTMLElement | null, range: Range | undefined): void {
  if (!box) return;
  box.focus({ preventScroll: true });
  const spots = range && [spotAt(box, range.from), spotAt(box, range.to)];
  const [start, end] = spots ?? [];
  if (!start || !end) {
    box.scrollIntoView({ block: "start" });
    return;
  }
  document.getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  start.node.parentElement?.scrollIntoView({ block: "center" });
}

/** Where a character of the plain text is in the page: paragraphs are parted by one character. */
function spotAt(box: HTMLElement, offset: number): { node: Text; offset: number } | undefined {
  let rest = offset;
  let last: { node: Text; offset: number } | undefined;
  for (const paragraph of box.querySelectorAll("p")) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      if (rest <= node.data.length) return { node, offset: rest };
      rest -= node.data.length;
      last = { node, offset: node.data.length };
    }
    rest -= 1;
    if (rest < 0) return last;
  }
  return last;
}
