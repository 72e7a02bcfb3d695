import { inflateSync } from "node:zlib";
import { LARGEST_ENTRY } from "./zip.ts";

/** A dictionary of an attached file, and the beginning of its stream, are no longer than this. */
const LONGEST_DICTIONARY = 2048;
/** Our PDF has one; of a PDF with thousands no more are looked at. */
const MOST_FILES = 200;

/**
 * The file of that name that is attached to a PDF (ISO 32000-1, 7.11.4), as this product writes it: plain objects, the
 * name in ASCII, the length in its place. No other part of the PDF is looked at. `damaged` when the file is there but
 * cannot be unpacked or is too large; undefined when there is none.
 */
export function attachedFile(bytes: Uint8Array, name: string): Uint8Array | "damaged" | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const reference = specifications(file)
    .filter((dictionary) => dictionary.includes(`/UF (${name})`) || dictionary.includes(`/F (${name})`))
    .map((dictionary) => /\/EF\s*<<\s*\/U?F (\d+ \d+) R/.exec(dictionary)?.[1])
    .findLast((found) => found !== undefined);
  return reference === undefined ? undefined : (contentOf(file, reference) ?? "damaged");
}

/** The dictionaries that describe attached files. */
function specifications(file: Buffer): string[] {
  const found: string[] = [];
  let at = file.indexOf("/Filespec");
  while (at >= 0 && found.length < MOST_FILES) {
    const before = file.toString("latin1", Math.max(0, at - LONGEST_DICTIONARY), at);
    const behind = file.toString("latin1", at, at + LONGEST_DICTIONARY);
    found.push(before.slice(before.lastIndexOf(" obj") + 1) + behind.slice(0, Math.max(0, behind.indexOf("endobj"))));
    at = file.indexOf("/Filespec", at + 1);
  }
  return found;
}

/** What the object, the last one of that number, holds; an object written later replaces earlier ones. */
function contentOf(file: Buffer, reference: string): Uint8Array | undefined {
  const at = file.lastIndexOf(`\n${reference} obj`);
  const head = at < 0 ? "" : file.toString("latin1", at, at + LONGEST_DICTIONARY);
  const [dictionary = ""] = /^[\s\S]*?>>\s*stream\r?\n/.exec(head) ?? [];
  const length = /\/Length (\d+)\b(?! \d+ R)/.exec(dictionary)?.[1];
  if (!dictionary.includes("/EmbeddedFile") || length === undefined) return undefined;
  const start = at + dictionary.length;
  const stored = file.subarray(start, start + Number(length));
  if (!dictionary.includes("/Filter")) return stored;
  if (!/\/Filter (?:\[\s*)?\/FlateDecode/.test(dictionary)) return undefined;
  try {
    return inflateSync(stored, { maxOutputLength: LARGEST_ENTRY });
  } catch {
    return undefined;
  }
}
