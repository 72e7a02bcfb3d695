import { readSheet } from "read-excel-file/universal";
import { refused } from "./refusals.ts";
import { MOST_ROWS, type RowsRead, unreadSheet } from "./rows.ts";
import { readDirectory } from "./zip.ts";

const MOST_COLUMNS = 50;

/**
 * Reads the first sheet of an XLSX file, after looking at its directory as at that of a report. Runs in this process:
 * files of strangers go to `readRowsUntrusted`.
 */
export async function readRows(bytes: Uint8Array): Promise<RowsRead> {
  const head = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  if (head === "\xd0\xcf\x11\xe0") return refused("sheetUnread", "是旧版格式，或者设有打开密码");
  if (head !== "PK\x03\x04") return refused("sheetUnread", "不是 Excel 表格");
  const directory = readDirectory(bytes);
  if (!directory) return refused("sheetUnread", "文件不完整");
  if (!directory.ok) return unreadSheet(directory);
  const names = directory.entries.map(({ name }) => name);
  if (!names.includes("xl/workbook.xml")) return refused("sheetUnread", "不是 Excel 表格");
  if (names.some((name) => /vbaProject|\/activeX\/|\/embeddings\//i.test(name))) {
    return refused("sheetUnread", "含有宏或嵌入的程序");
  }
  const rows = await readSheet(new Blob([bytes as Uint8Array<ArrayBuffer>])).catch(() => undefined);
  if (!rows) return refused("sheetUnread", "文件已损坏");
  if (rows.length > MOST_ROWS + 1) return refused("sheetUnread", `超过 ${MOST_ROWS} 行，请分几个文件`);
  return { ok: true, rows: rows.map((row) => row.slice(0, MOST_COLUMNS).map(textOf)) };
}

const textOf = (value: unknown): string =>
  value === null || value === undefined || value instanceof Date ? "" : String(value);
