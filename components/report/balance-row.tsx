"use client";

import { type CSSProperties, useState, useSyncExternalStore } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { balancingChanges, type Candidate } from "@/lib/checks/candidates.ts";
import { cellAddress } from "@/lib/checks/finding.ts";
import { type Balance, type Line, leaves, type Table } from "@/lib/report/format.ts";
import { grid } from "@/lib/report/grid.ts";
import type { Report, Rows } from "@/lib/report/report.ts";
import { figure as figureAt } from "@/lib/report/totals.ts";
import { fitLength } from "./fit-length.ts";
import { useReportContext } from "./report-provider.tsx";
import styles from "./table-form.module.css";
import { useMeasure } from "./use-measure.ts";
import { useReport, useRestedReport } from "./use-report.ts";

type BalanceRowProps = {
  table: Table;
  balance: Balance;
  /** Told what was changed, as a finished sentence. */
  onDone: (done: string) => void;
};

/** 勾稽: under every column, what stands on either side, how far the sides are apart, and what would settle it. */
export function BalanceRow({ table, balance, onDone }: BalanceRowProps) {
  const columns = leaves(table.bands[0]?.columns ?? []);
  const height = useMeasure("--foot", "height");
  const [chosen, setChosen] = useState<string>();
  const [isClosed, setIsClosed] = useState(false);
  const uneven = useUneven(table, balance);
  const rested = useRestedReport((report) => report.tables);
  const shown = uneven.find(({ id }) => id === chosen) ?? uneven[0];
  const namesOf = (rows: readonly string[]) => rows.map((row) => balance.names[row]).join("＋");
  const choose = (column: string) => {
    setIsClosed(column === shown?.id && !isClosed);
    setChosen(column);
  };
  return (
    <>
      {shown && rested && !isClosed && (
        <Candidates
          key={shown.id}
          tables={rested}
          table={table}
          balance={balance}
          column={shown}
          onDone={onDone}
          onClose={() => setIsClosed(true)}
        />
      )}
      <tr ref={height}>
        <th className={styles.balanceHead} scope="row" colSpan={grid(table).columns - columns.length}>
          勾稽关系
          <small>左：{namesOf(balance.left)}</small>
          <small>右：{namesOf(balance.right)}</small>
        </th>
        {columns.map((column) => (
          <BalanceCell
            key={column.id}
            table={table}
            balance={balance}
            column={column}
            isShown={column === shown && !isClosed}
            onChoose={uneven.includes(column) ? choose : undefined}
          />
        ))}
      </tr>
    </>
  );
}

/** The columns to fill in that the checks find out of balance: not those that only lack figures still. */
function useUneven(table: Table, balance: Balance): Line[] {
  const { findings, editable } = useReportContext();
  const [first = ""] = balance.left;
  const columns = leaves(table.bands[0]?.columns ?? []);
  const isUneven = ({ id, sum }: Line) =>
    !sum && findings.at(cellAddress(table.id, first, id)).some(({ code }) => code === "B01");
  const snapshot = () => columns.map(isUneven).join();
  const uneven = useSyncExternalStore(findings.subscribe, snapshot, snapshot).split(",");
  return editable ? columns.filter((_, index) => uneven[index] === "true") : [];
}

type CandidatesProps = {
  /** The figures as they last rested. */
  tables: Report["tables"];
  table: Table;
  balance: Balance;
  column: Line;
  onDone: (done: string) => void;
  onClose: () => void;
};

/** Ways that are shown at once: more of them would lie over the figures. */
const FEW = 2;

/**
 * The few changes that would settle a column, each made by one button and taken back as one step. They wait until a figure
 * is typed to its end: what its first digits would need helps nobody.
 */
function Candidates({ tables, table, balance, column, onDone, onClose }: CandidatesProps) {
  const { draft } = useReportContext();
  const [isWhole, setIsWhole] = useState(false);
  const changesIn = (figures: Report["tables"]) =>
    balancingChanges(draft.format, { tables: figures }, balance, column.id).filter(
      ({ edits }) => draft.admitted(edits).length === edits.length,
    );
  const changes = changesIn(tables);
  if (changes.length === 0) return null;
  const make = (offered: Candidate) => {
    // Figures may have changed since: what the button says is done, or nothing.
    const candidate = changesIn(draft.state.report.tables).find((now) => wordsOf(now) === wordsOf(offered));
    if (!candidate) return;
    draft.edit(candidate.edits, "调平勾稽");
    onDone(`“${column.label}”列：${wordsOf(candidate)}，已经改好。请核对原始台账。`);
    const { row } = candidate.cell;
    document.getElementById(cellAddress(table.id, row, column.id))?.focus();
  };
  return (
    <tr data-candidates>
      <td className={styles.candidates} colSpan={grid(table).columns}>
        <ul>
          <li>“{column.label}”列不平，只改一处就能平：</li>
          {(isWhole ? changes : changes.slice(0, FEW)).map((candidate) => (
            <li key={wayOf(candidate)}>
              <button type="button" className={styles.candidate} onClick={() => make(candidate)}>
                {wordsOf(candidate)}
              </button>
            </li>
          ))}
          {!isWhole && changes.length > FEW && (
            <li>
              <TextButton onClick={() => setIsWhole(true)}>还有 {changes.length - FEW} 种改法</TextButton>
            </li>
          )}
          <li>
            <TextButton onClick={onClose}>收起</TextButton>
          </li>
        </ul>
      </td>
    </tr>
  );
}

/** What a candidate does, whatever the numbers are: its button stays the same while these are typed. */
const wayOf = ({ kind, cell, other }: Candidate): string => `${kind} ${cell.row} ${other?.column ?? ""}`;

function wordsOf({ kind, row, before, after, other }: Candidate): string {
  const difference = Math.abs(after - before);
  switch (kind) {
    case "side":
      return `${row}改为 ${after}`;
    case "more":
      return `“${row}”可能少计 ${difference} 件，改为 ${after}`;
    case "less":
      return `“${row}”可能多计 ${difference} 件，改为 ${after}`;
    case "digits":
      return `“${row}”的 ${before} 可能写颠倒了，改为 ${after}`;
    case "neighbour":
      return after < before
        ? `“${row}”的 ${difference} 件可能填错列，移到“${other?.label}”列`
        : `“${row}”的 ${difference} 件可能错填在“${other?.label}”列，移过来`;
  }
}

type BalanceCellProps = {
  table: Table;
  balance: Balance;
  column: Line;
  isShown: boolean;
  /** Absent where there is nothing to settle. */
  onChoose: ((column: string) => void) | undefined;
};

function BalanceCell({ table, balance, column: { id: column, label }, isShown, onChoose }: BalanceCellProps) {
  const left = useReport((report) => sideOf(table, report.tables[table.id], balance.left, column));
  const right = useReport((report) => sideOf(table, report.tables[table.id], balance.right, column));
  if (left === null && right === null) return <td data-balance={column}>未填</td>;
  const difference = Math.abs((left ?? 0) - (right ?? 0));
  const length = fitLength(Math.max(left ?? 0, right ?? 0));
  const apart = `差 ${difference}`;
  return (
    <td className={difference === 0 ? styles.even : styles.uneven} style={partOf(table, column)} data-balance={column}>
      <div className={styles.fit}>
        <div className={length ? styles.longSides : styles.sides} data-length={length}>
          <span>
            <small>左</small> {left ?? 0}
          </span>{" "}
          <span>{difference === 0 ? "＝" : "≠"}</span>{" "}
          <span>
            <small>右</small> {right ?? 0}
          </span>{" "}
          <strong>
            {difference === 0 && "平"}
            {difference > 0 && !onChoose && apart}
            {difference > 0 && onChoose && (
              <button
                type="button"
                className={styles.apart}
                aria-expanded={isShown}
                aria-label={`“${label}”列${apart} 件，怎样改平`}
                onClick={() => onChoose(column)}
              >
                {apart}
              </button>
            )}
          </strong>
        </div>
      </div>
    </td>
  );
}

/** How wide the column is, as a share of the table. */
function partOf({ bands, print: { widths } }: Table, column: string): CSSProperties {
  const columns = leaves(bands[0]?.columns ?? []);
  const at = widths.length - columns.length + columns.findIndex(({ id }) => id === column);
  const part = (widths[at] ?? 0) / widths.reduce((all, width) => all + width, 0);
  return { "--part": part } as CSSProperties;
}

const none: Rows = {};

/** Sum of one side in one column; null as long as nothing at all is entered there. */
function sideOf(table: Table, rows: Rows = none, side: readonly string[], column: string): number | null {
  const figures = side.map((row) => figureAt(table, rows, row, column)).filter((figure) => figure !== null);
  return figures.length === 0 ? null : figures.reduce<number>((all, figure) => all + Number(figure), 0);
}
