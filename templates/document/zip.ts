import { crc32, deflateRawSync } from "node:zlib";

/** A file as it lies in a ZIP: `content` is deflated, `size` and `crc` are those of the file itself. */
export type ZipEntry = { name: string; size: number; crc: number; content: Uint8Array };

/** The fields that the head of an entry and its line in the directory share (APPNOTE 4.4.2 to 4.4.11). */
const SHARED_FIELDS = 26;
const LOCAL_HEAD = 4 + SHARED_FIELDS;
const DIRECTORY_HEAD = 20 + SHARED_FIELDS;
const DIRECTORY_END = 22;

/** Version 2.0 reads it, the name is UTF-8, it is deflated, and it is of 1 January 1980: the same file is the same bytes. */
const VERSION = 20;
const NAME_IS_UTF8 = 0x0800;
const DEFLATED = 8;
const TIME = 0;
const DATE = (1 << 5) | 1;

/** Compresses a file, so that it can be put into as many ZIPs as need it. Text is UTF-8. */
export function zipEntry(name: string, file: string | Uint8Array): ZipEntry {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  return { name, size: bytes.length, crc: crc32(bytes), content: deflateRawSync(bytes) };
}

/** A ZIP of these entries, in their order. The same entries give the same bytes. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const files = entries.map((entry) => ({ ...entry, path: Buffer.from(entry.name) }));
  const heads = files.reduce((sum, { path }) => sum + LOCAL_HEAD + DIRECTORY_HEAD + 2 * path.length, 0);
  const contents = files.reduce((sum, { content }) => sum + content.length, 0);
  const bytes = Buffer.alloc(heads + contents + DIRECTORY_END);
  let at = 0;
  const starts = files.map((file) => {
    const start = at;
    bytes.writeUInt32LE(0x04034b50, at);
    writeShared(bytes, at + 4, file);
    bytes.set(file.path, at + LOCAL_HEAD);
    bytes.set(file.content, at + LOCAL_HEAD + file.path.length);
    at += LOCAL_HEAD + file.path.length + file.content.length;
    return start;
  });
  const directory = at;
  for (const [index, file] of files.entries()) {
    bytes.writeUInt32LE(0x02014b50, at);
    bytes.writeUInt16LE(VERSION, at + 4);
    writeShared(bytes, at + 6, file);
    bytes.writeUInt32LE(starts[index] ?? 0, at + DIRECTORY_HEAD - 4);
    bytes.set(file.path, at + DIRECTORY_HEAD);
    at += DIRECTORY_HEAD + file.path.length;
  }
  bytes.writeUInt32LE(0x06054b50, at);
  bytes.writeUInt16LE(files.length, at + 8);
  bytes.writeUInt16LE(files.length, at + 10);
  bytes.writeUInt32LE(at - directory, at + 12);
  bytes.writeUInt32LE(directory, at + 16);
  return bytes;
}

function writeShared(bytes: Buffer, at: number, { size, crc, content, path }: ZipEntry & { path: Uint8Array }): void {
  bytes.writeUInt16LE(VERSION, at);
  bytes.writeUInt16LE(NAME_IS_UTF8, at + 2);
  bytes.writeUInt16LE(DEFLATED, at + 4);
  bytes.writeUInt16LE(TIME, at + 6);
  bytes.writeUInt16LE(DATE, at + 8);
  bytes.writeUInt32LE(crc, at + 10);
  bytes.writeUInt32LE(content.length, at + 14);
  bytes.writeUInt32LE(size, at + 18);
  bytes.writeUInt16LE(path.length, at + 22);
}
