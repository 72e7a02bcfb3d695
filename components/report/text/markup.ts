import { bodyOf } from "../clipboard.ts";

/** An element of pasted markup, as plain data: no document, no script, no layout. Comments are left out. */
export type Markup = {
  /** In lower case, with its prefix: `p`, `o:p`. */
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (Markup | string)[];
};

/** Reads markup with the browser's own parser, which neither runs nor fetches anything of it. */
export const parseMarkup = (html: string): Markup => markupOf(bodyOf(html));

function markupOf(element: Element): Markup {
  const children: (Markup | string)[] = [];
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) children.push(child.nodeValue ?? "");
    else if (child.nodeType === Node.ELEMENT_NODE) children.push(markupOf(child as Element));
  }
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  return { tag: element.tagName.toLowerCase(), attributes, children };
}

/** All text of an element. */
export const textOfMarkup = ({ children }: Markup): string =>
  children.map((child) => (typeof child === "string" ? child : textOfMarkup(child))).join("");
