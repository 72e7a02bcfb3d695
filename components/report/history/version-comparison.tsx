"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Card } from "@/components/ui/page.tsx";
import { type Change, changesBetween } from "@/lib/report/history.ts";
import type { Report } from "@/lib/report/report.ts";
import { moment } from "@/lib/workflow/times.ts";
import type { Action } from "../draft/history.ts";
import { addressOf, HISTORY, PlaceLink } from "../navigation.tsx";
import { pathName, placeOfPath } from "../places.ts";
import { useReportContext } from "../report-provider.tsx";
import { useDraft, useReport } from "../use-report.ts";
import { valueInWords } from "../values.ts";
import { compareTexts } from "./compare-texts.ts";
import styles from "./history.module.css";

type ComparisonProps = { version: number; savedAt: number; report: Report };

/** A version held against the report as it stands now, typed changes included; and the way back to it, which can be undone. */
export function VersionComparison({ version, savedAt, report }: ComparisonProps) {
  const { draft, editable, productName } = useReportContext();
  const current = useReport((now) => now);
  const [restored, setRestored] = useState<Action>();
  const isRestored = useDraft((state) => restored !== undefined && state.undoable === restored);
  const changes = changesBetween(draft.format, report, current);
  const fields = changes.filter(({ before, after }) => !isText(before) && !isText(after));
  const texts = changes.filter((change) => !fields.includes(change));
  const time = moment.format(savedAt);
  useEffect(() => {
    document.title = `${time}的版本 - ${productName}`;
  }, [time, productName]);

  const restore = () => {
    const made = draft.admitted(changes.map(({ path, before }) => ({ path, value: before })));
    draft.edit(made, `恢复${time}的版本`);
    if (made.length > 0) setRestored(draft.state.undoable);
  };

  return (
    <main className={styles.page} data-version={version}>
      <h1>{time}的版本与现在对照</h1>
      <p className={styles.remark}>
        <Link href={addressOf(draft.id, HISTORY)}>回到历史版本</Link>
      </p>
      <p role="status">
        {isRestored && `已恢复，改动 ${restored?.changes.length} 处，作为新的版本保存；可以用页面上方的“撤销”收回。`}
      </p>
      {changes.length === 0 ? (
        <Notice>这个版本与现在的内容相同。</Notice>
      ) : (
        editable && (
          <p>
            <Button primary onClick={restore}>
              恢复到这个版本（改动 {changes.length} 处）
            </Button>
          </p>
        )
      )}
      {fields.length > 0 && <Fields report={report} changes={fields} />}
      {texts.map((change) => (
        <Text key={change.path} report={report} change={change} />
      ))}
    </main>
  );
}

const isText = Array.isArray;

/** Cells and single fields: what stood there, and what stands there now. */
function Fields({ report, changes }: { report: Report; changes: readonly Change[] }) {
  const { format } = useReportContext().draft;
  return (
    <Card>
      <h2>统计表和单项（{changes.length} 处）</h2>
      <div className={styles.scroller}>
        <table className={styles.changes}>
          <thead>
            <tr>
              <th scope="col">位置</th>
              <th scope="col">这个版本</th>
              <th scope="col">现在</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ path, before, after }) => (
              <tr key={path}>
                <th scope="row">
                  <PlaceLink at={placeOfPath(path)}>{pathName(format, path)}</PlaceLink>
                </th>
                <td>{valueInWords(format, report.tables, path, before) || "（空白）"}</td>
                <td>{valueInWords(format, report.tables, path, after) || "（空白）"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** A section of text, sentence by sentence. */
function Text({ report, change: { path, before, after } }: { report: Report; change: Change }) {
  const { format } = useReportContext().draft;
  const { tables } = useReport((now) => now);
  const pieces = compareTexts(
    valueInWords(format, report.tables, path, before),
    valueInWords(format, tables, path, after),
  );
  const isAlike = pieces.every(({ kind }) => kind === "same");
  let position = 0;
  return (
    <Card>
      <h2>
        <PlaceLink at={placeOfPath(path)}>{pathName(format, path)}</PlaceLink>
      </h2>
      {isAlike && <p className={styles.remark}>文字相同，标题层级、加粗或编号有改动。</p>}
      <p className={styles.text}>
        {pieces.map(({ kind, text }) => {
          const key = position++;
          return kind === "same" || text === "\n" ? text : <Marked key={key} kind={kind} text={text} />;
        })}
      </p>
    </Card>
  );
}

/** Told by a sign and by a line, not by colour alone. */
function Marked({ kind, text }: { kind: "deleted" | "inserted"; text: string }) {
  const Element = kind === "deleted" ? "del" : "ins";
  return (
    <Element>
      <span className={styles.mark}>{kind === "deleted" ? "删" : "增"}</span>
      {text}
    </Element>
  );
}
