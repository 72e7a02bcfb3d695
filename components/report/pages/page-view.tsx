import { memo } from "react";
import type { Page, Rule, TextRun } from "@/lib/layout/display.ts";
import type { FontSource } from "@/lib/layout/glyphs.ts";
import { familyOf } from "./page-fonts.ts";
import styles from "./pages.module.css";

type PageViewProps = { page: Page; label: string; advance: FontSource["advance"] };

/**
 * A page of the display list as a picture, in pt. Every character stands where the PDF has it, whichever font draws it.
 * For screen readers it is one picture with a name: what it shows they read in the form.
 */
export const PageView = memo(function PageView({ page, label, advance }: PageViewProps) {
  const { width, height, runs, rules } = page;
  return (
    <svg className={styles.drawing} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {[...new Set(rules.map((rule) => rule.width))].map((stroke) => (
        <path key={stroke} strokeWidth={stroke} d={pathOf(rules.filter((rule) => rule.width === stroke))} />
      ))}
      {runs.flatMap((run, index) =>
        piecesOf(run, advance).map(({ text, x }) => (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity beyond their place on the page
            key={`${index} ${x}`}
            x={x}
            y={rounded(run.y)}
            fontFamily={`${familyOf(run.font)}, serif`}
            fontSize={rounded(run.size)}
            xmlSpace="preserve"
          >
            {text}
          </text>
        )),
      )}
    </svg>
  );
});

const pathOf = (rules: readonly Rule[]): string =>
  rules.map(({ x1, y1, x2, y2 }) => `M${rounded(x1)} ${rounded(y1)}L${rounded(x2)} ${rounded(y2)}`).join("");

/**
 * Text with the place of each of its characters. Those beyond U+FFFF stand alone, because browsers differ in whether such
 * a character takes one place of the list or two.
 */
function piecesOf(
  { text, x, font, size, spacing }: TextRun,
  advance: FontSource["advance"],
): { text: string; x: string }[] {
  let at = x;
  return (text.match(PIECES) ?? []).map((piece) => {
    const places = [...piece].map((character) => {
      const place = rounded(at);
      at += (advance(font, character.codePointAt(0) ?? 0) ?? 0) * size + spacing;
      return place;
    });
    return { text: piece, x: places.join(" ") };
  });
}
const PIECES = /[\u{10000}-\u{10FFFF}]|[^\u{10000}-\u{10FFFF}]+/gu;

/** Hundredths of a pt are finer than any screen or printer. */
const rounded = (length: number): number => Math.round(length * 100) / 100;
