import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import type { Problem } from "../../lib/import/refusals.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import type { Report } from "../../lib/report/report.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderHtmlPage } from "../../templates/document/html.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { sampleReport } from "../documents/reports.ts";
import { gb18030 } from "./gb18030.ts";

/**
 * A file that is to be answered with one of these refusals, or read: `whole` exactly, `partly` so that every figure that
 * is read is the right one.
 */
export type HostileFile = { name: string; bytes: () => Uint8Array; answer: readonly (Problem | "whole" | "partly")[] };

export type Corpus = { report: Report; families: Record<string, HostileFile[]> };

const DOCUMENT = "word/document.xml";
const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const MEGABYTE = 1024 * 1024;

/** Hostile and odd files by families, always the same ones: made when they are asked for, from numbered seeds. */
export async function hostileFiles(): Promise<Corpus> {
  const [format = formats[0]] = formats.slice(-1);
  if (!format) throw new Error("there is no format");
  const report = sampleReport(format);
  const composed = compose(format, report, false);
  const docx = await renderDocx(composed);
  const pdf = await renderPdf(composed);
  const html = strToU8(renderHtmlPage(composed));
  const txt = strToU8(documentText(composed));
  const json = strToU8(JSON.stringify(report));
  const parts = unzipSync(docx);
  const text = strFromU8(parts[DOCUMENT] ?? new Uint8Array());
  const page = strFromU8(html);

  const zipped = (changes: Zippable = {}, level: 0 | 6 = 6) => zipSync({ ...parts, ...changes }, { level });
  const withText = (change: (xml: string) => string) => zipped({ [DOCUMENT]: strToU8(change(text)) });
  const withRelation = (type: string, target: string, more = 'TargetMode="External"') =>
    zipped({
      "word/_rels/document.xml.rels": strToU8(
        `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" ${more}/></Relationships>`,
      ),
    });
  const file = (
    name: string,
    answer: HostileFile["answer"] | Problem | "whole" | "partly",
    bytes: () => Uint8Array,
  ): HostileFile => ({ name, bytes, answer: typeof answer === "string" ? [answer] : answer });
  const count = (length: number) => Array.from({ length }, (_, index) => index);
  const twentieths = count(19).map((index) => (index + 1) / 20);
  const cut = (whole: Uint8Array, share: number) => whole.slice(0, Math.floor(whole.length * share));
  const body = (content: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${W}"><w:body>${content}</w:body></w:document>`;
  const ofText = (content: string) => zipped({ [DOCUMENT]: strToU8(body(content)) });

  const sizes = [
    ...[31, 40, 60].flatMap((size) =>
      ["word/media/image9.png", "word/theme/theme9.xml", DOCUMENT].map((name) =>
        file(`${size} MB in ${name}`, "bomb", () => zipped({ [name]: new Uint8Array(size * MEGABYTE) })),
      ),
    ),
    ...[2, 5, 12, 29].flatMap((size) =>
      [DOCUMENT, "word/styles.xml", "word/numbering.xml"].map((name) =>
        file(`${size} MB of one sign in ${name}`, "bomb", () =>
          zipped({ [name]: new Uint8Array(size * MEGABYTE).fill(0x20) }),
        ),
      ),
    ),
    ...[2001, 3000, 8000].map((entries) =>
      file(`${entries} entries`, "bomb", () =>
        zipped(Object.fromEntries(count(entries).map((index) => [`word/media/${index}.bin`, new Uint8Array(1)]))),
      ),
    ),
    ...[3, 4, 6].map((entries) =>
      file(`${entries} entries of 27 MB`, "bomb", () =>
        zipped(Object.fromEntries(count(entries).map((index) => [`word/m${index}`, new Uint8Array(27 * MEGABYTE)]))),
      ),
    ),
    ...[10, 1000, 100_000].map((claimed) =>
      file(`a text that claims ${claimed} bytes`, "damaged", () => lyingSize(docx, DOCUMENT, claimed)),
    ),
    ...[0xffffffff, 0x7fffffff, 31 * MEGABYTE].map((claimed) =>
      file(`a text that claims ${claimed} bytes`, "bomb", () => lyingSize(docx, DOCUMENT, claimed)),
    ),
    ...count(6).map((seed) => file(`overlapping entries ${seed}`, "bomb", () => overlapping(20 + seed * 40))),
    ...[1, 3].map((depth) =>
      file(`archives within archives ${depth}`, "archive", () => {
        let inner: Uint8Array = docx;
        for (const level of count(depth)) inner = zipSync({ [`${level}.zip`]: inner }, { level: 0 });
        return inner;
      }),
    ),
    file("300,000 paragraphs", ["bomb", "crashed", "slow"], () => ofText("<w:p/>".repeat(300_000))),
    ...[1, 2].map((seed) =>
      file(`two million elements that do not repeat ${seed}`, ["bomb", "crashed", "slow"], () =>
        ofText(
          count(400_000)
            .map((index) => `<w:p><w:r><w:t>${(index * 7919 * seed) % 1_000_003}</w:t></w:r></w:p>`)
            .join(""),
        ),
      ),
    ),
    file("21 MB of text", "tooLarge", () => new Uint8Array(21 * MEGABYTE).fill(0x61)),
    file("21 MB of Word", "tooLarge", () => zipped({ "word/media/a.bin": noise(21 * MEGABYTE, 1) }, 0)),
  ];

  const structure = [
    ...twentieths.map((share) => file(`Word cut at ${share}`, "damaged", () => cut(docx, share))),
    ...count(50).map((seed) =>
      file(`Word with bits turned over, seed ${seed}`, [...anyDamage, "whole"], () => flipped(docx, seed, 20)),
    ),
    ...Object.keys(parts).map((name) =>
      file(`Word without ${name}`, [...anyDamage, "whole"], () => {
        const { [name]: _, ...others } = parts;
        return zipSync(others);
      }),
    ),
    ...Object.keys(parts).map((name) =>
      file(`Word with nothing in ${name}`, [...anyDamage, "whole"], () => zipped({ [name]: new Uint8Array() })),
    ),
    ...(["EncryptedPackage", "WordDocument", "Workbook", "PowerPoint Document"] as const).map((stream, index) =>
      file(`OLE with ${stream}`, (["encrypted", "oldWord", "spreadsheet", "presentation"] as const)[index] ?? [], () =>
        ole(stream),
      ),
    ),
    file("an entry with a password", "encrypted", () => flagged(docx, 1)),
    file("an OFD", "ofd", () => zipSync({ "OFD.xml": strToU8("<ofd/>") })),
    file("an ODT", "openDocument", () =>
      zipSync({ "META-INF/manifest.xml": strToU8("<m/>"), "content.xml": strToU8("<c/>") }),
    ),
    file("an XLSX", "spreadsheet", () => zipSync({ "xl/workbook.xml": strToU8("<w/>") })),
    file("a PPTX", "presentation", () => zipSync({ "ppt/presentation.xml": strToU8("<p/>") })),
    file("no more than its end", "damaged", () => Buffer.concat([strToU8("PK\x03\x04"), docx.slice(-22)])),
    file("with another file in front", "image", () => Buffer.concat([strToU8("GIF89a;"), docx])),
    file("with another file behind", "whole", () => Buffer.concat([docx, strToU8("\n".repeat(200))])),
    file("stored, not packed", "whole", () => zipped({}, 0)),
    file("the text in a part of another name", "whole", () => {
      const { [DOCUMENT]: main = new Uint8Array(), ...others } = parts;
      const relations = strFromU8(others["_rels/.rels"] ?? new Uint8Array()).replace(DOCUMENT, "word/document2.xml");
      return zipSync({ ...others, "word/document2.xml": main, "_rels/.rels": strToU8(relations) });
    }),
  ];

  const doctype = (declaration: string) => withText((xml) => xml.replace(/\?>/, `?>${declaration}`));
  const xml = [
    ...[
      "<!DOCTYPE w:document>",
      '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">',
      '<!DOCTYPE w:document [<!ENTITY x "y">]>',
      '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE w:document [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>',
      `<!DOCTYPE w:document [<!ENTITY a "ha">${count(30)
        .map((index) => `<!ENTITY a${index} "${"&a;".repeat(10)}">`)
        .join("")}]>`,
    ].flatMap((declaration, index) => [
      file(`DOCTYPE ${index} in the text`, "forbidden", () => doctype(declaration)),
      file(`DOCTYPE ${index} in the relations`, "forbidden", () =>
        zipped({ "_rels/.rels": strToU8(`<?xml version="1.0"?>${declaration}<Relationships/>`) }),
      ),
      file(`DOCTYPE ${index} in the styles`, "forbidden", () =>
        zipped({ "word/styles.xml": strToU8(`<?xml version="1.0"?>${declaration}<w:styles xmlns:w="${W}"/>`) }),
      ),
    ]),
    ...["UTF-7", "UTF-32", "EBCDIC-CP-US", "ISO-2022-CN"].map((encoding) =>
      file(`declared as ${encoding}`, "forbidden", () => withText((whole) => whole.replace("UTF-8", encoding))),
    ),
    file("in UTF-16", "whole", () =>
      zipped({ [DOCUMENT]: Buffer.from(`\ufeff${text.replace("UTF-8", "UTF-16")}`, "utf16le") }),
    ),
    ...["\u0001", "\u0000", "\u001f", "&#1;", "&#0;", "&#xD800;", "&nbsp;", "&x;", "&", "]]>"].map((sign) =>
      file(`with ${JSON.stringify(sign)} in its text`, "damaged", () =>
        withText((whole) => whole.replace("总体情况", `总体${sign}情况`)),
      ),
    ),
    file("with bytes that are no UTF-8", "damaged", () =>
      zipped({ [DOCUMENT]: Buffer.from(text, "utf8").map((byte, index) => (index === 900 ? 0xff : byte)) }),
    ),
    ...[257, 1000, 20_000].flatMap((depth) =>
      ["w:p", "w:sdt", "w:tbl"].map((name) =>
        file(`${depth} levels of ${name}`, "tooDeep", () =>
          ofText(`${`<${name}>`.repeat(depth)}${`</${name}>`.repeat(depth)}`),
        ),
      ),
    ),
    file("an attribute of 10 MB", ["damaged", "notReport", "bomb", "noText"], () =>
      ofText(`<w:p w:x="${strFromU8(noise(7 * MEGABYTE, 3).map((byte) => 97 + (byte % 26)))}"/>`),
    ),
    file("numeric entities without end", ["notReport", "noText", "bomb"], () =>
      ofText(
        `<w:p><w:r><w:t>${count(60_000)
          .map((index) => `&#${0x4e00 + ((index * 37) % 5000)};`)
          .join("")}</w:t></w:r></w:p>`,
      ),
    ),
    ...["<w:p>", "</w:p>", "<w:p x=1/>", "<w:p", "<!-- ", "<?x", "<x:p/>", "<w:p a='1' a='2'/>"].map((markup) =>
      file(`broken by ${markup}`, "damaged", () => ofText(markup)),
    ),
  ];

  const names = [
    ...[
      "../evil.xml",
      "word/../../evil.xml",
      "/etc/passwd",
      "C:\\evil.xml",
      "word\\evil.xml",
      "c:evil.xml",
      "..",
      ".",
    ].map((name) => file(`named ${name}`, "badName", () => zipped({ [name]: strToU8("x") }))),
    ...["a\u0000b", "a\nb", "a\u202ebcod.xml", "a\u200fb", "a\u0007", "word/\u2066x"].map((name) =>
      file(`named ${JSON.stringify(name)}`, "badName", () => zipped({ [name]: strToU8("x") })),
    ),
    ...[256, 300, 5000].map((length) =>
      file(`a name of ${length} signs`, "badName", () => zipped({ [`word/${"a".repeat(length)}`]: strToU8("x") })),
    ),
    ...["word/Document.xml", "WORD/DOCUMENT.XML", "word/STYLES.xml", "[content_types].xml"].map((name) =>
      file(`${name} beside its like`, "badName", () => zipped({ [name]: strToU8("<x/>") })),
    ),
    ...["word/media/图片1.png", "word/media/😀.png", "word/media/a b.png", `word/${"长".repeat(80)}.xml`].map((name) =>
      file(`a part named ${name.slice(0, 20)}`, "whole", () => zipped({ [name]: strToU8("x") })),
    ),
    file("a name in GBK", ["badName", "whole"], () => zipped({ "word/media/\u00cd\u00bc.png": strToU8("x") })),
  ];

  const outside = [
    "http://127.0.0.1:9/x",
    "https://127.0.0.1:9/x",
    "ftp://127.0.0.1/x",
    "\\\\127.0.0.1\\share\\x",
    "//127.0.0.1/share/x",
    "file://127.0.0.1/share/x",
    "mhtml:http://127.0.0.1:9/x!y",
  ];
  const active = [
    ...["attachedTemplate", "image", "oleObject", "frame", "subDocument"].flatMap((type) =>
      outside.map((target) => file(`${type} at ${target}`, "external", () => withRelation(type, target))),
    ),
    ...["oleObject", "frame", "subDocument"].map((type) =>
      file(`${type} in a file of this machine`, "external", () => withRelation(type, "file:///etc/passwd")),
    ),
    ...["chunk.html", "chunk.rtf", "chunk.mht"].map((target) =>
      file(`altChunk ${target}`, "external", () => withRelation("aFChunk", target, "")),
    ),
    ...[
      "word/vbaProject.bin",
      "word/vbaData.xml",
      "word/activeX/activeX1.xml",
      "word/embeddings/oleObject1.bin",
      "word/embeddings/evil.exe",
      "vbaProject.bin",
    ].map((name) => file(`with ${name}`, "macro", () => zipped({ [name]: strToU8("x") }))),
    ...outside.map((target) => file(`a link to ${target}`, "whole", () => withRelation("hyperlink", target))),
    file("a template on this machine", "whole", () => withRelation("attachedTemplate", "file:///C:/Normal.dotm")),
    file("a workbook behind a chart", "whole", () => zipped({ "word/embeddings/Sheet1.xlsx": strToU8("x") })),
  ];

  const pdfs = [
    ...twentieths.map((share) => file(`PDF cut at ${share}`, [...pdfDamage, "partly"], () => cut(pdf, share))),
    ...count(25).map((seed) =>
      file(`PDF with bits turned over, seed ${seed}`, [...pdfDamage, "partly"], () => flipped(pdf, seed, 30)),
    ),
    file("no more than a head", "damagedPdf", () => strToU8("%PDF-1.7\n")),
    file("one page that is its own parent", pdfDamage, () => smallPdf("/Type /Page /Parent 3 0 R /Kids [3 0 R]")),
    file("pages within pages without end", pdfDamage, () => smallPdf("/Type /Pages /Kids [2 0 R 3 0 R] /Count 9")),
    file("a million pages", pdfDamage, () => smallPdf("/Type /Page /Parent 2 0 R", { count: 1_000_000 })),
    file("151 pages", "tooManyPages", () => manyPages(151)),
    file("empty pages", "scanned", () => manyPages(3)),
    file("script on opening", pdfDamage, () =>
      smallPdf("/Type /Page /Parent 2 0 R", { catalog: "/OpenAction << /S /JavaScript /JS (while(1){}) >>" }),
    ),
    file("a program on opening", pdfDamage, () =>
      smallPdf("/Type /Page /Parent 2 0 R", { catalog: "/OpenAction << /S /Launch /F (/bin/sh) >>" }),
    ),
    file("a link to another machine on opening", pdfDamage, () =>
      smallPdf("/Type /Page /Parent 2 0 R", { catalog: "/OpenAction << /S /URI /URI (http://127.0.0.1:9/x) >>" }),
    ),
    ...[30, 200].map((size) =>
      file(`${size} MB packed in one stream`, [...pdfDamage, "crashed", "slow"], () =>
        streamPdf(new Uint8Array(size * MEGABYTE).fill(0x20)),
      ),
    ),
    file("a stream of a million lines", [...pdfDamage, "crashed", "slow"], () =>
      streamPdf(strToU8("0 0 m 100 0 l S\n".repeat(1_000_000))),
    ),
    file("states saved without end", [...pdfDamage, "crashed", "slow"], () => streamPdf(strToU8("q ".repeat(500_000)))),
    file("arrays within arrays", [...pdfDamage, "crashed", "slow"], () =>
      streamPdf(strToU8(`${"[".repeat(200_000)}${"]".repeat(200_000)} TJ`)),
    ),
    file("a huge image", [...pdfDamage, "crashed"], () =>
      streamPdf(strToU8("BI /W 60000 /H 60000 /BPC 8 /CS /RGB ID x EI")),
    ),
    file("encrypted in an unknown way", ["encrypted", "damagedPdf"], () =>
      smallPdf("/Type /Page /Parent 2 0 R", {
        trailer: "/Encrypt << /Filter /Standard /V 4 /R 4 /O (x) /U (y) /P -4 >>",
      }),
    ),
    file("a cross-reference that refers to itself", pdfDamage, () =>
      smallPdf("/Type /Page /Parent 2 0 R", { trailer: "/Prev 9" }),
    ),
    file("late in the file", "whole", () => Buffer.concat([strToU8("\n".repeat(500)), pdf])),
    file("with more behind", "whole", () => Buffer.concat([pdf, strToU8("\n<html><script>1</script>")])),
  ];

  const inPage = (content: string) => strToU8(page.replace("</main>", `${content}</main>`));
  const pages = [
    ...twentieths.map((share) =>
      file(`page cut at ${share}`, ["notReport", "noText", "partly"], () => cut(html, share)),
    ),
    ...[1000, 100_000].flatMap((depth) =>
      ["div", "table", "b", "span", "font"].map((name) =>
        file(`${depth} levels of ${name}`, ["tooDeep", "whole", "crashed", "slow"], () =>
          inPage(`<${name}>`.repeat(depth)),
        ),
      ),
    ),
    file("a million elements", ["whole", "partly", "crashed", "slow"], () => inPage("<i>a</i>".repeat(1_000_000))),
    file("one attribute of 15 MB", ["whole", "partly", "crashed"], () =>
      inPage(`<i title="${"a".repeat(15 * MEGABYTE)}">`),
    ),
    ...[1000, 65_534, 4_000_000_000].map((span) =>
      file(`a cell over ${span} columns`, ["whole", "partly", "crashed", "slow"], () =>
        inPage(
          `<table><tr><td colspan="${span}" rowspan="${span}">x</td><td>y</td></tr>${"<tr><td>z</td></tr>".repeat(50)}</table>`,
        ),
      ),
    ),
    ...[
      "<script>while(1){}</script>",
      '<iframe src="http://127.0.0.1:9/"></iframe>',
      '<img src="http://127.0.0.1:9/x.png">',
      '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
      '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
      "<svg><script>1</script></svg>",
      '<object data="file:///etc/passwd"></object>',
      "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->",
      "<o:p>&nbsp;</o:p>",
      '<span style="display:none">六、其他需要报告的事项</span>',
      "<textarea>99</textarea>",
      "&#x110000;&#0;&#xD800;",
    ].map((markup) => file(`with ${markup.slice(0, 30)}`, "whole", () => inPage(markup))),
    file("in GB18030 as it says", "whole", () => gb18030(page.replace('charset="utf-8"', 'charset="gb2312"'))),
    file("in UTF-16", "whole", () => Buffer.from(`\ufeff${page}`, "utf16le")),
    file("without a head", "whole", () => strToU8(page.slice(page.indexOf("<main>")).replace("<main>", "<div>"))),
  ];

  const said = strFromU8(txt);
  const texts = [
    ...twentieths.map((share) =>
      file(`text cut at ${share}`, ["notReport", "noText", "partly"], () => cut(txt, share)),
    ),
    ...twentieths.map((share) => file(`JSON cut at ${share}`, "badJson", () => cut(json, share))),
    ...count(10).map((seed) => file(`noise ${seed}`, [...anyText], () => noise(5000, seed))),
    file("nothing", "empty", () => new Uint8Array()),
    file("blanks", "noText", () => strToU8(" \n\t")),
    file("a byte order mark", "noText", () => strToU8("\ufeff")),
    file("a program", "notText", () => Buffer.concat([strToU8("MZ\u0090"), new Uint8Array(100)])),
    file("an RTF", "rtf", () => strToU8("{\\rtf1 x}")),
    file("a picture", "image", () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)),
    file("a web archive", "webArchive", () => strToU8("MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>")),
    file("in GB18030", "whole", () => gb18030(said)),
    file("in UTF-16", "whole", () => Buffer.from(`\ufeff${said}`, "utf16le")),
    file("with old Mac line ends", "whole", () => strToU8(said.replaceAll("\n", "\r"))),
    file("one line of 10 MB", ["notReport", "partly"], () => strToU8("某".repeat(3 * MEGABYTE))),
    file("two million lines", ["notReport", "slow", "crashed"], () => strToU8("一\n".repeat(2_000_000))),
    file("a row of a million cells", ["notReport", "partly", "slow", "crashed"], () =>
      strToU8(`${said}\n${"1\t".repeat(1_000_000)}`),
    ),
    file("arrays within arrays", "badJson", () => strToU8("[".repeat(500_000))),
    ...[
      '{"format":"__proto__"}',
      '{"__proto__":{"a":1},"format":"2021-30"}',
      "[]",
      "{}",
      '{"format":{}}',
      '{"format":1e999}',
    ].map((source) => file(`JSON ${source}`, "badJson", () => strToU8(source))),
  ];

  return {
    report,
    families: {
      sizes: sizes,
      structure: structure,
      XML: xml,
      names: names,
      "macros and relations": active,
      PDF: pdfs,
      pages: pages,
      texts: texts,
    },
  };
}

const anyDamage: readonly Problem[] = [
  "damaged",
  "badName",
  "bomb",
  "encrypted",
  "archive",
  "noText",
  "notReport",
  "forbidden",
];
const pdfDamage: readonly Problem[] = ["damagedPdf", "scanned", "notReport", "encrypted", "bomb", "tooManyPages"];
const anyText: readonly Problem[] = ["encoding", "notText", "noText", "notReport", "image", "archive"];

/** Bytes without order, always the same ones for a seed (mulberry32). */
function noise(length: number, seed: number): Uint8Array {
  const next = random(seed);
  return Uint8Array.from({ length }, () => next() * 256);
}

function random(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function flipped(whole: Uint8Array, seed: number, times: number): Uint8Array {
  const next = random(seed * 1000 + 17);
  const bytes = new Uint8Array(whole);
  for (let time = 0; time < 1 + (seed % times); time++) {
    const at = Math.floor(next() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(next() * 8));
  }
  return bytes;
}

/** A ZIP file whose directory says of one entry that it holds so many bytes. */
function lyingSize(zip: Uint8Array, name: string, claimed: number): Uint8Array {
  const file = Buffer.from(zip);
  file.writeUInt32LE(claimed, file.lastIndexOf(name) - 46 + 24);
  return file;
}

/** A ZIP file whose first listed entry bears a flag. */
function flagged(zip: Uint8Array, flag: number): Uint8Array {
  const file = Buffer.from(zip);
  const listed = file.indexOf(Buffer.from("PK\x01\x02", "latin1"));
  file.writeUInt16LE(file.readUInt16LE(listed + 8) | flag, listed + 8);
  return file;
}

/** A ZIP file whose directory lists one packed entry under many names. */
function overlapping(entries: number): Uint8Array {
  const content = Buffer.alloc(100_000, "<w:p/>");
  const packed = deflateRawSync(content);
  const head = (signature: string, name: string, offset: number) => {
    const isListed = signature.endsWith("\x02");
    const record = Buffer.alloc(isListed ? 46 : 30);
    record.write(signature, 0, "latin1");
    const shift = isListed ? 2 : 0;
    record.writeUInt16LE(8, 8 + shift);
    record.writeUInt32LE(crc32(content), 14 + shift);
    record.writeUInt32LE(packed.length, 18 + shift);
    record.writeUInt32LE(content.length, 22 + shift);
    record.writeUInt16LE(name.length, 26 + shift);
    if (isListed) record.writeUInt32LE(offset, 42);
    return Buffer.concat([record, Buffer.from(name)]);
  };
  const stored = Buffer.concat([head("PK\x03\x04", DOCUMENT, 0), packed]);
  const names = Array.from({ length: entries }, (_, index) => (index === 0 ? DOCUMENT : `word/${index}.xml`));
  const listed = Buffer.concat(names.map((name) => head("PK\x01\x02", name, 0)));
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(stored.length, 16);
  return Buffer.concat([stored, listed, end]);
}

const ole = (stream: string): Uint8Array =>
  Buffer.concat([
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
    Buffer.alloc(504),
    Buffer.from(stream, "utf16le"),
  ]);

function smallPdf(page: string, { catalog = "", trailer = "", count = 1 } = {}): Uint8Array {
  return strToU8(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count ${count} >>\nendobj\n3 0 obj\n<< ${page} /MediaBox [0 0 595 842] >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 4 ${trailer} >>\n%%EOF`,
  );
}

function manyPages(count: number): Uint8Array {
  const numbers = Array.from({ length: count }, (_, index) => index + 3);
  return strToU8(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [${numbers.map((number) => `${number} 0 R`).join(" ")}] /Count ${count} >>\nendobj\n${numbers.map((number) => `${number} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n`).join("")}trailer\n<< /Root 1 0 R /Size ${count + 3} >>\n%%EOF`,
  );
}

function streamPdf(content: Uint8Array): Uint8Array {
  const packed = deflateSync(content);
  return Buffer.concat([
    smallPdf("/Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >>"),
    strToU8(`\n4 0 obj\n<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
    packed,
    strToU8("\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF"),
  ]);
}
