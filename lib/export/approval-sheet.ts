import { type Finding, severities, severityNames } from "../checks/finding.ts";
import { type Answer, answersTo } from "../checks/reasons.ts";
import { type ComposedDocument, type PrintedCell, type TableBlock, titleOf } from "../report/compose.ts";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { moment } from "../workflow/times.ts";
import type { Action } from "../workflow/transitions.ts";
import { actionNames } from "../workflow/words.ts";

/** Somebody who did her part, on record in the system. */
export type Hand = {
  action: Action;
  userName: string;
  /** Epoch milliseconds. */
  at: number;
};

/** What an approval refers to: this version, with this content. */
export type ApprovedVersion = {
  version: number;
  /** When it was saved, epoch milliseconds. */
  savedAt: number;
  /** Digest of the report's data, in hexadecimal digits. */
  digest: string;
  hands?: readonly Hand[];
};

/** How much the sheet prints: of each text so many characters, so many findings, and how high the lines to sign on are. */
type Extent = { characters: number; findings: number; signing: number };

/** Sizes, in pt, that give the lines to sign on their height. */
const WIDE = 16;
const NARROW = 10;
/** The most first: what fits on the page first is printed. Before findings are left out, all texts are shortened alike. */
const EXTENTS: readonly Extent[] = [
  ...[600, 200].map((characters) => ({ characters, findings: 12, signing: WIDE })),
  ...[300, 200, 150, 110, 80, 60, 45, 32].map((characters) => ({ characters, findings: 12, signing: NARROW })),
  ...[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((findings) => ({ characters: 32, findings, signing: NARROW })),
];
/** Digits of the digest that are enough to tell two versions apart by eye. */
const SHOWN_DIGITS = 16;
/** Longest name of a report or an agency on the sheet, in characters. */
const LONGEST_NAME = 60;
/** Sizes of the sheet's text, in pt: 五号, and 小五 for what was found. */
const SIZE = 10.5;
const SMALL_SIZE = 9;
const FURTHER = "…（详见系统）";

/** The lines to sign on, each with what is done in the system in its place. */
const offices: readonly { name: string; action: Action }[] = [
  { name: "经办", action: "submit" },
  { name: "审核", action: "approve" },
  { name: "保密审查", action: "clear" },
  { name: "签发", action: "sign" },
];

/**
 * 审签单: one page that accompanies a report through the unit. It names the version by its digest, has room for those who
 * sign, and lists what the checks found, each warning beside the written reason that lets it stand. `fits` tells whether a
 * document is one page: what is too long for it is shortened, all texts alike, and says that the system has the rest.
 */
export function approvalSheet(
  format: Format,
  report: Report,
  findings: readonly Finding[],
  approved: ApprovedVersion,
  fits: (sheet: ComposedDocument) => boolean,
): ComposedDocument {
  const answers = answersTo(findings, report.reasons);
  const sheets = EXTENTS.map((extent) => () => sheetOf(format, report, findings, answers, approved, extent));
  const last = sheets.at(-1);
  for (const sheet of sheets) {
    const made = sheet();
    if (fits(made) || sheet === last) return made;
  }
  throw new Error("a sheet has an extent");
}

function sheetOf(
  format: Format,
  report: Report,
  findings: readonly Finding[],
  answers: readonly Answer[],
  approved: ApprovedVersion,
  extent: Extent,
): ComposedDocument {
  const name = shortened(report.organisation.name, LONGEST_NAME, "…");
  return {
    title: `${name}年度报告审签单`,
    organisation: name,
    year: report.year,
    date: new Date(approved.savedAt).toISOString().slice(0, 10),
    draft: false,
    blocks: [
      { kind: "title", at: "title", lines: [name, "年度报告审签单"] },
      particulars(format, report, approved),
      signatures(extent.signing, approved.hands ?? []),
      findingsTable(findings, answers, extent),
      { kind: "note", at: "note", text: "（本单供内部审签，不随报告公布）" },
    ],
  };
}

function particulars(format: Format, report: Report, { version, savedAt, digest }: ApprovedVersion): TableBlock {
  const pair = (name: string, value: string) => [label(name), text(value)];
  const title = shortened(titleOf(format, report).replaceAll("\n", ""), LONGEST_NAME, "…");
  return {
    kind: "table",
    at: "particulars",
    caption: "报告",
    widths: [26, 52, 26, 52],
    size: SIZE,
    headRows: 0,
    rows: [
      { cells: [label("报告名称"), text(title, 3)] },
      { cells: [...pair("统计年度", `${report.year}年`), ...pair("格式依据", format.notice)] },
      {
        cells: [
          ...pair("版本", `第${version}版，${moment.format(savedAt)}`),
          ...pair("内容校验值", digest.slice(0, SHOWN_DIGITS)),
        ],
      },
    ],
  };
}

/** For each office an opinion, the name, the day: as it is on record, or with room to write by hand. */
const signatures = (size: number, hands: readonly Hand[]): TableBlock => ({
  kind: "table",
  at: "signatures",
  caption: "审签",
  widths: [20, 64, 16, 56],
  size,
  headRows: 0,
  rows: offices.flatMap(({ name, action }) => {
    const hand = hands.find((candidate) => candidate.action === action);
    const opinion = hand ? `意见：${actionNames[action]}（系统记录）` : "意见：";
    return [
      { cells: [tall(label(name)), tall(text(opinion)), label("签名"), text(hand?.userName ?? "")] },
      { cells: [label("日期"), middle(hand ? moment.format(hand.at) : "　　年　　月　　日")] },
    ];
  }),
});

function findingsTable(
  findings: readonly Finding[],
  answers: readonly Answer[],
  { findings: most, characters }: Extent,
): TableBlock {
  const printed = findings.slice(0, most);
  const head = { cells: ["级别", "问题", "处理说明"].map(heading) };
  const rows = printed.map((finding) => ({
    cells: [
      label(severityNames[finding.severity]),
      text(shortened(finding.message, characters, FURTHER)),
      text(shortened(handling(answers.find((answer) => answer.finding === finding)), characters, FURTHER)),
    ],
  }));
  return {
    kind: "table",
    at: "findings",
    caption: "检查结果",
    widths: [14, 70, 72],
    size: SMALL_SIZE,
    headRows: 0,
    rows: [
      { cells: [text(summary(findings, answers, printed.length), 3)] },
      ...(printed.length > 0 ? [head, ...rows] : []),
    ],
  };
}

function summary(findings: readonly Finding[], answers: readonly Answer[], printed: number): string {
  if (findings.length === 0) return "系统检查：没有发现问题。";
  const answered = answers.filter(({ state }) => state === "given").length;
  const counts = severities.map((id) => {
    const count = findings.filter(({ severity }) => severity === id).length;
    return `${severityNames[id]}${count}项${id === "warning" && count > 0 ? `（已说明${answered}项）` : ""}`;
  });
  const left = findings.length - printed;
  const listed = printed > 0 ? `下表列出前${printed}项，其余${left}项详见系统。` : "具体问题详见系统。";
  return `系统检查：${counts.join("，")}。${left > 0 ? listed : ""}`;
}

/** What was done about a finding. Blank where it is to be written by hand. */
function handling(answer: Answer | undefined): string {
  if (answer?.state === "given") return answer.reason.text.replace(/\s+/g, " ").trim();
  return answer?.state === "lapsed" ? "（情况已变化，待重新说明）" : "";
}

function shortened(content: string, most: number, mark: string): string {
  const characters = [...content];
  return characters.length <= most ? content : `${characters.slice(0, most).join("")}${mark}`;
}

const label = (name: string): PrintedCell => ({
  role: "rowHeading",
  text: name,
  rowSpan: 1,
  colSpan: 1,
  align: "center",
});
const heading = (name: string): PrintedCell => ({ ...label(name), role: "columnHeading" });
const text = (content: string, colSpan = 1): PrintedCell => ({
  role: "entry",
  text: content,
  rowSpan: 1,
  colSpan,
  align: "left",
});
const tall = (cell: PrintedCell): PrintedCell => ({ ...cell, rowSpan: 2 });
const middle = (content: string): PrintedCell => ({ ...text(content), align: "center" });
