import { offsetInTyped } from "./places.ts";

type Target = { element: string; range?: { from: number; to: number } };

/** Puts the focus on a cell or field, or selects the characters of a text that are meant. */
export function focusSpot({ element, range }: Target): void {
  const target = document.getElementById(element);
  if (!target) return;
  if (target instanceof HTMLTextAreaElement && range) {
    const from = offsetInTyped(target.value, range.from);
    // Selecting first and focusing then makes the browser scroll to the selection.
    target.setSelectionRange(from, offsetInTyped(target.value, range.to));
    target.focus();
    return;
  }
  target.focus();
  if (target instanceof HTMLInputElement) target.select();
  target.scrollIntoView({ block: "center" });
}
