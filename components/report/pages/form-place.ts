import type { FormPlace } from "./page-places.ts";

/** Where the clerk is in the form: the field in focus, and in a text the paragraph and character of its caret. */
export function placeInFocus(): FormPlace | undefined {
  const field = document.activeElement?.closest<HTMLElement>(
    "input[id], select[id], textarea[id], output[id], [contenteditable]",
  );
  if (!field) return undefined;
  if (field instanceof HTMLTextAreaElement) return typedPlace(field.id, field.value.slice(0, field.selectionEnd));
  if (field.isContentEditable) return editedPlace(field);
  return { kind: "field", at: field.id };
}

/** A paragraph a line; lines without text are none. */
function typedPlace(part: string, before: string): FormPlace {
  const lines = before.split("\n");
  const current = lines.pop() ?? "";
  const paragraph = lines.filter((line) => line.trim() !== "").length;
  return { kind: "text", part, paragraph, offset: current.trimStart().length };
}

/** A paragraph a child of the editor. */
function editedPlace(editor: HTMLElement): FormPlace | undefined {
  const part = editor.id || editor.closest<HTMLElement>("[id]")?.id;
  const selection = window.getSelection();
  const { focusNode, focusOffset } = selection ?? { focusNode: null, focusOffset: 0 };
  if (!part || !focusNode || !editor.contains(focusNode)) return undefined;
  const children = [...editor.children];
  const current = children.find((child) => child.contains(focusNode));
  if (!current) return { kind: "text", part, paragraph: 0, offset: 0 };
  const before = children.slice(0, children.indexOf(current));
  const paragraph = before.filter((child) => child.textContent?.trim()).length;
  const range = document.createRange();
  range.setStart(current, 0);
  range.setEnd(focusNode, focusOffset);
  return { kind: "text", part, paragraph, offset: range.toString().length };
}
