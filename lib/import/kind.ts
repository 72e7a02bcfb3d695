import { decode } from "./decode.ts";
import { type Problem, type Refused, refused } from "./refusals.ts";
import { readDirectory } from "./zip.ts";

/** What a report can be read from. */
export const reportKinds = ["docx", "pdf", "html", "txt", "json"] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Larger than any report, with all its pictures; in bytes. */
export const LARGEST_FILE = 20 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** A file whose kind was told by its content; files of text come with it. */
export type Recognised =
  | { ok: true; kind: "docx" }
  | { ok: true; kind: "pdf" }
  | { ok: true; kind: "html" | "txt"; text: string }
  | { ok: true; kind: "json"; text: string };

/** First bytes of files that cannot be read, as Latin-1. */
const signatures: readonly { starts: string; problem: Problem }[] = [
  { starts: "{\\rtf", problem: "rtf" },
  { starts: "\x89PNG", problem: "image" },
  { starts: "\xff\xd8\xff", problem: "image" },
  { starts: "GIF8", problem: "image" },
  { starts: "BM", problem: "image" },
  { starts: "II*\0", problem: "image" },
  { starts: "MM\0*", problem: "image" },
  { starts: "Rar!", problem: "archive" },
  { starts: "7z\xbc\xaf", problem: "archive" },
  { starts: "\x1f\x8b", problem: "archive" },
];
/** Entries by which a ZIP file is known. */
const packages: readonly { entry: string; problem: Problem }[] = [
  { entry: "xl/workbook.xml", problem: "spreadsheet" },
  { entry: "ppt/presentation.xml", problem: "presentation" },
  { entry: "OFD.xml", problem: "ofd" },
  { entry: "META-INF/manifest.xml", problem: "openDocument" },
];
/** Names of streams in an OLE file, the first one there tells what it is. */
const streams: readonly { stream: string; problem: Problem }[] = [
  { stream: "EncryptedPackage", problem: "encrypted" },
  { stream: "Workbook", problem: "spreadsheet" },
  { stream: "PowerPoint Document", problem: "presentation" },
];
/** A PDF may begin a little late (ISO 32000-1, annex H). */
const LATEST_PDF_HEAD = 1024;
const WEB_ARCHIVE = /^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*content-type:\s*multipart\/related/i;
const MARKUP =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|p|section|article)\b/i;

/** Tells what a file is by its content, never by its name. */
export function recognise(bytes: Uint8Array): Recognised | Refused {
  if (bytes.length === 0) return refused("empty");
  if (bytes.length > LARGEST_FILE) return refused("tooLarge", Math.ceil(bytes.length / MEGABYTE));
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const head = file.toString("latin1", 0, 16);
  if (head.startsWith("PK\x03\x04")) return recognisePackage(bytes);
  if (head.startsWith("\xd0\xcf\x11\xe0")) return recogniseOle(file);
  if (file.subarray(0, LATEST_PDF_HEAD).includes("%PDF-")) return { ok: true, kind: "pdf" };
  const known = signatures.find(({ starts }) => head.startsWith(starts));
  if (known) return refused(known.problem);
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  const { text } = decoded;
  if (WEB_ARCHIVE.test(text.slice(0, LATEST_PDF_HEAD))) return refused("webArchive");
  if (MARKUP.test(text)) return { ok: true, kind: "html", text };
  return { ok: true, kind: /^\s*[{[]/.test(text) ? "json" : "txt", text };
}

function recognisePackage(bytes: Uint8Array): Recognised | Refused {
  const directory = readDirectory(bytes);
  if (!directory) return refused("damaged", "文件不完整");
  if (!directory.ok) return directory;
  const names = new Set(directory.entries.map(({ name }) => name));
  if (names.has("word/document.xml")) return { ok: true, kind: "docx" };
  const known = packages.find(({ entry }) => names.has(entry));
  if (known) return refused(known.problem);
  return names.has("[Content_Types].xml") ? { ok: true, kind: "docx" } : refused("archive");
}

function recogniseOle(file: Buffer): Refused {
  // As bytes: Node's own search for UTF-16 does not end in a buffer that begins at an odd address.
  const known = streams.find(({ stream }) => file.includes(Buffer.from(stream, "utf16le")));
  return refused(known?.problem ?? "oldWord");
}
