"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { lockAt } from "@/lib/checks/opening.ts";
import { stepName } from "@/lib/checks/place-names.ts";
import type { Edit } from "@/lib/report/edits.ts";
import { type Band, cellName, labelPath, leaves, type Table, tellingColumns } from "@/lib/report/format.ts";
import { clipsOf } from "@/lib/sheet/clipboard.ts";
import type { Surplus } from "@/lib/sheet/layout.ts";
import { type Landing, type PasteChoices, type PastePlan, type PasteProblem, planPaste } from "@/lib/sheet/paste.ts";
import type { Spot } from "./cell-moves.ts";
import { markupOf } from "./clipboard.ts";
import styles from "./paste-dialog.module.css";
import { useReportContext } from "./report-provider.tsx";

/** What came from the clipboard, and the cell that was in focus. */
export type Pasted = { html: string; text: string; at: Spot | undefined };

type PasteDialogProps = {
  table: Table;
  pasted: Pasted;
  /** Told the changes to make, none when the paste was given up, and what was done as a finished sentence. */
  onEnd: (edits: readonly Edit[], said: string) => void;
};

/** Shows what of a copied rectangle would land where, before anything is changed. */
export default function PasteDialog({ table, pasted, onEnd }: PasteDialogProps) {
  const { draft, openings } = useReportContext();
  const { format } = draft;
  const [choices, setChoices] = useState<PasteChoices>({ blanks: "keep", signs: "refuse" });
  // What is shown is what is done: the report does not move on below an open dialog.
  const [report] = useState(draft.state.report);
  const clips = useMemo(() => clipsOf(pasted.html ? markupOf(pasted.html) : undefined, pasted.text), [pasted]);
  const isLocked = (row: string, column: string) =>
    lockAt(openings, `tables.${table.id}.${row}.${column}`, report.reasons) !== undefined;
  const planWith = (chosen: PasteChoices) =>
    planPaste({ format, table, report, at: pasted.at, isLocked }, clips, chosen);
  const plan = planWith(choices);
  const asCopied = planWith({ blanks: "keep", signs: "refuse" });
  const dialog = useRef<HTMLDialogElement>(null);
  const edits = useRef<readonly Edit[]>([]);
  useEffect(() => {
    // Else the dialog gives the focus back when it closes, and Chromium leaves the field without a caret.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("footer button:not(:disabled)")?.focus();
  }, []);

  const changes = plan?.edits.length ?? 0;
  const refused = plan?.landings.filter(({ kind }) => kind === "refused").length ?? 0;
  const left = refused + (plan?.surplus.length ?? 0);
  const apply = () => {
    edits.current = plan?.edits ?? [];
    dialog.current?.close();
  };
  const close = () =>
    onEnd(edits.current, `已粘贴 ${changes} 格${left > 0 ? `，另有 ${left} 处没有粘贴` : ""}，可以一次撤销。`);

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="paste-heading" onClose={close}>
      <header className={styles.header}>
        <h2 id="paste-heading">粘贴预览</h2>
        <p>{plan ? describe(table, plan, pasted.at) : NOTHING}</p>
        {plan && <OtherTables plan={plan} />}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={styles.body} tabIndex={0} aria-label="粘贴的内容">
        {plan && plan.surplus.length > 0 && <SurplusList surplus={plan.surplus} />}
        {plan && table.bands.map((band) => <BandPreview key={bandKey(band)} band={band} plan={plan} />)}
      </section>
      <footer className={styles.footer}>
        {asCopied && <Choices plan={asCopied} choices={choices} onChoose={setChoices} />}
        <div className={styles.buttons}>
          <Button primary small disabled={changes === 0} onClick={apply}>
            {changes === 0 ? "没有要改的格" : `粘贴，改 ${changes} 格`}
          </Button>
          <Button small onClick={() => dialog.current?.close()}>
            取消
          </Button>
        </div>
      </footer>
    </dialog>
  );
}

const NOTHING =
  "没有读出可以粘贴的数字。请在 Excel、WPS、网页或旧报告里选中表格再复制，然后点选本表的一个格子，按 Ctrl+V。";

function describe(table: Table, { matched, landings, surplus }: PastePlan, at: Spot | undefined): string {
  const count = (kind: Landing["kind"]) => landings.filter((landing) => landing.kind === kind).length;
  const entered = landings.filter((landing) => landing.kind === "entered");
  const changed = entered.filter((landing) => landing.kind === "entered" && landing.after !== landing.before).length;
  const apart = landings.filter((landing) => landing.kind === "compared" && !landing.agrees).length;
  const parts = [
    `要改 ${changed} 格`,
    ...(entered.length > changed ? [`与现有数字相同 ${entered.length - changed} 格`] : []),
    ...(count("kept") > 0 ? [`空白、不动 ${count("kept")} 格`] : []),
    ...(count("refused") > 0 ? [`有问题、不粘贴 ${count("refused")} 格`] : []),
    ...(surplus.length > 0 ? [`没有位置、不粘贴 ${surplus.length} 处`] : []),
    ...(count("compared") > 0
      ? [`合计核对 ${count("compared")} 格${apart > 0 ? `，其中 ${apart} 格不符` : "，都相符"}`]
      : []),
  ];
  const how =
    matched === "labels" || !at ? "按表中的行名、栏名对应" : `从“${cellName(table, at.row, at.column)}”起按位置对应`;
  return `${how}：${parts.join("；")}。`;
}

function OtherTables({ plan }: { plan: PastePlan }) {
  const { draft } = useReportContext();
  if (plan.otherTables.length === 0) return null;
  const names = plan.otherTables.map((id) => `“${stepName(draft.format, id)}”`).join("、");
  const isAll = plan.landings.length === 0;
  return (
    <Notice error={isAll}>
      {isAll ? `剪贴板里是${names}的表，不是本表的。` : `剪贴板里还有${names}的表。`}请到那一步再粘贴一次。
    </Notice>
  );
}

const reasons: Readonly<Record<Surplus["why"], string>> = {
  beyond: "超出表格",
  heading: "落在栏目名上",
  noRow: "本表没有这一行",
  noColumn: "本表没有这一栏",
  twice: "这一行前面已经有了",
};

function SurplusList({ surplus }: { surplus: readonly Surplus[] }) {
  return (
    <Notice error>
      <p>下面 {surplus.length} 处没有位置，不会粘贴：</p>
      <ul className={styles.surplus}>
        {surplus.map(({ text, why }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same text may be left over twice, and the list never changes its order
          <li key={index}>
            “{text}”：{reasons[why]}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const bandKey = (band: Band): string =>
  leaves(band.rows)
    .map(({ id }) => id)
    .join();

/** The rows and columns of a band that something lands on. */
function BandPreview({ band, plan }: { band: Band; plan: PastePlan }) {
  const byCell = new Map(plan.landings.map((landing) => [`${landing.row.id}.${landing.column.id}`, landing]));
  const has = (row: string, column: string) => byCell.has(`${row}.${column}`);
  const rows = leaves(band.rows).filter((row) => leaves(band.columns).some((column) => has(row.id, column.id)));
  const columns = leaves(band.columns).filter((column) => rows.some((row) => has(row.id, column.id)));
  if (rows.length === 0) return null;
  const isLabelled = rows.some(({ label }) => label !== "");
  return (
    <table className={styles.preview}>
      <caption>{band.title ?? "落到哪里：原来的数 → 粘贴后的数"}</caption>
      <thead>
        <tr>
          {isLabelled && <td />}
          {columns.map((column) => (
            <th key={column.id} scope="col">
              {labelPath(tellingColumns(band), column.id).slice(-2).join("—")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {isLabelled && <th scope="row">{row.label}</th>}
            {columns.map((column) => {
              const landing = byCell.get(`${row.id}.${column.id}`);
              return <LandingCell key={column.id} landing={landing} />;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LandingCell({ landing }: { landing: Landing | undefined }): ReactNode {
  if (!landing) return <td />;
  const before = shown(landing.before);
  switch (landing.kind) {
    case "kept":
      return <td className={styles.kept}>{landing.row.sum || landing.column.sum ? "" : `${before} 不动`}</td>;
    case "refused":
      return (
        <td className={styles.refused} data-landing="refused">
          <strong>✕ “{landing.pasted}”</strong>
          <small>{problems[landing.problem]}</small>
        </td>
      );
    case "compared":
      return landing.agrees ? (
        <td className={styles.kept}>合计 {landing.pasted} 相符</td>
      ) : (
        <td className={styles.apart} data-landing="apart">
          <strong>！ 合计 {landing.pasted}</strong>
          <small>算得 {shown(landing.computed)}，不符</small>
        </td>
      );
    case "entered":
      return landing.after === landing.before ? (
        <td className={styles.kept}>{before} 相同</td>
      ) : (
        <td className={styles.changed} data-landing="changed">
          {before} → <strong>{shown(landing.after)}</strong>
          {landing.yuan && (
            <small>
              {landing.yuan} 元 = {landing.after} 万元
            </small>
          )}
        </td>
      );
  }
}

const shown = (entry: Landing["before"]): string => (entry === null ? "空" : String(entry));

const problems: Readonly<Record<PasteProblem, string>> = {
  slash: "不能用符号代替数字，没有发生的填 0",
  signed: "不能带正负号",
  fraction: "应为整数",
  tooLarge: "数字太大",
  notANumber: "不是数字",
  parted: "一格里有几个数字",
  long: "文字太长",
  locked: "按上年报告锁定",
};

type ChoicesProps = { plan: PastePlan; choices: PasteChoices; onChoose: (choices: PasteChoices) => void };

/** What is asked only where it makes a difference. */
function Choices({ plan, choices, onChoose }: ChoicesProps) {
  const hasBlanks = plan.landings.some(({ kind, row, column }) => kind === "kept" && !row.sum && !column.sum);
  const hasSigns = plan.landings.some((landing) => landing.kind === "refused" && landing.problem === "slash");
  return (
    <>
      {hasBlanks && (
        <Choice
          legend="空白的格子"
          name="blanks"
          value={choices.blanks}
          options={{ keep: "不动", clear: "清空", zero: "填 0" }}
          onChoose={(blanks) => onChoose({ ...choices, blanks })}
        />
      )}
      {hasSigns && (
        <Choice
          legend="“-”“/”“无”等符号"
          name="signs"
          value={choices.signs}
          options={{ refuse: "不粘贴", zero: "填 0" }}
          onChoose={(signs) => onChoose({ ...choices, signs })}
        />
      )}
    </>
  );
}

type ChoiceProps<Value extends string> = {
  legend: string;
  name: string;
  value: Value;
  options: Readonly<Record<Value, string>>;
  onChoose: (value: Value) => void;
};

function Choice<Value extends string>({ legend, name, value, options, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      {(Object.keys(options) as Value[]).map((option) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === value} onChange={() => onChoose(option)} />
          {options[option]}
        </label>
      ))}
    </fieldset>
  );
}
