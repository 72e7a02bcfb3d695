import { inflateSync } from "node:zlib";

/** A character as it is painted: where its baseline begins, how wide its glyph is. In pt from the top left of the page. */
export type PdfGlyph = { text: string; x: number; y: number; width: number; size: number };
/** Marked content: what it is tagged as, its glyphs, and how it reads when it is copied. */
type PdfMark = { tag: string; glyphs: PdfGlyph[]; text: string };
export type PdfRule = { x1: number; y1: number; x2: number; y2: number };
export type PdfPage = { width: number; height: number; marks: PdfMark[]; rules: PdfRule[] };

/**
 * The pages of a PDF of ours, read from its content streams, character maps and widths, as any program reads them.
 * Throws at an operator that it does not know: what it cannot read it must not pass over.
 */
export function readPdfPages(bytes: Uint8Array): PdfPage[] {
  const objects = objectsOf(Buffer.from(bytes));
  const object = (reference: string): PdfObject => {
    const found = objects.get(Number.parseInt(reference, 10));
    if (!found) throw new Error(`no object ${reference}`);
    return found;
  };
  const pages = [...objects.values()].find(({ dictionary }) => /\/Type \/Pages\b/.test(dictionary));
  const kids = field(pages?.dictionary ?? "", /\/Kids \[([^\]]*)\]/);
  const fonts = new Map<string, PdfFont>();
  const fontOf = (reference: string): PdfFont => {
    const known = fonts.get(reference) ?? readFont(object(reference).dictionary, object);
    fonts.set(reference, known);
    return known;
  };
  return (kids.match(/\d+ 0 R/g) ?? []).map((kid) => {
    const { dictionary } = object(kid);
    const [width = 0, height = 0] = field(dictionary, /\/MediaBox \[0 0 ([^\]]*)\]/)
      .split(" ")
      .map(Number);
    const resources = object(field(dictionary, /\/Resources (\d+ 0 R)/)).dictionary;
    const named = new Map([...resources.matchAll(/\/(T\d+) (\d+ 0 R)/g)].map(([, name = "", at = ""]) => [name, at]));
    const content = object(field(dictionary, /\/Contents (\d+ 0 R)/)).stream.toString("latin1");
    return { width, height, ...paint(content, (name) => fontOf(named.get(name) ?? "")) };
  });
}

type PdfObject = { dictionary: string; stream: Buffer };
/** What glyphs stand for, by number, and how wide each is, in thousandths of an em. */
type PdfFont = { texts: string[]; widthOf: (glyph: number) => number };

/** Plain objects by number, streams inflated and jumped over by their length. */
function objectsOf(file: Buffer): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  const text = file.toString("latin1");
  const begin = /(?<=\n)(\d+) 0 obj\n/g;
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const end = text.indexOf("endobj", begin.lastIndex);
    const stream = text.indexOf("\nstream\n", begin.lastIndex);
    const dictionary = text.slice(begin.lastIndex, stream > 0 && stream < end ? stream : end);
    const length = stream > 0 && stream < end ? Number(field(dictionary, /\/Length (\d+)/)) : 0;
    const stored = file.subarray(stream + 8, stream + 8 + length);
    const packed = /\/Filter \/FlateDecode/.test(dictionary);
    objects.set(Number(match[1]), { dictionary, stream: length > 0 && packed ? inflateSync(stored) : stored });
    begin.lastIndex = text.indexOf("endobj", length > 0 ? stream + 8 + length : begin.lastIndex);
  }
  return objects;
}

function readFont(dictionary: string, object: (reference: string) => PdfObject): PdfFont {
  const map = object(field(dictionary, /\/ToUnicode (\d+ 0 R)/)).stream.toString("latin1");
  const texts: string[] = [];
  for (const [, from = "", list = ""] of map.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g)) {
    for (const [index, code] of (list.match(/[^<>]+(?=>)/g) ?? []).entries()) {
      texts[Number.parseInt(from, 16) + index] = utf16(Buffer.from(code.replaceAll(" ", ""), "hex").toString("latin1"));
    }
  }
  const descendant = object(field(dictionary, /\/DescendantFonts \[(\d+ 0 R)\]/)).dictionary;
  return { texts, widthOf: widthsIn(descendant) };
}

/** The widths that a CID font lists, by number of the glyph, and the one of all that it does not (PDF 32000-1:2008, 9.7.4.3). */
export function widthsIn(dictionary: string): (glyph: number) => number {
  const others = Number(field(dictionary, /\/DW (\d+)/));
  const listed = new Map<number, number>();
  for (const [, first = "", row = ""] of field(dictionary, /\/W \[((?:\d+ \[[\d. ]+\] ?)*)\]/).matchAll(
    /(\d+) \[([^\]]+)\]/g,
  )) {
    for (const [index, width] of row.split(" ").entries()) listed.set(Number(first) + index, Number(width));
  }
  return (glyph) => listed.get(glyph) ?? others;
}

/** A token: a name with what follows it in a dictionary, a string, a list, a number or an operator. */
const TOKEN = /<<(?:\((?:\\[\s\S]|[^\\)])*\)|[^>(]|>(?!>))*>>|<[\da-f]*>|\/\w+|-?[\d.]+(?:e-?\d+)?|[A-Za-z]+\*?|\S+/g;
const IGNORED = new Set(["q", "Q", "BT", "ET", "w", "RG", "rg", "J", "j", "M", "d", "cs", "CS", "scn", "SCN"]);

/** The page is painted upside down from its top left corner, and each text turned back again. */
function paint(content: string, fontOf: (name: string) => PdfFont): Omit<PdfPage, "width" | "height"> {
  const marks: PdfMark[] = [];
  const rules: PdfRule[] = [];
  const state = {
    font: { texts: [], widthOf: () => Number.NaN } as PdfFont,
    size: 0,
    spacing: 0,
    x: 0,
    y: 0,
    from: [0, 0],
  };
  let open: { mark: PdfMark; actual: string | undefined } | undefined;
  let operands: string[] = [];
  for (const [token] of content.matchAll(TOKEN)) {
    if (!/^[A-Za-z]/.test(token)) {
      operands.push(token);
      continue;
    }
    const numbers = operands.map(Number);
    switch (token) {
      case "BDC": {
        const [tag = "", properties = ""] = operands;
        if (open) throw new Error("a mark within a mark");
        open = { mark: { tag: tag.slice(1), glyphs: [], text: "" }, actual: actualText(properties) };
        break;
      }
      case "EMC": {
        if (!open) throw new Error("a mark ends that never began");
        const drawn = open.mark.glyphs.map(({ text }) => text).join("");
        marks.push({ ...open.mark, text: open.actual ?? drawn });
        open = undefined;
        break;
      }
      case "Tm":
        if (numbers.slice(0, 4).join(" ") !== "1 0 0 -1") throw new Error(`glyphs are squeezed: ${operands.join(" ")}`);
        [state.x, state.y] = [numbers[4] ?? 0, numbers[5] ?? 0];
        break;
      case "Tf":
        [state.font, state.size, state.spacing] = [fontOf((operands[0] ?? "").slice(1)), numbers[1] ?? 0, 0];
        break;
      case "Tc":
        state.spacing = numbers[0] ?? 0;
        break;
      case "Tj":
        for (const code of (operands[0] ?? "").match(/[\da-f]{4}/g) ?? []) {
          const glyph = Number.parseInt(code, 16);
          const width = (state.font.widthOf(glyph) * state.size) / 1000;
          const text = state.font.texts[glyph];
          if (!open || !text) throw new Error(`a glyph outside of all marks, or without a text: ${code}`);
          open.mark.glyphs.push({ text, x: state.x, y: state.y, width, size: state.size });
          state.x += width + state.spacing;
        }
        break;
      case "m":
        state.from = numbers;
        break;
      case "l": {
        const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [state.from, numbers];
        rules.push({ x1, y1, x2, y2 });
        break;
      }
      case "S":
        break;
      case "cm":
        if (!["1 0 0 -1 0", "1 0 0 1 0"].includes(numbers.slice(0, 5).join(" "))) throw new Error("the page is scaled");
        break;
      default:
        if (!IGNORED.has(token)) throw new Error(`unknown operator ${token}`);
    }
    operands = [];
  }
  return { marks, rules };
}

function actualText(properties: string): string | undefined {
  const written = /\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)/.exec(properties)?.[1];
  if (written === undefined) return undefined;
  const signs: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  const plain = written.replace(/\\([\s\S])/g, (_, sign: string) => signs[sign] ?? sign);
  return plain.startsWith("\u00fe\u00ff") ? utf16(plain.slice(2)) : plain;
}

const utf16 = (bytes: string): string => Buffer.from(bytes, "latin1").swap16().toString("utf16le");

function field(dictionary: string, pattern: RegExp): string {
  const found = pattern.exec(dictionary)?.[1];
  if (found === undefined) throw new Error(`no ${pattern} in ${dictionary.slice(0, 200)}`);
  return found;
}
