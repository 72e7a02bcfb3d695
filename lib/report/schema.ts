import * as z from "zod/mini";
import { chipCells } from "./chips.ts";
import { type Entry, parseEntry } from "./entry.ts";
import { type Format, LATEST_YEAR, leaves, type Table, unitAt } from "./format.ts";
import { parsePassages } from "./prose.ts";
import { LONGEST_REASON, parseReasonKey } from "./reasons.ts";
import type { Report } from "./report.ts";

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

const lineOfText = z.string().check(z.maxLength(LONGEST_LINE), z.overwrite(storable));
const blank: Entry = null;

const organisationSchema = z.strictObject({
  name: z.string().check(z.overwrite(oneLine), z.trim(), z.minLength(1), z.maxLength(100)),
  address: z.optional(lineOfText),
  postcode: z.optional(lineOfText),
  phone: z.optional(lineOfText),
  fax: z.optional(lineOfText),
  email: z.optional(lineOfText),
  office: z.optional(lineOfText),
  siteName: z.optional(lineOfText),
  website: z.optional(lineOfText),
  level: z.optional(z.enum(["national", "provincial", "city", "county", "township"])),
  kind: z.optional(z.enum(["government", "department"])),
  canMakeRules: z.optional(z.boolean()),
});

const LONGEST_ADDRESS = 1000;
const proseSchema = (format: Format) => {
  const text = z.strictObject({ text: z.string().check(z.overwrite(oneLine)), bold: z.optional(z.literal(true)) });
  const isKnown = (address: string) => chipCells(format, address) !== undefined;
  const chip = z.strictObject({
    figure: z
      .string()
      .check(z.maxLength(LONGEST_ADDRESS), z.refine(isKnown, { error: "不是这种格式的统计表中的格子" })),
    bold: z.optional(z.literal(true)),
  });
  const passage = z.strictObject({
    kind: z.enum(["heading2", "heading3", "paragraph", "item"]),
    content: z.array(z.union([text, chip])).check(z.maxLength(2000)),
  });
  const plain = z.string().check(z.maxLength(LONGEST_SECTION), z.overwrite(storable));
  return z.union([z.pipe(plain, z.transform(parsePassages)), z.array(passage).check(z.maxLength(5000))], {
    error: "应为文字，或者段落的列表",
  });
};

const A_DATE = "应为“年-月-日”形式的日期，如“2025-01-07”";
/** 成文日期 as it is stored: a real day of the calendar, or empty for deliberately none. */
const dateSchema = z.union([z.literal(""), z.iso.date({ error: A_DATE })], { error: A_DATE });

const reasonsSchema = z
  .record(
    z.string().check(z.refine((key) => parseReasonKey(key) !== undefined)),
    z.strictObject({
      finding: z.string().check(z.maxLength(LONGEST_FINDING), z.overwrite(storable)),
      text: z.string().check(z.maxLength(LONGEST_REASON), z.overwrite(storable)),
    }),
  )
  .check(z.refine((reasons) => Object.keys(reasons).length <= MOST_REASONS));

type Keyed<T> = [items: readonly T[], key: (item: T) => string, value: (item: T) => z.ZodMiniType];
const object = <T>(...[items, key, value]: Keyed<T>) =>
  z.strictObject(Object.fromEntries(items.map((item) => [key(item), value(item)])));
/** The same where all of it may be missing. */
const whole = <T>(...keyed: Keyed<T>) => z.prefault(object(...keyed), {});

const looseEntry = z.union([z.number(), z.string().check(z.maxLength(LONGEST_CELL), z.overwrite(storable)), z.null()], {
  error: "应为数字、文字或空（null）",
});

function tableSchema(table: Table): z.ZodMiniType {
  const rows = table.bands.flatMap((band) =>
    leaves(band.rows)
      .filter((row) => !row.sum)
      .map((row) => ({ row, columns: leaves(band.columns).filter((column) => !column.sum) })),
  );
  return whole(
    rows,
    ({ row }) => row.id,
    ({ row, columns }) =>
      whole(
        columns,
        (column) => column.id,
        (column) =>
          z.pipe(
            z._default(looseEntry, blank),
            z.transform((entry) => parseEntry(unitAt(row, column), entry)),
          ),
      ),
  );
}

/**
 * A report in this format, as it travels. On input everything but format, year, the agency's name and the tables may be
 * missing, prose may be plain text and figures may be typed loosely; what comes out is whole: every cell, every section.
 * Only the shape is judged here; what is wrong with the content is for `lib/checks` to find.
 */
export const reportSchema = (format: Format): z.ZodMiniType<Report> => schemasOf(format).travelling;

/** The same with the written reasons that stay in the office: what the store holds. */
export const storedSchema = (format: Format): z.ZodMiniType<Report> => schemasOf(format).stored;

type Schemas = { travelling: z.ZodMiniType<Report>; stored: z.ZodMiniType<Report> };
const schemas = new WeakMap<Format, Schemas>();

function schemasOf(format: Format): Schemas {
  const cached = schemas.get(format);
  if (cached) return cached;
  const travelling = contentSchema(format);
  const stored = z.extend(travelling, { reasons: z.optional(reasonsSchema) });
  const made = { travelling, stored } as unknown as Schemas;
  schemas.set(format, made);
  return made;
}

function contentSchema(format: Format) {
  const sections = format.sections.filter((section) => section.kind === "prose");
  const prose = proseSchema(format);
  return z.strictObject({
    format: z.literal(format.id),
    year: z.int().check(z.minimum(format.years.from), z.maximum(format.years.to ?? LATEST_YEAR)),
    organisation: organisationSchema,
    title: z.optional(lineOfText),
    period: z.optional(lineOfText),
    opening: z.optional(z.string().check(z.maxLength(LONGEST_SECTION), z.overwrite(storable))),
    closing: z.prefault(
      z.strictObject({
        signature: z.optional(lineOfText),
        date: z.optional(dateSchema),
        note: z.optional(lineOfText),
      }),
      {},
    ),
    prose: whole(
      sections,
      (section) => section.id,
      () => z.prefault(prose, []),
    ),
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

function parsed(schema: z.ZodMiniType<Report>, input: unknown): Parsed {
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
