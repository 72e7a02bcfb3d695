/**
 * Why a file cannot be read: names for programs, finished Chinese sentences for the clerk. A sentence says what the file
 * is or what is wrong with it, and what to do. `…` stands for the particulars.
 */
const sentences = {
  empty: "文件是空的。",
  tooLarge: "文件太大（… MB），不像是年度报告。",
  oldWord: "这是旧版 Word 或 WPS 文档（.doc、.wps），不能直接读取。请用 WPS 打开，另存为 DOCX 后再试。",
  spreadsheet: "这是表格文件（Excel、ET），不能读取。请选择年度报告的 Word、PDF、网页或文本文件。",
  presentation: "这是演示文稿，不能读取。请选择年度报告的 Word、PDF、网页或文本文件。",
  rtf: "这是 RTF 文档，不能直接读取。请用 WPS 打开，另存为 DOCX 后再试。",
  openDocument: "这是 OpenDocument 文档，不能直接读取。请用 WPS 打开，另存为 DOCX 后再试。",
  ofd: "这是 OFD 版式文件，不能读取。请改用同一份报告的 Word 或 PDF 文件。",
  image: "这是图片，其中的文字不能读取。请改用同一份报告的 Word、PDF 或网页文件。",
  archive: "这是压缩文件，不能直接读取。请先解压，再选择其中的年度报告。",
  webArchive: "这是网页存档（MHT），不能直接读取。请用浏览器打开，另存为“网页，仅 HTML”后再试。",
  encrypted: "文件设有打开密码，不能读取。请用 WPS 打开，取消密码后另存为 DOCX 再试。",
  damaged: "文件已损坏（…），不能读取。请用 WPS 打开，另存为 DOCX 后再试；打不开的，请重新取得该文件。",
  bomb: "文件解压后过大（…），已拒绝读取。请用 WPS 打开，只保留报告内容，另存为 DOCX 后再试。",
  badName: "文件内部的名称不合法（…），已拒绝读取。请用 WPS 打开，另存为 DOCX 后再试。",
  macro: "文件含有宏或嵌入的程序（…），已拒绝读取。请用 WPS 打开，另存为不带宏的 DOCX 后再试。",
  external: "文件引用了外部的内容（…），已拒绝读取。请用 WPS 打开，删除外部引用后另存为 DOCX 再试。",
  forbidden: "文件包含不允许的内容（…），已拒绝读取。请用 WPS 打开，另存为 DOCX 后再试。",
  tooDeep: "文件的结构嵌套过深，已拒绝读取。请用 WPS 打开，另存为 DOCX 后再试。",
  carriedDamaged: "… 文件附带的报告数据已损坏，不能读入。",
  carriedUnfit: "… 文件附带的报告数据不能读入：…",
  damagedPdf: "PDF 文件已损坏，不能读取。请重新取得该文件，或改用同一份报告的 Word 文件。",
  scanned: "PDF 中没有文字，可能是扫描件，不能读取。请改用同一份报告的 Word 文件或网页。",
  tooManyPages: "PDF 有 … 页，不像是年度报告，没有读入。",
  encoding: "文字编码无法识别，请另存为 UTF-8 编码的文本文件后再试。",
  notText: "这不是文本文件，也不是可以读取的 Word、PDF 或网页文件。",
  noText: "文件里没有文字。",
  badJson: "…",
  notReport: "…",
  sheetUnread: "这个表格不能读取（…）。请下载模板，在模板里填写，另存为 .xlsx 后再试。",
  slow: "读取这个文件用时过长，已停止。请用 WPS 打开，另存为 DOCX 后再试。",
  crashed: "读取这个文件时程序中断，文件可能已损坏或过于复杂。请用 WPS 打开，另存为 DOCX 后再试。",
  busy: "正在读取的文件较多，暂时排不上队，请稍后重试。",
} as const;

export type Problem = keyof typeof sentences;
export const problems = Object.keys(sentences) as [Problem, ...Problem[]];

/** A file that cannot be read; `reason` is what the clerk is told. */
export type Refused = { ok: false; problem: Problem; reason: string };

/** The refusal of that name, with its particulars in their places. */
export function refused(problem: Problem, ...particulars: readonly (string | number)[]): Refused {
  const rest = [...particulars];
  return { ok: false, problem, reason: sentences[problem].replace(/…/g, () => String(rest.shift() ?? "")) };
}

/** What stops a reader deep inside a file; whoever begins to read turns it into an answer. */
export class Unreadable extends Error {
  readonly refusal: Refused;
  constructor(problem: Problem | Refused, ...particulars: readonly (string | number)[]) {
    const refusal = typeof problem === "string" ? refused(problem, ...particulars) : problem;
    super(refusal.reason);
    this.refusal = refusal;
  }
}
