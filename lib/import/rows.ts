import { type Refused, refused } from "./refusals.ts";

/** The first sheet of a workbook as text: what each cell shows, blanks as "". Or, in Chinese, why it cannot be read. */
export type RowsRead = { ok: true; rows: string[][] } | Refused;

/** Most rows of a sheet. */
export const MOST_ROWS = 10_000;

/** A refusal of whatever is read, in words for a sheet. */
export function unreadSheet(refusal: Refused): Refused {
  const { problem } = refusal;
  if (problem === "busy" || problem === "sheetUnread") return refusal;
  const particulars: Partial<Record<Refused["problem"], string>> = {
    ...{ bomb: "解压后过大", encrypted: "设有打开密码", badName: "内部的名称不合法" },
    ...{ slow: "读取用时过长", crashed: "读取时程序中断" },
  };
  return refused("sheetUnread", particulars[problem] ?? "文件已损坏");
}
