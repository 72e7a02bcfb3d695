import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Markup } from "../../lib/sheet/clipboard.ts";

/** HTML as browsers read it, by a parser that follows the same standard. */
export const markupOf = (html: string): Markup => wrapped(parse(html));

const wrapped = (node: DefaultTreeAdapterTypes.Node): Markup => ({
  name: node.nodeName,
  text: "value" in node ? node.value : "",
  attribute: (name) => ("attrs" in node ? node.attrs.find((attribute) => attribute.name === name)?.value : undefined),
  children: "childNodes" in node ? node.childNodes.map(wrapped) : [],
});
