"use client";

import {
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Table } from "@/lib/report/format.ts";
import { placeOf } from "@/lib/report/grid.ts";
import { copyOf } from "@/lib/sheet/copy.ts";
import { cellPath } from "./blanks.ts";
import { type BoundForm, inputName } from "./bound-form.ts";
import { areaOf, cellsIn, elementOf, extended, type Move, moved, type Spot, spotOf } from "./cell-moves.ts";
import type { Draft } from "./draft/draft.ts";
import { guidancePanelId, type Line } from "./guidance-panel.tsx";

/** A rectangle of cells: where it was begun and where it ends for now. */
export type Selection = { anchor: Spot; head: Spot };

/** What copying and cutting need of their event, whoever of the page hears it. */
type Clipping = Pick<globalThis.ClipboardEvent, "clipboardData" | "preventDefault">;
type Options = { table: Table; form: BoundForm; draft: Draft; onAsk: (line: Line) => void };
type Memory = {
  /** The cell in focus and what stood in it when it was entered. */
  entered?: { id: string; text: string };
  /** The window lost the focus, not the cell. */
  isAway?: boolean;
  /** The grid column that moves up and down keep to, as long as the cell they led to is in focus. */
  lane?: { id: string; column: number };
  /** Where the mouse was pressed. */
  pressed?: Spot;
};

const arrows: Readonly<Record<string, Move>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/**
 * Makes the fields of a table a sheet: keys move from cell to cell as in a spreadsheet, rectangles can be selected,
 * copied and cleared, and the row and column in focus are marked. All of it is done by a few handlers around the table,
 * none in the cells.
 */
export function useCells({ table, form, draft, onAsk }: Options) {
  const [selection, setSelection] = useState<Selection>();
  const memory = useRef<Memory>({});
  useMarks(table, selection);

  const { handlers, copy, cut } = useMemo(() => {
    const go = (spot: Spot | undefined) => {
      const cell = spot && document.getElementById(elementOf(table, spot));
      cell?.focus();
      if (cell instanceof HTMLInputElement) cell.select();
      return cell?.id;
    };

    const step = (from: Spot, move: Move) => {
      const id = elementOf(table, from);
      const isVertical = move === "up" || move === "down";
      const { lane } = memory.current;
      const column = lane?.id === id ? lane.column : placeOf(table, from.row, from.column)?.left;
      const reached = go(moved(table, from, move, isVertical ? column : undefined));
      memory.current.lane = isVertical && reached && column !== undefined ? { id: reached, column } : undefined;
    };

    const restore = (cell: HTMLElement) => {
      const { entered } = memory.current;
      if (!(cell instanceof HTMLInputElement) || entered?.id !== cell.id || entered.text === cell.value) return false;
      form.setValue(inputName(`tables.${cell.id}`), entered.text);
      cell.select();
      return true;
    };

    const clear = ({ anchor, head }: Selection) => {
      const area = areaOf(table, anchor, head);
      const cells = area ? cellsIn(table, area) : [];
      const edits = cells.flatMap(({ role, at }) =>
        role === "entry" && at ? [{ path: cellPath(table, at.row, at.column), value: null }] : [],
      );
      const made = draft.admitted(edits);
      draft.edit(made, `清空 ${made.length} 格`);
    };

    /** Does what the key means in this cell; false leaves it to the browser. */
    const press = (event: KeyboardEvent, cell: HTMLElement, spot: Spot): boolean => {
      const { key, shiftKey: isShift } = event;
      const isCommand = event.ctrlKey || event.metaKey;
      const move = arrows[key];
      if (move) {
        if (isCommand) return false;
        const isInside = (move === "left" || move === "right") && !isAtEdge(cell, move);
        if (isShift ? isInside && !selection : isInside) return false;
        if (!isShift) step(spot, move);
        else {
          const head = extended(table, selection?.head ?? spot, move);
          if (head) setSelection({ anchor: selection?.anchor ?? spot, head });
        }
        return true;
      }
      switch (key) {
        case "Enter":
          if (isCommand) return false;
          step(spot, isShift ? "up" : "down");
          return true;
        case "Home":
        case "End": {
          if (isShift) return false;
          const isStart = key === "Home";
          if (isCommand) step(spot, isStart ? "first" : "last");
          else if (isCaretAt(cell, isStart ? "left" : "right")) step(spot, isStart ? "rowStart" : "rowEnd");
          else return false;
          return true;
        }
        case "Escape":
          if (!selection) return restore(cell);
          setSelection(undefined);
          return true;
        case "F1":
          onAsk(spot);
          document.getElementById(guidancePanelId)?.focus();
          return true;
        case "F2":
          if (cell instanceof HTMLInputElement) cell.setSelectionRange(cell.value.length, cell.value.length);
          return true;
        case "Delete":
        case "Backspace":
          if (!selection) return false;
          clear(selection);
          return true;
        case "a": {
          const first = moved(table, spot, "first");
          const last = extended(table, spot, "last");
          if (!isCommand || !isAtEdge(cell, "left") || !isAtEdge(cell, "right") || !first || !last) return false;
          setSelection({ anchor: first, head: last });
          return true;
        }
        default:
          return false;
      }
    };

    const copy = (event: Clipping, cell: Element) => {
      const area = selection && areaOf(table, selection.anchor, selection.head);
      const spot = spotOf(table, cell);
      const at = spot && cell instanceof HTMLOutputElement ? areaOf(table, spot, spot) : undefined;
      const isText = !area && String(window.getSelection()) !== "";
      if (!(area ?? at) || isText) return false;
      const { text, html } = copyOf(table, draft.state.report.tables[table.id] ?? {}, area ?? at);
      event.clipboardData?.setData("text/plain", area ? text : text.trimEnd());
      event.clipboardData?.setData("text/html", html);
      event.preventDefault();
      return area !== undefined;
    };

    const cut = (event: Clipping, cell: Element) => {
      if (copy(event, cell) && selection) clear(selection);
    };

    const handlers = {
      onKeyDown: (event: KeyboardEvent) => {
        const cell = event.target as HTMLElement;
        const spot = spotOf(table, cell);
        // 229 is what browsers report for every key that an input method takes.
        if (!spot || event.altKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (press(event, cell, spot)) event.preventDefault();
      },
      onFocus: (event: FocusEvent<HTMLElement>) => {
        const cell = event.target;
        const spot = spotOf(table, cell);
        if (!spot) return;
        const { entered, isAway } = memory.current;
        const text = cell instanceof HTMLInputElement ? cell.value : "";
        if (!(isAway && entered?.id === cell.id)) memory.current.entered = { id: cell.id, text };
        memory.current.isAway = false;
        setSelection((known) => (known && elementOf(table, known.anchor) === cell.id ? known : undefined));
        markLines(table, cell, spot);
        onAsk(spot);
      },
      onBlur: (event: FocusEvent<HTMLElement>) => {
        memory.current.isAway = document.activeElement === event.target;
        if (!memory.current.isAway) unmarkLines(event.currentTarget);
      },
      onInput: () => setSelection(undefined),
      onCopy: (event: ClipboardEvent) => void copy(event, event.target as Element),
      onCut: (event: ClipboardEvent) => cut(event, event.target as Element),
      onPointerDown: (event: PointerEvent) => {
        const spot = spotUnder(table, event);
        if (!spot || event.pointerType !== "mouse" || event.button !== 0) return;
        const from = document.activeElement && spotOf(table, document.activeElement);
        memory.current.pressed = spot;
        if (event.shiftKey && from) setSelection({ anchor: from, head: spot });
        else setSelection(undefined);
      },
      /** Keeps the focus where the rectangle began. */
      onMouseDown: (event: React.MouseEvent) => {
        const from = document.activeElement && spotOf(table, document.activeElement);
        if (event.shiftKey && from && spotUnder(table, event)) event.preventDefault();
      },
      onPointerOver: (event: PointerEvent) => {
        const { pressed } = memory.current;
        if (!pressed || event.pointerType !== "mouse" || event.buttons !== 1 || event.shiftKey) return;
        const head = spotUnder(table, event);
        if (!head) return;
        setSelection((known) => {
          const isElsewhere = elementOf(table, head) !== elementOf(table, pressed);
          return known || isElsewhere ? { anchor: pressed, head } : known;
        });
      },
      onPointerUp: () => {
        memory.current.pressed = undefined;
      },
    };
    return { handlers, copy, cut };
  }, [table, form, draft, onAsk, selection]);

  useEffect(() => {
    // Where the cell in focus holds no caret, as a sum does, Chromium 109 asks the body.
    const handing = (act: (event: Clipping, cell: Element) => void) => (event: globalThis.ClipboardEvent) => {
      if (event.target === document.body && document.activeElement) act(event, document.activeElement);
    };
    const [copied, cutOut] = [handing(copy), handing(cut)];
    document.addEventListener("copy", copied);
    document.addEventListener("cut", cutOut);
    return () => {
      document.removeEventListener("copy", copied);
      document.removeEventListener("cut", cutOut);
    };
  }, [copy, cut]);

  const deselect = useCallback(() => setSelection(undefined), []);
  return { selection, deselect, handlers };
}

/** Whether an arrow key has nothing left to do in the field: all is selected, or the caret stands at that end. */
const isAtEdge = (cell: HTMLElement, side: "left" | "right"): boolean =>
  !(cell instanceof HTMLInputElement) ||
  (cell.selectionStart === 0 && cell.selectionEnd === cell.value.length) ||
  isCaretAt(cell, side);

function isCaretAt(cell: HTMLElement, side: "left" | "right"): boolean {
  if (!(cell instanceof HTMLInputElement)) return true;
  const edge = side === "left" ? 0 : cell.value.length;
  return cell.selectionStart === edge && cell.selectionEnd === edge;
}

function spotUnder(table: Table, event: { target: EventTarget }): Spot | undefined {
  const cell = (event.target as Element).closest("td")?.querySelector("input, output");
  return cell ? spotOf(table, cell) : undefined;
}

const MARK = "data-current";

/** Marks the headings of the column in focus and the column itself; the row is marked by the style sheet. */
function markLines(table: Table, cell: HTMLElement, { row, column }: Spot): void {
  const element = cell.closest("table");
  if (!element) return;
  unmarkLines(element);
  const heading = `th[data-column="${column}"]`;
  const head = cell.closest("tbody")?.querySelector(heading) ?? element.querySelector(heading);
  head?.setAttribute(MARK, "");
  element.querySelectorAll("col")[placeOf(table, row, column)?.left ?? -1]?.setAttribute(MARK, "");
}

function unmarkLines(table: Element): void {
  for (const marked of table.querySelectorAll(`[${MARK}]`)) marked.removeAttribute(MARK);
}

/** Shows the selected rectangle: a tint, and a line around it. */
function useMarks(table: Table, selection: Selection | undefined): void {
  useEffect(() => {
    const area = selection && areaOf(table, selection.anchor, selection.head);
    if (!area) return undefined;
    const marked = cellsIn(table, area).flatMap(({ at, top, left, rowSpan, colSpan }) => {
      const element = at && document.getElementById(elementOf(table, { row: at.row.id, column: at.column.id }));
      const cell = element?.closest("td");
      if (!cell) return [];
      const edges = [
        ...(top === area.top ? ["top"] : []),
        ...(left === area.left ? ["left"] : []),
        ...(top + rowSpan - 1 === area.bottom ? ["bottom"] : []),
        ...(left + colSpan - 1 === area.right ? ["right"] : []),
      ];
      cell.dataset.selected = edges.join(" ");
      return [cell];
    });
    document.getElementById(elementOf(table, selection.head))?.scrollIntoView({ block: "nearest", inline: "nearest" });
    return () => {
      for (const cell of marked) delete cell.dataset.selected;
    };
  }, [table, selection]);
}
