import { z } from "zod";
import { chipCells } from "./chips.ts";
import { type Entry, parseEntry } from "./entry.ts";
import { type Format, LATEST_YEAR, leaves, type Table, unitAt } from "./format.ts";
import { parsePassages } from "./prose.ts";
import { LONGEST_REASON, parseReasonKey } from "./reasons.ts";
import type { Passage, Report } from "./report.ts";

/** Longest text accepted in one prose section, in UTF-16 units. */
const LONGEST_SECTION = 200_000;
const LONGEST_LINE = 500;
/** Longest text accepted in a cell, in UTF-16 units. */
export const LONGEST_CELL = 60;
/** Longest finding that a written reason remembers. */
const LONGEST_FINDING = 2_000;
const MOST_REASONS = 1_000;

/** Text without characters that no file can hold: controls but tab and line ends, halves of pairs, non-characters. */
const storable = (text: string): string => text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, "");
const oneLine = (text: string): string => storable(text).replace(/[\t\r\n\u2028\u2029]+/g, " ");

const lineOfText = z.string().max(LONGEST_LINE).overwrite(storable);
const blank: Entry = null;

const organisationSchema = z.strictObject({
  name: z.string().overwrite(oneLine).trim().min(1).max(100),
  address: lineOfText.optional(),
  postcode: lineOfText.optional(),
  phone: lineOfText.optional(),
  fax: lineOfText.optional(),
  email: lineOfText.optional(),
  office: lineOfText.optional(),
  siteName: lineOfText.optional(),
  website: lineOfText.optional(),
  level: z.enum(["national", "provincial", "city", "county", "township"]).optional(),
  kind: z.enum(["government", "department"]).optional(),
  canMakeRules: z.boolean().optional(),
});

const LONGEST_ADDRESS = 1000;
const proseSchema = (format: Format) => {
  const text = z.strictObject({ text: z.string().overwrite(oneLine), bold: z.literal(true).optional() });
  const isKnown = (address: string) => chipCells(format, address) !== undefined;
  const chip = z.strictObject({
    figure: z.string().max(LONGEST_ADDRESS).refine(isKnown, { error: "不是这种格式的统计表中的格子" }),
    bold: z.literal(true).optional(),
  });
  const passage = z.strictObject({
    kind: z.enum(["heading2", "heading3", "paragraph", "item"]),
    content: z.array(z.union([text, chip])).max(2000),
  });
  return z
    .union([z.string().max(LONGEST_SECTION).overwrite(storable).transform(parsePassages), z.array(passage).max(5000)], {
      error: "应为文字，或者段落的列表",
    })
    .transform((passages): readonly Passage[] => passages);
};

const A_DATE = "应为“年-月-日”形式的日期，如“2025-01-07”";
/** 成文日期 as it is stored: a real day of the calendar, or empty for deliberately none. */
const dateSchema = z.union([z.literal(""), z.iso.date({ error: A_DATE })], { error: A_DATE });

const reasonsSchema = z
  .record(
    z.string().refine((key) => parseReasonKey(key) !== undefined),
    z.strictObject({
      finding: z.string().max(LONGEST_FINDING).overwrite(storable),
      text: z.string().max(LONGEST_REASON).overwrite(storable),
    }),
  )
  .refine((reasons) => Object.keys(reasons).length <= MOST_REASONS);

const object = <T>(items: readonly T[], key: (item: T) => string, value: (item: T) => z.ZodType) =>
  z.strictObject(Object.fromEntries(items.map((item) => [key(item), value(item)])));

function tableSchema(table: Table): z.ZodType {
  const rows = table.bands.flatMap((band) =>
    leaves(band.rows)
      .filter((row) => !row.sum)
      .map((row) => ({ row, columns: leaves(band.columns).filter((column) => !column.sum) })),
  );
  return object(
    rows,
    ({ row }) => row.id,
    ({ row, columns }) =>
      object(
        columns,
        (column) => column.id,
        (column) =>
          z
            .union([z.number(), z.string().max(LONGEST_CELL).overwrite(storable), z.null()], {
              error: "应为数字、文字或空（null）",
            })
            .default(blank)
            .transform((entry) => parseEntry(unitAt(row, column), entry)),
      ).prefault({}),
  ).prefault({});
}

/**
 * A report in this format, as it travels. On input everything but format, year, the agency's name and the tables may be
 * missing, prose may be plain text and figures may be typed loosely; what comes out is whole: every cell, every section.
 * Only the shape is judged here; what is wrong with the content is for `lib/checks` to find.
 */
export const reportSchema = (format: Format): z.ZodType<Report> => schemasOf(format).travelling;

/** The same with the written reasons that stay in the office: what the store holds. */
export const storedSchema = (format: Format): z.ZodType<Report> => schemasOf(format).stored;

type Schemas = { travelling: z.ZodType<Report>; stored: z.ZodType<Report> };
const schemas = new WeakMap<Format, Schemas>();

function schemasOf(format: Format): Schemas {
  const cached = schemas.get(format);
  if (cached) return cached;
  const travelling = contentSchema(format);
  const stored = travelling.extend({ reasons: reasonsSchema.optional() });
  const made = { travelling, stored } as unknown as Schemas;
  schemas.set(format, made);
  return made;
}

function contentSchema(format: Format) {
  const sections = format.sections.filter((section) => section.kind === "prose");
  const prose = proseSchema(format);
  return z.strictObject({
    format: z.literal(format.id),
    year: z
      .int()
      .min(format.years.from)
      .max(format.years.to ?? LATEST_YEAR),
    organisation: organisationSchema,
    title: lineOfText.optional(),
    period: lineOfText.optional(),
    opening: z.string().max(LONGEST_SECTION).overwrite(storable).optional(),
    closing: z
      .strictObject({ signature: lineOfText.optional(), date: dateSchema.optional(), note: lineOfText.optional() })
      .prefault({}),
    prose: object(
      sections,
      (section) => section.id,
      () => prose.prefault([]),
    ).prefault({}),
    tables: object(format.tables, (table) => table.id, tableSchema),
  });
}

/** A report with nothing entered yet. */
export const emptyReport = (format: Format, year: number, organisation: Report["organisation"]): Report =>
  reportSchema(format).parse({ format: format.id, year, organisation, tables: {} });

export type Parsed = { ok: true; report: Report } | { ok: false; problems: string[] };

/** Reads a report that came from outside. Problems are finished Chinese lines, each naming the place. */
export const parseReport = (format: Format, input: unknown): Parsed => parsed(reportSchema(format), input);

/** The same for a report that is to be stored, reasons and all. */
export const parseStored = (format: Format, input: unknown): Parsed => parsed(storedSchema(format), input);

function parsed(schema: z.ZodType<Report>, input: unknown): Parsed {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, report: result.data };
  return { ok: false, problems: result.error.issues.flatMap(describe) };
}

function describe(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.join(".") || "文件";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => `不认识的项目“${[...issue.path, key].join(".")}”。`);
    case "invalid_type":
      return [`“${at}”缺失或类型不对，应为${typeNames[issue.expected] ?? issue.expected}。`];
    case "invalid_value":
      return [`“${at}”的值不对，应为${issue.values.map((value) => `“${String(value)}”`).join("或")}。`];
    case "too_big":
      return [
        `“${at}”${issue.origin === "string" ? `过长，最多${issue.maximum}个字符` : `过大，最多${issue.maximum}`}。`,
      ];
    case "too_small":
      return [`“${at}”${issue.origin === "string" ? "不能为空" : `过小，至少${issue.minimum}`}。`];
    case "invalid_union":
    case "invalid_format":
    case "custom":
      return [`“${at}”${issue.message}。`];
    default:
      return [`“${at}”的内容不符合要求。`];
  }
}

const typeNames: Record<string, string> = {
  string: "文字",
  number: "数字",
  int: "整数",
  object: "对象",
  array: "列表",
  boolean: "是或否",
};
