import { SaxesParser } from "saxes";
import { Unreadable } from "./refusals.ts";

/** An element of XML with its local name; attributes by their local names too. Text is a string. */
export type XmlElement = { name: string; attributes: Readonly<Record<string, string>>; children: XmlNode[] };
export type XmlNode = XmlElement | string;

/** Deeper than any document that a person made. */
const DEEPEST = 256;
/** More than any report has; what has more would not fit in the memory of a reading process. */
const MOST_ELEMENTS = 1_500_000;

/**
 * Parses one part of a package. Refuses what no word processor writes and what makes parsers dangerous: a DOCTYPE (and
 * with it every entity of its own), an encoding other than UTF-8 and UTF-16, more than 256 levels.
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  const root: XmlElement = { name: "", attributes: {}, children: [] };
  const open = [root];
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", () => {
    throw new Unreadable("forbidden", "DOCTYPE");
  });
  parser.on("error", () => {
    throw new Unreadable("damaged", "其中的 XML 不完整");
  });
  parser.on("opentag", ({ local, attributes }) => {
    if (open.length > DEEPEST) throw new Unreadable("tooDeep");
    elements += 1;
    if (elements > MOST_ELEMENTS) throw new Unreadable("bomb", "内容过多");
    const element: XmlElement = { name: local, attributes: localNames(attributes), children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  const addText = (text: string) => open.at(-1)?.children.push(text);
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(decoded(bytes)).close();
  const [top] = root.children.filter((node) => typeof node !== "string");
  if (!top) throw new Unreadable("damaged", "其中的 XML 不完整");
  return top;
}

const localNames = (attributes: Record<string, { local: string; value: string }>): Record<string, string> =>
  Object.fromEntries(Object.values(attributes).map(({ local, value }) => [local, value]));

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  const encoding = isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8";
  const text = decodedAs(encoding, bytes);
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? encoding;
  if (!/^utf-?(?:8|16(?:le|be)?)$|^us-ascii$/i.test(declared)) throw new Unreadable("forbidden", `${declared} 编码`);
  return text;
}

function decodedAs(encoding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable("damaged", "其中的文字编码有误");
  }
}

/** The elements right below, all or those of a name. */
export const elementsOf = (element: XmlElement | undefined, name?: string): XmlElement[] =>
  (element?.children ?? []).filter(
    (node): node is XmlElement => typeof node !== "string" && (name === undefined || node.name === name),
  );

/** The first element along a path of names. */
export const elementAt = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((found, name) => elementsOf(found, name)[0], element);
