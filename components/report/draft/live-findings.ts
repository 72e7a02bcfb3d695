import type { Finding } from "@/lib/checks/finding.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Draft } from "./draft.ts";

type Engine = Pick<typeof import("@/lib/checks/check.ts"), "check">;

/** The checks are the largest part of what the form needs, and the last: fields can be filled in before they are here. */
const loadEngine = (): Promise<Engine> => import("@/lib/checks/check.ts");

/** Findings follow the typing at this distance (milliseconds), so that they never slow a key down. */
const DELAY = 80;
/** After so long the checks are asked for again when they could not be loaded (milliseconds). */
const LOAD_AGAIN = 5_000;
const none: readonly Finding[] = [];

/** What the checks say about the draft as it stands, recomputed beside the typing; nothing until they are loaded. */
export class LiveFindings {
  readonly #draft: Draft;
  readonly #listeners = new Set<() => void>();
  #checked: Report;
  #all: readonly Finding[] = none;
  #toSubmit: readonly Finding[] | undefined;
  #byPlace: ReadonlyMap<string, readonly Finding[]> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #covers: ((character: string) => boolean) | undefined;
  #engine: Engine | undefined;
  #loading: ReturnType<typeof setTimeout> | undefined;

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#checked = draft.state.report;
  }

  /** Whether the checks have spoken: before that, no finding does not mean that all is well. */
  readonly ready = (): boolean => this.#engine !== undefined;

  /** In the order the checks give them: by severity, then as the document runs. */
  readonly all = (): readonly Finding[] => this.#all;

  /** Findings of exactly this place, such as a cell. */
  readonly at = (place: string): readonly Finding[] => this.#byPlace.get(place) ?? none;

  /** What would be found if the report were submitted as it stands: blanks count, too. Keeps its identity with `all`. */
  readonly toSubmit = (): readonly Finding[] => {
    this.#toSubmit ??= this.#found("submission");
    return this.#toSubmit;
  };

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
    if (this.#engine) plan();
    else this.#load();
    const unsubscribe = this.#draft.subscribe(plan);
    return () => {
      unsubscribe();
      clearTimeout(this.#loading);
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #load(): void {
    loadEngine().then(
      (engine) => {
        this.#engine = engine;
        this.#check();
      },
      () => {
        this.#loading = setTimeout(() => this.#load(), LOAD_AGAIN);
      },
    );
  }

  #check(): void {
    if (!this.#engine) return;
    this.#checked = this.#draft.state.report;
    this.#toSubmit = undefined;
    this.#all = this.#found("drafting");
    const byPlace = new Map<string, Finding[]>();
    for (const finding of this.#all) {
      const known = byPlace.get(finding.at);
      if (known) known.push(finding);
      else byPlace.set(finding.at, [finding]);
    }
    this.#byPlace = byPlace;
    for (const listener of this.#listeners) listener();
  }

  #found(stage: "drafting" | "submission"): readonly Finding[] {
    if (!this.#engine) return none;
    const covers = this.#covers && { covers: this.#covers };
    return this.#engine.check({ format: this.#draft.format, report: this.#checked, stage, ...covers });
  }
}
