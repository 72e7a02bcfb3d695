import { type Refused, refused } from "./refusals.ts";

/** Where a page says in which encoding it is written, within this many bytes. */
const CHARSET = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})/i;
const CHARSET_WITHIN = 4096;

/**
 * The text of a file: UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, the encoding that a page names itself,
 * or GB18030.
 */
export function decode(bytes: Uint8Array): { ok: true; text: string } | Refused {
  const text = textOf(bytes);
  if (text === undefined) return refused("encoding");
  if (text.includes("\0")) return refused("notText");
  return text.trim() === "" ? refused("noText") : { ok: true, text };
}

function textOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodedAs("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decodedAs("utf-16be", bytes);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, CHARSET_WITHIN)).toString("latin1");
  const named = CHARSET.exec(head)?.[1] ?? "gb18030";
  return decodedAs("utf-8", bytes) ?? decodedAs(named, bytes) ?? decodedAs("gb18030", bytes);
}

/** A character that is cut off at the end of the file is left out: the rest can be read. */
function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
