import { memo } from "react";
import { leadInLength, splitInlines } from "@/lib/report/prose.ts";
import type { PrintedInline, PrintedPassage } from "@/lib/report/report.ts";
import styles from "./prose-form.module.css";

type PassagesPreviewProps = {
  passages: readonly PrintedPassage[];
  /** What is shown, above it. */
  label?: string;
};

/** The text as it will be structured in print. */
export const PassagesPreview = memo(function PassagesPreview({ passages, label = "排版效果" }: PassagesPreviewProps) {
  return (
    <section className={styles.preview} aria-label={label}>
      <p className={styles.previewLabel}>{label}</p>
      {passages.length === 0 && <p className={styles.hint}>还没有内容。</p>}
      {passages.map((passage, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: passages have no identity beyond their place
        <PassageView key={index} passage={passage} />
      ))}
    </section>
  );
});

const PassageView = memo(function PassageView({ passage }: { passage: PrintedPassage }) {
  const [lead, rest] = splitInlines(passage.content, leadInLength(passage));
  return (
    <p className={styles[passage.kind]}>
      {lead.length > 0 && (
        <span className={styles.lead}>
          <Inlines of={lead} />
        </span>
      )}
      <Inlines of={rest} />
    </p>
  );
});

export const Inlines = ({ of }: { of: readonly PrintedInline[] }) =>
  of.map((inline, index) =>
    inline.bold ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: stretches of text have no identity beyond their place
      <strong key={index}>{inline.text}</strong>
    ) : (
      inline.text
    ),
  );
