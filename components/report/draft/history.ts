import { type EditValue, sameValue } from "@/lib/report/edits.ts";

type Change = { path: string; before: EditValue; after: EditValue };
/** One thing the clerk did. Deliberate actions carry a label. */
export type Action = { label: string; changes: readonly Change[] };

const LONGEST_HISTORY = 500;
/** Typing in one place is one action until it rests this long, and never for longer than that (milliseconds). */
const TYPING_PAUSE = 1_000;
const LONGEST_TYPING = 5_000;

/** What can be undone and redone, across tables and text. */
export class History {
  #done: Action[] = [];
  #undone: Action[] = [];
  #lastAddedAt = Number.NEGATIVE_INFINITY;
  #begunAt = Number.NEGATIVE_INFINITY;

  get undoable(): Action | undefined {
    return this.#done.at(-1);
  }

  get redoable(): Action | undefined {
    return this.#undone.at(-1);
  }

  /** `apart` keeps an action from being taken for more of the typing before it. */
  add(action: Action, now: number, apart = false): void {
    const last = this.#done.at(-1);
    const [before] = last?.changes ?? [];
    const [change] = action.changes;
    const samePlace = last?.changes.length === 1 && action.changes.length === 1 && before?.path === change?.path;
    // A clock that was put back ends it, too.
    const rested = now - this.#lastAddedAt;
    const goesOn = rested >= 0 && rested < TYPING_PAUSE && now - this.#begunAt < LONGEST_TYPING;
    const isTyping = samePlace && !last?.label && !action.label && !apart && goesOn;
    if (isTyping && before && change) {
      // Typing that ends where it began, or is given up by Esc, leaves nothing to undo.
      this.#done.pop();
      const merged = { ...change, before: before.before };
      if (!sameValue(merged.before, merged.after)) this.#done.push({ label: "", changes: [merged] });
    } else {
      this.#done = [...this.#done, action].slice(-LONGEST_HISTORY);
      this.#begunAt = now;
    }
    this.#undone = [];
    this.#lastAddedAt = now;
  }

  undo(): Action | undefined {
    const action = this.#done.pop();
    if (action) this.#undone.push(action);
    this.#lastAddedAt = Number.NEGATIVE_INFINITY;
    return action;
  }

  redo(): Action | undefined {
    const action = this.#undone.pop();
    if (action) this.#done.push(action);
    return action;
  }
}
