import { createHash } from "node:crypto";
import { CARRIED_FILE, CARRIED_NAMESPACE } from "../report/carried.ts";
import { attachedFile } from "./attachment.ts";
import { readJson } from "./json.ts";
import type { Reading } from "./read.ts";
import { refused } from "./refusals.ts";
import { readDirectory, unpack } from "./zip.ts";

const EDITED =
  "这个 Word 文件在生成以后又保存过：读入的是生成时的数据，之后直接在文件里改动的文字和数字没有读入，请对照核对。";

/**
 * Reads the report that a finished Word file or PDF carries inside, and nothing else of the file. Undefined when it is no
 * such file or carries none; when what it carries is damaged, the reason in Chinese.
 */
export function readCarried(bytes: Uint8Array): Reading | undefined {
  const head = Buffer.from(bytes.subarray(0, 5)).toString("latin1");
  if (head.startsWith("PK\x03\x04")) return readWord(bytes);
  return head === "%PDF-" ? readPdf(bytes) : undefined;
}

function readWord(bytes: Uint8Array): Reading | undefined {
  const directory = readDirectory(bytes);
  if (!directory?.ok) return directory;
  const text = directory.entries.find(({ name }) => name === "word/document.xml");
  if (!text) return undefined;
  for (const entry of directory.entries.filter(({ name }) => /^customXml\/item\d+\.xml$/.test(name))) {
    const part = unpack(bytes, entry);
    if (!part) return damaged("Word");
    const markup = new TextDecoder().decode(part);
    if (!markup.includes(CARRIED_NAMESPACE)) continue;
    const [, attributes = "", json] = /<(?:[\w.-]+:)?report\b([^>]*)>([^<]*)<\/[^<]*$/.exec(markup) ?? [];
    if (json === undefined) return damaged("Word");
    const result = named("Word", readJson(unescaped(json)));
    const words = unpack(bytes, text);
    const isAsMade = words && attributes.includes(createHash("sha256").update(words).digest("hex"));
    return result.ok && !isAsMade ? { ...result, notes: [...result.notes, EDITED] } : result;
  }
  return undefined;
}

function readPdf(bytes: Uint8Array): Reading | undefined {
  const file = attachedFile(bytes, CARRIED_FILE);
  if (file === undefined) return undefined;
  return file === "damaged" ? damaged("PDF") : named("PDF", readJson(new TextDecoder().decode(file)));
}

const damaged = (kind: string): Reading => refused("carriedDamaged", kind);

const named = (kind: string, result: Reading): Reading =>
  result.ok ? result : refused("carriedUnfit", kind, result.reason);

const signs: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text of XML as it was before it was escaped, by us or by a program that has saved the file since. */
const unescaped = (text: string): string =>
  text.replace(/&(?:(\w+)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g, (whole, name, decimal, hexadecimal) => {
    if (name) return signs[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
