import { crc32, inflateRawSync } from "node:zlib";

/** An entry as the directory of a ZIP file lists it; sizes and offset in bytes. */
export type ZipEntry = { name: string; method: number; checksum: number; packed: number; size: number; offset: number };

export type ZipDirectory = { ok: true; entries: readonly ZipEntry[] } | { ok: false; reason: string };

/** More than any report has. What the directory claims is checked before anything is unpacked. */
const MOST_ENTRIES = 2000;
const MEGABYTE = 1024 * 1024;
export const LARGEST_ENTRY = 30 * MEGABYTE;
const LARGEST_WHOLE = 80 * MEGABYTE;

/** Signatures, fixed lengths of the records they begin, and the longest comment at the end (APPNOTE 4.3). */
const END = { signature: Buffer.from("PK\x05\x06", "latin1"), length: 22, comment: 0xffff };
const LISTED = { signature: 0x02014b50, length: 46 };
const STORED = { signature: 0x04034b50, length: 30 };
const METHOD_STORED = 0;
const METHOD_DEFLATED = 8;

/**
 * The directory of a ZIP file, with nothing unpacked; undefined when the bytes are no whole ZIP file. One with too many
 * or too large entries is refused in Chinese.
 */
export function readDirectory(bytes: Uint8Array): ZipDirectory | undefined {
  const file = bufferOf(bytes);
  const tail = Math.max(0, file.length - END.length - END.comment);
  const end = file.subarray(tail).lastIndexOf(END.signature) + tail;
  if (end < tail || end + END.length > file.length) return undefined;
  const count = file.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) return refused(`含有的文件超过 ${MOST_ENTRIES} 个`);
  const entries = listedEntries(file, file.readUInt32LE(end + 16), count);
  if (!entries) return undefined;
  if (entries.some(({ size }) => size > LARGEST_ENTRY)) {
    return refused(`其中有文件解压后超过 ${LARGEST_ENTRY / MEGABYTE} MB`);
  }
  const whole = entries.reduce((sum, { size }) => sum + size, 0);
  return whole > LARGEST_WHOLE ? refused(`全部解压后超过 ${LARGEST_WHOLE / MEGABYTE} MB`) : { ok: true, entries };
}

/** An entry unpacked; undefined when it is damaged, encrypted, or larger than the directory says. */
export function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array | undefined {
  const file = bufferOf(bytes);
  if (entry.offset + STORED.length > file.length || file.readUInt32LE(entry.offset) !== STORED.signature) {
    return undefined;
  }
  const names = file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
  const start = entry.offset + STORED.length + names;
  const content = inflated(file.subarray(start, start + entry.packed), entry);
  return content?.length === entry.size && crc32(content) === entry.checksum ? content : undefined;
}

function listedEntries(file: Buffer, start: number, count: number): ZipEntry[] | undefined {
  const entries: ZipEntry[] = [];
  let at = start;
  while (entries.length < count) {
    if (at + LISTED.length > file.length || file.readUInt32LE(at) !== LISTED.signature) return undefined;
    const nameEnd = at + LISTED.length + file.readUInt16LE(at + 28);
    entries.push({
      name: file.toString("utf8", at + LISTED.length, nameEnd),
      method: file.readUInt16LE(at + 10),
      checksum: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at = nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

function inflated(packed: Buffer, { method, size }: ZipEntry): Uint8Array | undefined {
  if (method === METHOD_STORED) return packed;
  if (method !== METHOD_DEFLATED) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    return undefined;
  }
}

const refused = (why: string): ZipDirectory => ({ ok: false, reason: `压缩文件${why}，不像是年度报告，没有读入。` });

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
