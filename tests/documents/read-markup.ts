/** An element of XML or of well-formed HTML. Prefixes stay part of the names. */
export type Element = { name: string; attributes: Record<string, string>; children: (Element | string)[] };

const TOKEN = /<\?[^>]*\?>|<!doctype[^>]*>|<!--[\s\S]*?-->|<(\/?)([\w:-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|[^<]+/gi;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text.replace(/&(?:#x([\da-f]+)|(\w+));/gi, (whole, code: string | undefined, name: string | undefined) => {
    if (code) return String.fromCodePoint(Number.parseInt(code, 16));
    const sign = ENTITIES[name ?? ""];
    if (sign === undefined) throw new Error(`unknown entity ${whole}`);
    return sign;
  });

/** Reads markup strictly: every tag closed in order, every attribute quoted, nothing left over. Throws otherwise. */
export function readMarkup(markup: string): Element {
  const root: Element = { name: "", attributes: {}, children: [] };
  const open = [root];
  let position = 0;
  for (const token of markup.matchAll(TOKEN)) {
    if (token.index !== position) throw new Error(`not well-formed: ${markup.slice(position, position + 80)}`);
    position += token[0].length;
    const [all, closing, name, attributes = "", empty] = token;
    const parent = open.at(-1);
    if (!parent) throw new Error(`nothing is open at ${all}`);
    if (name === undefined) {
      if (!all.startsWith("<")) parent.children.push(decoded(all));
    } else if (closing) {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else {
      const pairs = [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)];
      const element: Element = {
        name,
        attributes: Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, decoded(value)])),
        children: [],
      };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (position !== markup.length || open.length !== 1) throw new Error("not well-formed: ends too early");
  return root;
}

export const elementsOf = (element: Element): Element[] =>
  element.children.filter((child) => typeof child !== "string");

/** Elements of that name at any depth, in document order. */
export const all = (element: Element, name: string): Element[] =>
  elementsOf(element).flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);

/** The first element of that name at any depth. Throws when there is none. */
export function first(element: Element, name: string): Element {
  const [found] = all(element, name);
  if (!found) throw new Error(`no <${name}> in <${element.name}>`);
  return found;
}

/** All text below an element. */
export const textOf = (element: Element): string =>
  element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
