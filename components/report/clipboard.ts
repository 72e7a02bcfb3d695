import type { Markup } from "@/lib/sheet/clipboard.ts";

/** Offices reach this app over plain HTTP, where `navigator.clipboard` does not exist: the copy command does. */
export function putOnClipboard(contents: Record<string, string>): boolean {
  let isTaken = false;
  const fill = (event: ClipboardEvent) => {
    for (const [type, content] of Object.entries(contents)) event.clipboardData?.setData(type, content);
    event.preventDefault();
    // The table below would otherwise put its selection in the place of this.
    event.stopImmediatePropagation();
    isTaken = event.clipboardData !== null;
  };
  window.addEventListener("copy", fill, true);
  const isDone = document.execCommand("copy");
  window.removeEventListener("copy", fill, true);
  return isDone && isTaken;
}

/** Whether more than one cell was copied. One figure alone is pasted by the browser. */
export const holdsSeveralCells = (html: string, text: string): boolean =>
  /[\t\r\n]/.test(text.trim()) || (html.match(/<t[dh][\s>]/gi) ?? []).length > 1;

/** Markup as this browser reads it. */
export const markupOf = (html: string): Markup => wrapped(bodyOf(html));

/**
 * The body of pasted markup. Nothing in it is loaded or run: it stands in a document that is never shown. Nor is it put into
 * that document, because then its style sheets would be held against the content security policy.
 */
export function bodyOf(html: string): HTMLElement {
  const body = document.createElement("template").content.ownerDocument.createElement("body");
  body.innerHTML = html;
  return body;
}

const wrapped = (node: Node): Markup => ({
  name: node.nodeName.toLowerCase(),
  text: node.nodeValue ?? "",
  attribute: (name) => (node instanceof Element ? (node.getAttribute(name) ?? undefined) : undefined),
  get children() {
    return [...node.childNodes].map(wrapped);
  },
});
