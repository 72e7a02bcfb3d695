"use client";

import { TextButton } from "@/components/ui/button.tsx";
import { isLocked, type Opening, openingChanges, openingReason } from "@/lib/checks/opening.ts";
import { reasonPath } from "@/lib/report/reasons.ts";
import { ReasonNote } from "../reason-note.tsx";
import { useReportContext } from "../report-provider.tsx";
import { useReport } from "../use-report.ts";
import styles from "./opening-note.module.css";

type OpeningNoteProps = {
  opening: Opening;
  /** Told what was done, as a finished sentence. */
  onDone: (done: string) => void;
};

/** Says that a row opens with last year's figures, lets her write why it should not, and leads back to them. */
export function OpeningNote({ opening, onDone }: OpeningNoteProps) {
  const { draft, ready, editable } = useReportContext();
  const reasons = useReport((report) => report.reasons);
  const apart = useReport((report) => openingChanges(opening, report).length);
  const locked = isLocked(opening, reasons);
  const { lastYear, closing, key } = opening;
  const source = `${lastYear}年度报告“${closing}”`;

  const restore = () => {
    const changes = openingChanges(opening, draft.state.report);
    draft.edit([{ path: reasonPath(key), value: null }, ...changes], "上年结转按上年报告填");
    onDone(`上年结转 ${changes.length} 格已按${source}填好并锁定。`);
  };

  return (
    <section className={styles.note} aria-label="上年结转" data-locked={locked}>
      <p>
        {wordsOf(locked, apart, source)}
        {editable && apart > 0 && (
          <TextButton disabled={!ready} onClick={restore}>
            按上年报告填好
          </TextButton>
        )}
      </p>
      <ReasonNote answer={openingReason(opening, reasons)} ask="确有出入，写明理由后修改" />
    </section>
  );
}

function wordsOf(locked: boolean, apart: number, source: string): string {
  if (apart === 0) return locked ? `上年结转已按${source}填好并锁定。` : `上年结转与${source}一致，可以修改。`;
  return `上年结转有 ${apart} 格与${source}不一致${locked ? "，现在锁定" : "，理由见下"}。`;
}
