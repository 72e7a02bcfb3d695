import type { CheckRequest, Finding } from "@/lib/checks/finding.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Draft } from "./draft.ts";

type Engine = Pick<typeof import("@/lib/checks/check.ts"), "rememberingCheck">;
type Check = ReturnType<Engine["rememberingCheck"]>;

/** What the checks are told as long as the page is open. */
type Given = Pick<CheckRequest, "requirements" | "rollup">;

/** The checks are the largest part of what the form needs, and the last: fields can be filled in before they are here. */
const loadEngine = (): Promise<Engine> => import("@/lib/checks/check.ts");

/** Findings follow the typing of text at this distance (milliseconds), so that they never slow a key down. */
const DELAY = 80;
/** After so long the checks are asked for again when they could not be loaded (milliseconds). */
const LOAD_AGAIN = 5_000;
const none: readonly Finding[] = [];

/**
 * What the checks say about the draft as it stands; nothing until they are loaded. After a change of figures they are there at
 * once, so that these, their sums and the findings are painted together; after one of words they follow a little later.
 */
export class LiveFindings {
  readonly #draft: Draft;
  readonly #given: Given;
  readonly #listeners = new Set<() => void>();
  #checked: Report;
  #all: readonly Finding[] = none;
  #toSubmit: readonly Finding[] | undefined;
  #lastToSubmit = none;
  #byPlace: ReadonlyMap<string, readonly Finding[]> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #covers: ((character: string) => boolean) | undefined;
  #drafting: Check | undefined;
  #submission: Check | undefined;
  #loading: ReturnType<typeof setTimeout> | undefined;

  #lastYear: FormattedReport | undefined;

  constructor(draft: Draft, given: Given, lastYear: FormattedReport | undefined) {
    this.#draft = draft;
    this.#given = given;
    this.#lastYear = lastYear;
    this.#checked = draft.state.report;
  }

  /** Whether the checks have spoken: before that, no finding does not mean that all is well. */
  readonly ready = (): boolean => this.#drafting !== undefined;

  /** In the order the checks give them: by severity, then as the document runs. Keeps its identity while nothing else is found. */
  readonly all = (): readonly Finding[] => this.#all;

  /** Findings of exactly this place, such as a cell. */
  readonly at = (place: string): readonly Finding[] => this.#byPlace.get(place) ?? none;

  /** What would be found if the report were submitted as it stands: blanks count, too. Keeps its identity while nothing else is found. */
  readonly toSubmit = (): readonly Finding[] => {
    this.#toSubmit ??= kept(this.#lastToSubmit, this.#found("submission", this.#submission));
    this.#lastToSubmit = this.#toSubmit;
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

  /** From now on the draft is held against this report of last year. */
  compareWith(lastYear: FormattedReport): void {
    this.#lastYear = lastYear;
    this.#check();
  }

  /** Follows the draft until the returned function is called. */
  follow(): () => void {
    const plan = () => {
      const { report } = this.#draft.state;
      if (report === this.#checked) return;
      if (sayTheSame(report, this.#checked)) this.#check();
      else this.#timer ??= setTimeout(() => this.#check(), DELAY);
    };
    if (this.#drafting) plan();
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
        this.#drafting = engine.rememberingCheck();
        this.#submission = engine.rememberingCheck();
        this.#check();
      },
      () => {
        this.#loading = setTimeout(() => this.#load(), LOAD_AGAIN);
      },
    );
  }

  #check(): void {
    if (!this.#drafting) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#checked = this.#draft.state.report;
    this.#toSubmit = undefined;
    const before = this.#all;
    this.#all = kept(before, this.#found("drafting", this.#drafting));
    if (this.#all !== before) this.#byPlace = groupedByPlace(this.#all, this.#byPlace);
    for (const listener of this.#listeners) listener();
  }

  #found(stage: "drafting" | "submission", check: Check | undefined): readonly Finding[] {
    const given = {
      ...this.#given,
      ...(this.#covers && { covers: this.#covers }),
      ...(this.#lastYear && { lastYear: this.#lastYear }),
    };
    return check?.({ format: this.#draft.format, report: this.#checked, stage, ...given }) ?? none;
  }
}

/** Whether two reports differ in nothing but figures. */
function sayTheSame({ tables: _, ...one }: Report, other: Report): boolean {
  return Object.entries(one).every(([part, value]) => other[part as keyof Report] === value);
}

/** The list that is known already where the new one holds the same. */
const kept = (known: readonly Finding[], found: readonly Finding[]): readonly Finding[] =>
  known.length === found.length && known.every((finding, index) => finding === found[index]) ? known : found;

/** Findings by where they are. A place at which nothing changed keeps its list, and need not be shown again. */
function groupedByPlace(findings: readonly Finding[], before: ReadonlyMap<string, readonly Finding[]>) {
  const byPlace = new Map<string, readonly Finding[]>();
  for (const finding of findings) byPlace.set(finding.at, [...(byPlace.get(finding.at) ?? []), finding]);
  for (const [at, list] of byPlace) byPlace.set(at, kept(before.get(at) ?? none, list));
  return byPlace;
}
