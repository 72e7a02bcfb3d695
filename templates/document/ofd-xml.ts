/** The XML of an OFD file: one namespace, one prefix, lengths in mm. */
import { escapeXml } from "./xml.ts";

const NAMESPACE = "http://www.ofdspec.org/2016";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

type Attributes = Readonly<Record<string, string | number>>;

/** An element; the content is XML already. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const tag = `ofd:${name}${pairs.join("")}`;
  return content ? `<${tag}>${content}</ofd:${name}>` : `<${tag}/>`;
}

/** An element that holds nothing but text. */
export const textElement = (name: string, text: string, attributes: Attributes = {}): string =>
  element(name, attributes, escapeXml(text));

/** A whole XML file, as bytes. */
export const xmlFile = (name: string, attributes: Attributes, content: string): Uint8Array =>
  new TextEncoder().encode(DECLARATION + element(name, { "xmlns:ofd": NAMESPACE, ...attributes }, content));

/** pt → mm, to the thousandth, which nobody sees. */
export const millimetres = (points: number): number => Math.round(((points * 25.4) / 72) * 1000) / 1000;

/** pt → `x y width height` in mm. */
export const box = (x: number, y: number, width: number, height: number): string =>
  [x, y, width, height].map(millimetres).join(" ");
