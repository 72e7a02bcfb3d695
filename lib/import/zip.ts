import { crc32, inflateRawSync } from "node:zlib";
import { type Refused, refused } from "./refusals.ts";

/** An entry as the directory of a ZIP file lists it; sizes and offset in bytes. */
export type ZipEntry = {
  name: string;
  method: number;
  encrypted: boolean;
  checksum: number;
  packed: number;
  size: number;
  offset: number;
};

export type ZipDirectory = { ok: true; entries: readonly ZipEntry[] } | Refused;

/** More than any report has. What the directory claims is checked before anything is unpacked. */
const MOST_ENTRIES = 2000;
const MEGABYTE = 1024 * 1024;
export const LARGEST_ENTRY = 30 * MEGABYTE;
const LARGEST_WHOLE = 80 * MEGABYTE;
/** Text of a report is packed to a tenth or so; a large entry packed much smaller is no text. */
const LARGEST_RATIO = 200;
const LONGEST_NAME = 255;
/** Steps out of the folder, paths of a machine, and signs that no name of a part has. */
const BAD_NAME = /(?:^|\/)\.\.?(?:\/|$)|^\/|\\|^[a-z]:|[\p{Cc}\p{Cf}\ufffd]/iu;

/** Signatures, fixed lengths of the records they begin, and the longest comment at the end (APPNOTE 4.3). */
const END = { signature: Buffer.from("PK\x05\x06", "latin1"), length: 22, comment: 0xffff };
const LISTED = { signature: 0x02014b50, length: 46 };
const STORED = { signature: 0x04034b50, length: 30 };
const FLAG_ENCRYPTED = 1;
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
  if (count > MOST_ENTRIES) return refused("bomb", `含有的文件超过 ${MOST_ENTRIES} 个`);
  const entries = listedEntries(file, file.readUInt32LE(end + 16), count);
  if (!entries) return undefined;
  return suspicion(entries) ?? { ok: true, entries };
}

/** Why a package with such a directory is not to be unpacked. */
function suspicion(entries: readonly ZipEntry[]): Refused | undefined {
  const bad = entries.find(({ name }) => name === "" || name.length > LONGEST_NAME || BAD_NAME.test(name));
  if (bad) return refused("badName", bad.name.slice(0, LONGEST_NAME).replace(/[\p{C}]/gu, "？"));
  const names = entries.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return refused("badName", `“${twice}”有两个`);
  if (entries.some(({ encrypted }) => encrypted)) return refused("encrypted");
  if (entries.some(({ size }) => size > LARGEST_ENTRY)) {
    return refused("bomb", `其中有文件超过 ${LARGEST_ENTRY / MEGABYTE} MB`);
  }
  const whole = entries.reduce((sum, { size }) => sum + size, 0);
  if (whole > LARGEST_WHOLE) return refused("bomb", `全部超过 ${LARGEST_WHOLE / MEGABYTE} MB`);
  if (entries.some(({ size, packed }) => size > MEGABYTE && size > packed * LARGEST_RATIO)) {
    return refused("bomb", `压缩比超过 ${LARGEST_RATIO}`);
  }
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  const overlaps = inOrder.some((entry, index) => {
    const next = inOrder[index + 1];
    return next !== undefined && entry.offset + STORED.length + entry.packed > next.offset;
  });
  return overlaps ? refused("bomb", "其中的文件互相重叠") : undefined;
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
      encrypted: (file.readUInt16LE(at + 8) & FLAG_ENCRYPTED) !== 0,
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

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
