import { check } from "@/lib/checks/check.ts";
import type { Finding } from "@/lib/checks/finding.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Draft } from "./draft.ts";

/** Findings follow the typing at this distance (milliseconds), so that they never slow a key down. */
const DELAY = 80;
const none: readonly Finding[] = [];

/** What the checks say about the draft as it stands, recomputed beside the typing. */
export class LiveFindings {
  readonly #draft: Draft;
  readonly #listeners = new Set<() => void>();
  #checked: Report;
  #all: readonly Finding[] = none;
  #byPlace: ReadonlyMap<string, readonly Finding[]> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #covers: ((character: string) => boolean) | undefined;

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#checked = draft.state.report;
    this.#check();
  }

  /** In the order the checks give them: by severity, then as the document runs. */
  readonly all = (): readonly Finding[] => this.#all;

  /** Findings of exactly this place, such as a cell. */
  readonly at = (place: string): readonly Finding[] => this.#byPlace.get(place) ?? none;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** From now on characters are named that the fonts of the PDF have not. */
  cover(covers: (character: string) => boolean): void {
    this.#covers = covers;
    this.#check();
  }

  /** Follows the draft until the returned function is called. */
  follow(): () => void {
    const plan = () => {
      if (this.#timer !== undefined || this.#draft.state.report === this.#checked) return;
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#check();
      }, DELAY);
    };
    plan();
    const unsubscribe = this.#draft.subscribe(plan);
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #check(): void {
    this.#checked = this.#draft.state.report;
    const { format } = this.#draft;
    const covers = this.#covers && { covers: this.#covers };
    this.#all = check({ format, report: this.#checked, stage: "drafting", ...covers });
    const byPlace = new Map<string, Finding[]>();
    for (const finding of this.#all) {
      const known = byPlace.get(finding.at);
      if (known) known.push(finding);
      else byPlace.set(finding.at, [finding]);
    }
    this.#byPlace = byPlace;
    for (const listener of this.#listeners) listener();
  }
}
