import type { KeptText } from "@/lib/checks/kept-text.ts";
import { isChip, printedProse } from "@/lib/report/chips.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import type { Passage, PrintedPassage, Report } from "@/lib/report/report.ts";
import type { Draft } from "./draft.ts";

type Engine = Pick<typeof import("@/lib/checks/kept-text.ts"), "keptText">;
const loadEngine = (): Promise<Engine> => import("@/lib/checks/kept-text.ts");

/** The marks follow the typing at this distance (milliseconds), behind what the checks find. */
const DELAY = 150;
const LOAD_AGAIN = 5_000;

/** What was compared of a section, and what came of it. */
type Compared = { passages: readonly Passage[]; tables: Report["tables"]; kept: KeptText };
const none: readonly Passage[] = [];

/**
 * What every section of the draft still has of last year's text, recomputed beside the typing where its text has changed;
 * nothing as long as no report of last year is there.
 */
export class LiveKept {
  readonly #draft: Draft;
  readonly #listeners = new Set<() => void>();
  #lastYear: FormattedReport | undefined;
  #before: ReadonlyMap<string, readonly PrintedPassage[]> = new Map();
  #bySection = new Map<string, Compared>();
  #engine: Engine | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFollowing = false;

  constructor(draft: Draft, lastYear: FormattedReport | undefined) {
    this.#draft = draft;
    if (lastYear) this.#hold(lastYear);
  }

  /** Last year's text of a section as it was printed; empty where there is none. */
  readonly before = (section: string): readonly PrintedPassage[] => this.#before.get(section) ?? nothing;

  /** What a section has of last year's; undefined where last year's report has no such text, or is not read yet. */
  readonly at = (section: string): KeptText | undefined => this.#bySection.get(section)?.kept;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** From now on the draft is held against this report of last year. */
  compareWith(lastYear: FormattedReport): void {
    this.#hold(lastYear);
    this.#plan();
  }

  /** Follows the draft until the returned function is called. */
  follow(): () => void {
    this.#isFollowing = true;
    this.#plan();
    const unsubscribe = this.#draft.subscribe(() => this.#plan());
    return () => {
      unsubscribe();
      this.#isFollowing = false;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #hold(lastYear: FormattedReport): void {
    this.#lastYear = lastYear;
    this.#bySection.clear();
    this.#before = new Map(
      Object.keys(lastYear.report.prose).map((section) => [
        section,
        printedProse(lastYear.format, lastYear.report, section),
      ]),
    );
  }

  #plan(delay = DELAY): void {
    if (this.#timer !== undefined || !this.#isFollowing || this.#stale().length === 0) return;
    this.#timer = setTimeout(() => void this.#compare(), delay);
  }

  /** The sections of which last year has text, and whose own text is not the one that was compared. */
  #stale(): string[] {
    const { report } = this.#draft.state;
    return [...this.#before.keys()].filter((section) => {
      const known = this.#bySection.get(section);
      const passages = report.prose[section] ?? none;
      if (!known || known.passages !== passages) return true;
      return known.tables !== report.tables && passages.some(({ content }) => content.some(isChip));
    });
  }

  async #compare(): Promise<void> {
    try {
      this.#engine ??= await loadEngine();
    } catch {
      this.#timer = undefined;
      return this.#plan(LOAD_AGAIN);
    }
    this.#timer = undefined;
    if (!this.#lastYear || !this.#isFollowing) return;
    const { report } = this.#draft.state;
    const { report: old } = this.#lastYear;
    for (const section of this.#stale()) {
      const passages = printedProse(this.#draft.format, report, section);
      const kept = this.#engine.keptText(
        { year: report.year, agency: report.organisation.name, passages },
        { year: old.year, agency: old.organisation.name, passages: this.before(section) },
      );
      this.#bySection.set(section, { passages: report.prose[section] ?? none, tables: report.tables, kept });
    }
    for (const listener of this.#listeners) listener();
  }
}

const nothing: readonly PrintedPassage[] = [];
