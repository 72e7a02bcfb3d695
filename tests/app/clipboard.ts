import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Markup } from "../../components/report/text/markup.ts";

/** Reads markup as the browser does: the same algorithm, into the same plain data. */
export function markupOf(html: string): Markup {
  const root = elementOf(parse(html) as unknown as DefaultTreeAdapterTypes.Element);
  const page = root.children.find(isElement);
  const body = page?.children.filter(isElement).find(({ tag }) => tag === "body");
  if (!body) throw new Error("markup without a body");
  return body;
}

const isElement = (child: Markup | string): child is Markup => typeof child !== "string";

function elementOf(element: DefaultTreeAdapterTypes.Element): Markup {
  const children = element.childNodes.flatMap((child): (Markup | string)[] => {
    if ("value" in child) return [child.value];
    return "tagName" in child ? [elementOf(child)] : [];
  });
  const attributes = Object.fromEntries((element.attrs ?? []).map(({ name, value }) => [name, value]));
  return { tag: element.tagName ?? "", attributes, children };
}
