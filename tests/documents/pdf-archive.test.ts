import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { create, type Font } from "fontkit";
import { afterAll, describe, expect, test } from "vitest";
import { exportReport } from "../../lib/export/export.ts";
import type { Format } from "../../lib/report/format.ts";
import { formats } from "../../templates/index.ts";
import { all, first, readMarkup, textOf } from "./read-markup.ts";
import { widthsIn } from "./read-pdf-pages.ts";
import { sampleReport } from "./reports.ts";

const folder = mkdtempSync(join(tmpdir(), "pdf-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What of ISO 19005-2, level B, can be seen without a validator. */
type Objects = Map<number, { dictionary: string; stream: Buffer | undefined }>;

async function archived(format: Format, name: string): Promise<{ file: string; bytes: Buffer; objects: Objects }> {
  const report = sampleReport(format);
  const { bytes } = await exportReport(format, { ...report, organisation: { ...report.organisation, name } }, "pdfa");
  const file = join(folder, `${format.id}.pdf`);
  writeFileSync(file, bytes);
  return { file, bytes: readFileSync(file), objects: objectsOf(readFileSync(file)) };
}

/** Every object of the file by its number; `Length` is trusted, and checked by what follows. */
function objectsOf(file: Buffer): Objects {
  const objects: Objects = new Map();
  const text = file.toString("latin1");
  const begin = /(?<=\n)(\d+) 0 obj\n/g;
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const start = match.index + match[0].length;
    const end = text.indexOf("endobj", start);
    const streamAt = text.indexOf("stream\n", start);
    if (streamAt < 0 || streamAt > end) {
      objects.set(Number(match[1]), { dictionary: text.slice(start, end), stream: undefined });
      continue;
    }
    const dictionary = text.slice(start, streamAt);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const from = streamAt + "stream\n".length;
    expect(text.slice(from + length).trimStart()).toMatch(/^endstream\s+endobj/);
    const content = file.subarray(from, from + length);
    objects.set(Number(match[1]), {
      dictionary,
      stream: dictionary.includes("/FlateDecode") ? inflateSync(content) : content,
    });
    begin.lastIndex = from + length;
  }
  return objects;
}

const withType = (objects: Objects, type: string) =>
  [...objects.values()].filter(({ dictionary }) => new RegExp(`/(?:Type|Subtype) /${type}\\b`).test(dictionary));
const referred = (objects: Objects, dictionary: string, key: string) => {
  const number = new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(dictionary)?.[1];
  const found = objects.get(Number(number));
  if (!found) throw new Error(`no ${key}`);
  return found;
};

describe.each(formats)("the PDF for archives in the format $id", (format) => {
  const name = "某某县<云岭>档案局&史志“研究”室'";
  const made = archived(format, name);

  test("says in well-formed metadata that it is PDF/A-2b, with the agency's name as it is", async () => {
    const { objects, file } = await made;
    const [catalogue] = withType(objects, "Catalog");
    const metadata = referred(objects, catalogue?.dictionary ?? "", "Metadata");
    expect(metadata.dictionary).not.toContain("/Filter");
    const packet = (metadata.stream ?? Buffer.alloc(0)).toString("utf8");
    expect(packet).toMatch(/^<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>/);
    expect(packet).toMatch(/<\?xpacket end="w"\?>$/);
    const xmp = readMarkup(packet);
    expect(textOf(first(xmp, "pdfaid:part"))).toBe("2");
    expect(textOf(first(xmp, "pdfaid:conformance"))).toBe("B");
    expect(textOf(first(xmp, "dc:creator")).trim()).toBe(name);
    expect(textOf(first(xmp, "dc:title")).trim()).toContain(name);
    expect(all(xmp, "rdf:li")).toHaveLength(3);
    const facts = execFileSync("pdfinfo", [file], { encoding: "utf8" });
    expect(facts).toContain(`Author:          ${name}\n`);
    expect(facts).toMatch(/Encrypted: +no/);
    expect(facts).toMatch(/JavaScript: +no/);
  });

  test("brings its colours with it: one output intent with an ICC profile of three components", async () => {
    const { objects } = await made;
    const intents = withType(objects, "OutputIntent");
    expect(intents).toHaveLength(1);
    const [intent] = intents;
    expect(intent?.dictionary).toContain("/S /GTS_PDFA1");
    const profile = referred(objects, intent?.dictionary ?? "", "DestOutputProfile");
    expect(profile.dictionary).toContain("/N 3");
    expect(profile.stream?.subarray(36, 40).toString()).toBe("acsp");
    expect(profile.stream?.subarray(16, 20).toString()).toBe("RGB ");
    expect(profile.stream?.readUInt32BE(0)).toBe(profile.stream?.length);
  });

  test("embeds every font, with the widths that its glyphs have, and draws none that a font lacks", async () => {
    const { objects } = await made;
    const fonts = withType(objects, "CIDFontType2");
    expect(fonts.length).toBeGreaterThan(3);
    expect(withType(objects, "Type0")).toHaveLength(fonts.length);
    for (const { dictionary } of fonts) {
      expect(dictionary).toContain("/CIDToGIDMap /Identity");
      const descriptor = referred(objects, dictionary, "FontDescriptor");
      expect(/\/BaseFont \/(\S+)/.exec(dictionary)?.[1]).toMatch(/^[A-Z]{6}\+/);
      const program = referred(objects, descriptor.dictionary, "FontFile2").stream;
      const font = create(program as Buffer) as Font;
      const widthOf = widthsIn(dictionary);
      expect(font.numGlyphs).toBeGreaterThan(1);
      for (let glyph = 0; glyph < font.numGlyphs; glyph++) {
        const width = (font.getGlyph(glyph).advanceWidth * 1000) / font.unitsPerEm;
        expect(Math.abs(width - widthOf(glyph))).toBeLessThanOrEqual(1);
      }
    }
    const drawn = withType(objects, "Page").flatMap(({ dictionary }) => {
      const content = (referred(objects, dictionary, "Contents").stream ?? Buffer.alloc(0)).toString("latin1");
      return [...content.matchAll(/<([\da-f]+)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
    });
    expect(drawn.length).toBeGreaterThan(500);
    expect(drawn).not.toContain("0000");
  });

  test("holds nothing that an archive must not: files, scripts, transparency, encryption, other filters", async () => {
    const { bytes, objects, file } = await made;
    const all = [...objects.values()].map(({ dictionary }) => dictionary).join("\n");
    const trailer = bytes.subarray(bytes.lastIndexOf("trailer")).toString("latin1");
    expect(all.length).toBeGreaterThan(10_000);
    const banned =
      /\/(?:EmbeddedFiles?|AF|Group|SMask|ca|CA|BM|JavaScript|JS|AA|OpenAction|Encrypt|LZWDecode|Crypt|XObject|Annots|AcroForm|XFA|Launch|F)\b/;
    expect(banned.exec(all + trailer)).toBeNull();
    expect(trailer).toMatch(/\/ID \[<([\da-f]{32})> <\1>\]/);
    expect(bytes.subarray(0, 9).toString("latin1")).toBe("%PDF-1.7\n");
    expect([...bytes.subarray(9, 14)].map((byte) => byte > 127)).toEqual([false, true, true, true, true]);
    expect(bytes.subarray(-6).toString("latin1")).toBe("%%EOF\n");
    expect(execFileSync("pdfdetach", ["-list", file], { encoding: "utf8" })).toContain("0 embedded files");
  });
});
