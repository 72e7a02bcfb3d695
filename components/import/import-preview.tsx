"use client";

import { PassagesPreview } from "@/components/report/passages-preview.tsx";
import { TextButton } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { parsePlace } from "@/lib/checks/finding.ts";
import { printedProse } from "@/lib/report/chips.ts";
import { openingOf, signatureOf, titleOf } from "@/lib/report/compose.ts";
import { cellName, type Format, type Section, tableOf } from "@/lib/report/format.ts";
import type { Report } from "@/lib/report/report.ts";
import type { CellRead } from "@/lib/sheet/cell-read.ts";
import { type Corrections, cellsToLookAt } from "./corrections.ts";
import styles from "./import-preview.module.css";
import { PreviewTable, previewCell } from "./preview-table.tsx";
import { kindNames, type Reading } from "./reading.ts";

type ImportPreviewProps = {
  /** Name of the file. */
  name: string;
  reading: Reading;
  /** What was read, with the corrections made. */
  report: Report;
  corrections: Corrections;
  onCorrect: (at: string, typed: string) => void;
  /** The agency that works here: a file of another one is pointed out. */
  agency: string;
};

/** What was read from a file, cell by cell and text by text, to be compared and corrected before anything is done with it. */
export function ImportPreview({ name, reading, report, corrections, onCorrect, agency }: ImportPreviewProps) {
  const { format, cells, kind, notes } = reading;
  const { doubtful, blank } = cellsToLookAt(reading, corrections);
  const readAt = new Map(cells.map((cell) => [cell.at, cell]));
  return (
    <section className={styles.preview} aria-labelledby="import-preview">
      <h2 id="import-preview" tabIndex={-1}>
        读到的内容：{report.year}年度报告
      </h2>
      <p className={styles.soft}>
        “{name}”（{kindNames[kind]}），{report.organisation.name}，格式：{format.notice}
        。请对照原件核对，数字可以在下面的表里直接改；确认以前，什么都不会写入。
      </p>
      {report.organisation.name !== agency && (
        <Notice error>
          文件的编制机关是“{report.organisation.name}”，本单位是“{agency}”。请确认没有拿错文件。
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice>
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
      <p className={styles.summary} role="status">
        {summaryOf(doubtful.length, blank.length)}
      </p>
      {doubtful.length > 0 && (
        <CellList format={format} name="拿不准的格" cells={doubtful} onLetStand={(at, entry) => onCorrect(at, entry)} />
      )}
      {blank.length > 0 && <CellList format={format} name="没有读到、留空的格" cells={blank} />}
      {format.sections.map((section) => (
        <SectionPreview
          key={section.id}
          format={format}
          section={section}
          report={report}
          readAt={readAt}
          corrections={corrections}
          onCorrect={onCorrect}
        />
      ))}
      <Ends format={format} report={report} />
    </section>
  );
}

function summaryOf(doubtful: number, blank: number): string {
  if (doubtful === 0 && blank === 0) return "表格的每一格都读到了，没有拿不准的。";
  const parts = [doubtful > 0 && `${doubtful} 格拿不准`, blank > 0 && `${blank} 格没有读到`].filter(Boolean);
  return `还有 ${parts.join("，")}，请对照原件核对。`;
}

type CellListProps = {
  format: Format;
  name: string;
  cells: readonly CellRead[];
  /** Told that what was read is right. */
  onLetStand?: (at: string, entry: string) => void;
};

/** More than this are folded: the tables show them, too. */
const MOST_OPEN = 12;

function CellList({ format, name, cells, onLetStand }: CellListProps) {
  return (
    <details className={styles.cells} open={cells.length <= MOST_OPEN}>
      <summary>
        {name}（{cells.length}）
      </summary>
      <ul>
        {cells.map(({ at, entry, doubt }) => (
          <li key={at}>
            <a href={`#${previewCell(at)}`}>{nameOfCell(format, at)}</a>
            {doubt ? `：${doubt}` : ""}
            {onLetStand && entry !== null && (
              <TextButton onClick={() => onLetStand(at, String(entry))}>核对过，{entry} 没错</TextButton>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function nameOfCell(format: Format, at: string): string {
  const place = parsePlace(at);
  const table = place.kind === "cell" && format.tables.find(({ id }) => id === place.table);
  return table ? cellName(table, place.row, place.column) || at : at;
}

type SectionPreviewProps = {
  format: Format;
  section: Section;
  report: Report;
  readAt: ReadonlyMap<string, CellRead>;
  corrections: Corrections;
  onCorrect: (at: string, typed: string) => void;
};

function SectionPreview({ format, section, report, readAt, corrections, onCorrect }: SectionPreviewProps) {
  return (
    <section className={styles.section} aria-labelledby={`import-${section.id}`}>
      <h3 id={`import-${section.id}`}>{section.heading}</h3>
      {section.kind === "prose" ? (
        <PassagesPreview label="读到的文字" passages={printedProse(format, report, section.id)} />
      ) : (
        <PreviewTable
          table={tableOf(format, section.id)}
          heading={section.heading}
          report={report}
          readAt={readAt}
          corrections={corrections}
          onCorrect={onCorrect}
        />
      )}
    </section>
  );
}

function Ends({ format, report }: { format: Format; report: Report }) {
  const { organisation, date } = signatureOf(report);
  const ends = [
    { name: "标题", text: titleOf(format, report) },
    { name: "开头", text: openingOf(format, report) },
    { name: "落款", text: [organisation, date].filter(Boolean).join("，") },
  ];
  return (
    <dl className={styles.ends}>
      {ends.map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text || "没有读到"}</dd>
        </div>
      ))}
    </dl>
  );
}
