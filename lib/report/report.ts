import type { Entry } from "./entry.ts";

/** Row id → column id → entry. Only entered cells are kept; sums are always computed. */
export type Rows = Record<string, Record<string, Entry>>;

/** A stretch of text within a passage. */
export type TextInline = { text: string; bold?: true };

/**
 * A number chip: the figure of a table's cell within the text, entered or computed (`requests.received.total`), or the sum
 * of several (`requests.received.total+requests.carriedIn.total`). Only the address is kept, so it follows the table.
 */
export type FigureInline = { figure: string; bold?: true };
export type Inline = TextInline | FigureInline;

/**
 * One paragraph of a prose section, or a sub-heading: `（一）…` is a second-level heading, `1.…` a third-level one. Items
 * that follow each other are a numbered list; their numbers are not part of their content.
 */
export type Passage = { kind: "heading2" | "heading3" | "paragraph" | "item"; content: readonly Inline[] };

/** The agency that reports, with the particulars its opening paragraph may name. */
export type Organisation = {
  /** Full official name (全称). */
  name: string;
  address?: string;
  postcode?: string;
  phone?: string;
  fax?: string;
  email?: string;
  /** Whom to ask: the office that answers questions about the report. */
  office?: string;
  siteName?: string;
  website?: string;
  /** Where it stands: some checks only concern one level. */
  level?: "national" | "provincial" | "city" | "county" | "township";
  kind?: "government" | "department";
  /** Whether the law gives it the power to make 规章; unset where nobody said. */
  canMakeRules?: boolean;
};

/** 落款. An absent part takes the format's default, an empty one is deliberately not printed. */
export type Closing = {
  signature?: string;
  /** 成文日期, `YYYY-MM-DD`. */
  date?: string;
  /** 附注, without its brackets: `此件公开发布`. */
  note?: string;
};

/**
 * 说明: why a warning may stand, in the clerk's words, and the message of the finding she wrote it about. It stays in the
 * office.
 */
export type Reason = { finding: string; text: string };

/** A report of one agency on one year, in one format. What is absent is composed from the agency's particulars. */
export type Report = {
  format: string;
  year: number;
  organisation: Organisation;
  title?: string;
  /** 统计期限, as it is printed in the opening. */
  period?: string;
  opening?: string;
  closing: Closing;
  prose: Record<string, readonly Passage[]>;
  tables: Record<string, Rows>;
  /** Working notes, by the keys of `reasons.ts`: present only where the report is worked on, never in a file. */
  reasons?: Readonly<Record<string, Reason>>;
};

/** A stretch of text as it is printed; of a chip the figure's number, with the address it came from. */
export type PrintedInline = { text: string; bold?: true; figure?: string };

/** A passage as it is printed: chips are numbers, and an item is a paragraph that begins with its number. */
export type PrintedPassage = { kind: Exclude<Passage["kind"], "item">; content: readonly PrintedInline[] };

/** A report as it is printed. Whoever reads text reads this one; made by `printedReport`. */
export type PrintedReport = Omit<Report, "prose"> & { prose: Record<string, readonly PrintedPassage[]> };
