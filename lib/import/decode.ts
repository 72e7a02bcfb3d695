/** Kinds of file that are recognised by their first bytes, to be named when they cannot be read. */
const signatures: readonly { name: string; starts: string }[] = [
  { name: "PDF 文件", starts: "%PDF-" },
  { name: "旧版 Word 或 WPS 文档（.doc、.wps）", starts: "\xd0\xcf\x11\xe0" },
  { name: "RTF 文档", starts: "{\\rtf" },
  { name: "PNG 图片", starts: "\x89PNG" },
  { name: "JPEG 图片", starts: "\xff\xd8\xff" },
  { name: "RAR 压缩文件", starts: "Rar!" },
  { name: "7z 压缩文件", starts: "7z\xbc\xaf" },
];
/** Entries of a ZIP file that tell what it is. */
const zipKinds: readonly { name: string; entry: string }[] = [
  { name: "Word 文档（DOCX）", entry: "word/document.xml" },
  { name: "Excel 工作簿（XLSX）", entry: "xl/workbook.xml" },
  { name: "演示文稿（PPTX）", entry: "ppt/presentation.xml" },
  { name: "OFD 版式文件", entry: "OFD.xml" },
  { name: "OpenDocument 文档", entry: "mimetypeapplication/vnd.oasis.opendocument" },
];

/** Larger than any report, with all its pictures. */
export const LARGEST_FILE = 32 * 1024 * 1024;

export type Decoded = { ok: true; text: string } | { ok: false; reason: string };

/**
 * The text of a file, told by its content: UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, or GB18030.
 * Other kinds of file are refused with a Chinese reason that names what was recognised.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { ok: false, reason: "文件是空的。" };
  if (bytes.length > LARGEST_FILE) {
    return { ok: false, reason: `文件太大（${Math.ceil(bytes.length / 1024 / 1024)} MB），不像是年度报告。` };
  }
  const binary = binaryKind(bytes);
  if (binary) return unsupported(binary);
  const text = textOf(bytes);
  if (text === undefined) return { ok: false, reason: "文字编码无法识别，请另存为 UTF-8 编码的文本文件后再试。" };
  if (text.includes("\0")) return { ok: false, reason: "这不是文本文件，暂不支持读取。" };
  if (text.trim() === "") return { ok: false, reason: "文件里没有文字。" };
  if (/^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|table|div)\b/i.test(text))
    return unsupported("网页（HTML）");
  return { ok: true, text };
}

const unsupported = (name: string): Decoded => ({
  ok: false,
  reason: `暂不支持读取${name}，目前可以读取 .json 和 .txt 文件，以及本系统生成、附带报告数据的 .docx 和 .pdf 文件。`,
});

function binaryKind(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString("latin1");
  const known = signatures.find(({ starts }) => head.startsWith(starts));
  if (known) return known.name;
  if (!head.startsWith("PK\x03\x04")) return undefined;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return zipKinds.find(({ entry }) => whole.includes(entry, 0, "latin1"))?.name ?? "ZIP 压缩文件";
}

function textOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodedAs("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decodedAs("utf-16be", bytes);
  return decodedAs("utf-8", bytes) ?? decodedAs("gb18030", bytes);
}

function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
