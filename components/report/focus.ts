import { offsetInTyped } from "./places.ts";

type Target = { element: string; range?: { from: number; to: number } };
type Select = (range: Target["range"]) => void;

/** Fields that select characters of their text themselves, by element. */
const selectors = new Map<string, Select>();
/** What is to be selected once its field is there: text editors are loaded when they are first needed. */
let awaited: Target | undefined;

/** Lets a field take the focus in its own way until the returned function is called. */
export function offerSelection(element: string, select: Select): () => void {
  selectors.set(element, select);
  if (awaited?.element === element) select(awaited.range);
  awaited = undefined;
  return () => selectors.delete(element);
}

/** Puts the focus on a cell or field, or selects the characters of a text that are meant. */
export function focusSpot({ element, range }: Target): void {
  awaited = undefined;
  const select = selectors.get(element);
  if (select) {
    select(range);
    return;
  }
  const target = document.getElementById(element);
  if (!target) {
    awaited = { element, range };
    return;
  }
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
