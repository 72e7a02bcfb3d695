"use client";

import { useMemo } from "react";
import { Button } from "@/components/ui/button.tsx";
import { severityNames } from "@/lib/checks/finding.ts";
import { chipName, chipText, UNFILLED } from "@/lib/report/chips.ts";
import { keptKinds } from "../last-year/words.ts";
import { useReportContext } from "../report-provider.tsx";
import { useReport } from "../use-report.ts";
import { chipChoices } from "./chip-choices.ts";
import type { PlacedNumber } from "./commands.ts";
import type { TextEditor } from "./editor.ts";
import type { PlacedKept } from "./kept-marks.ts";
import styles from "./text.module.css";
import { useCaret } from "./use-caret.ts";

type NotesProps = { editor: TextEditor; onShowCell: (figure: string) => void };

/** What there is to say about the place of the caret: what a check found there, or which figure a chip stands for. */
export function CaretNotes({ editor, onShowCell }: NotesProps) {
  const { chip, number, findings, kept } = useCaret(editor);
  return (
    <div className={styles.notes} role="status" aria-label="光标处的说明">
      {chip !== undefined && <ChipNote editor={editor} figure={chip} onShowCell={onShowCell} />}
      {number && <NumberNote editor={editor} number={number} />}
      {findings.map((placed) => {
        const { severity, code, message, advice, fix } = placed.finding;
        return (
          <div key={`${code} ${placed.from}`} className={styles.note} data-severity={severity}>
            <p>
              <strong>{severityNames[severity]}：</strong>
              {message}
              {advice}
            </p>
            {fix && editor.canFix({ ...placed, text: fix.text }) && (
              <Button small onClick={() => editor.fix({ ...placed, text: fix.text })}>
                {fix.text === "" ? "按建议删去" : `改为“${fix.text}”`}
              </Button>
            )}
          </div>
        );
      })}
      {kept && <KeptNote editor={editor} kept={kept} />}
    </div>
  );
}

/** That the words under the caret are last year's, and what may take their place. */
function KeptNote({ editor, kept }: { editor: TextEditor; kept: PlacedKept }) {
  const { kind, text, proposal, from, to } = kept;
  if (!kind) {
    return (
      <div className={styles.note} data-severity="hint">
        <p>
          <strong>沿用上年：</strong>这句话与上年报告一字不差，请核对今年是否仍然属实；改动以后标记消失。
        </p>
      </div>
    );
  }
  const offer = proposal === undefined ? undefined : { from, to, text: proposal };
  return (
    <div className={styles.note} data-severity="hint">
      <p>
        <strong>沿用上年：</strong>
        {keptKinds[kind]}“{text}”与上年报告相同，请核对。
      </p>
      {offer && editor.canFix(offer) && (
        <Button small onClick={() => editor.fix(offer)}>
          改为“{proposal}”
        </Button>
      )}
    </div>
  );
}

function ChipNote({ editor, figure, onShowCell }: NotesProps & { figure: string }) {
  const { format } = useReportContext().draft;
  const text = useReport(({ tables }) => chipText(format, tables, figure));
  return (
    <div className={styles.note}>
      <p>
        <strong>表中数字：</strong>
        {chipName(format, figure)}
        {text === UNFILLED ? "，表中还没有填写" : `，现为 ${text}，随统计表自动更新`}
      </p>
      <Button small onClick={() => onShowCell(figure)}>
        到表中查看
      </Button>
      <Button small disabled={text === UNFILLED} onClick={editor.detachChip}>
        改为普通文字
      </Button>
    </div>
  );
}

const MOST_OFFERED = 3;

/** Figures of the tables that a typed number is the same as, to put one in its place. */
function NumberNote({ editor, number }: { editor: TextEditor; number: PlacedNumber }) {
  const { format } = useReportContext().draft;
  const tables = useReport((report) => report.tables);
  const same = useMemo(
    () => chipChoices(format, tables, []).filter(({ value }) => value !== null && String(value) === number.text),
    [format, tables, number.text],
  );
  if (same.length === 0) return null;
  return (
    <div className={styles.note}>
      <p>
        <strong>{number.text}</strong> 与表中数字相同，可以改为引用，以后随统计表自动更新：
      </p>
      {same.slice(0, MOST_OFFERED).map(({ figure, name }) => (
        <Button key={figure} small onClick={() => editor.attachChip(number, figure)}>
          引用“{name}”
        </Button>
      ))}
    </div>
  );
}
