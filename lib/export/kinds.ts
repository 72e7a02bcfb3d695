/** What a report can be downloaded as. `pdfa` is a PDF for archives (PDF/A-2b), without the data that others carry. */
export const exportKinds = ["docx", "pdf", "pdfa", "ofd", "html", "txt", "json"] as const;
export type ExportKind = (typeof exportKinds)[number];

/** The same and the 发布包, which holds several of them. */
export const downloadKinds = [...exportKinds, "pack"] as const;
export type DownloadKind = (typeof downloadKinds)[number];

/** What people call them. */
export const kindNames: Readonly<Record<DownloadKind, string>> = {
  docx: "Word 文档",
  pdf: "PDF 文档",
  pdfa: "存档 PDF",
  ofd: "OFD 文档",
  html: "网页",
  txt: "纯文本",
  json: "数据",
  pack: "发布包",
};
