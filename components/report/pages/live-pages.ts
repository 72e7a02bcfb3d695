import { isDraft } from "@/lib/checks/check.ts";
import type { Page } from "@/lib/layout/display.ts";
import { liveLayout } from "@/lib/layout/live.ts";
import { type ComposedDocument, compose } from "@/lib/report/compose.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import type { Report } from "@/lib/report/report.ts";
import { layoutStyle } from "@/templates/document/style.ts";
import type { Draft } from "../draft/draft.ts";
import { PageFonts } from "./page-fonts.ts";
import type { PageMetrics } from "./page-metrics.ts";
import type { Pages } from "./page-places.ts";

/** Pages follow the typing at this distance, so that they never slow a key down; the mark of a draft takes its time (ms). */
const DELAY = 60;
const MARK_DELAY = 400;

/** The pages of the PDF that the draft would give, laid out anew beside the typing. */
export class LivePages {
  readonly #draft: Draft;
  readonly #layOut: (document: ComposedDocument) => readonly Page[];
  readonly #fonts: PageFonts;
  readonly #listeners = new Set<() => void>();
  #report: Report;
  #marked: boolean;
  #current: Pages;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #markTimer: ReturnType<typeof setTimeout> | undefined;

  #lastYear: FormattedReport | undefined;

  constructor(draft: Draft, { version, metrics }: PageMetrics, lastYear: FormattedReport | undefined) {
    this.#draft = draft;
    this.#lastYear = lastYear;
    this.#layOut = liveLayout(layoutStyle, metrics);
    this.#fonts = new PageFonts(version);
    this.#report = draft.state.report;
    this.#marked = isDraft(draft.format, this.#report, lastYear);
    this.#current = this.#made();
  }

  /** Changes identity with the pages; a page that looks as before stays the same object. */
  readonly current = (): Pages => this.#current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** From now on the mark of a draft is judged beside this report of last year. */
  compareWith(lastYear: FormattedReport | undefined): void {
    if (lastYear === this.#lastYear) return;
    this.#lastYear = lastYear;
    this.#judge();
  }

  /** Follows the draft until the returned function is called. */
  follow(): () => void {
    const plan = () => {
      if (this.#draft.state.report === this.#report) return;
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#update();
      }, DELAY);
      clearTimeout(this.#markTimer);
      this.#markTimer = setTimeout(() => this.#judge(), MARK_DELAY);
    };
    plan();
    this.#fonts.need(this.#current.pages);
    const unsubscribe = this.#draft.subscribe(plan);
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
      clearTimeout(this.#markTimer);
      this.#timer = undefined;
    };
  }

  #update(): void {
    this.#report = this.#draft.state.report;
    this.#current = this.#made();
    this.#fonts.need(this.#current.pages);
    for (const listener of this.#listeners) listener();
  }

  #made(): Pages {
    const document = compose(this.#draft.format, this.#report, this.#marked);
    return { document, pages: this.#layOut(document) };
  }

  #judge(): void {
    const marked = isDraft(this.#draft.format, this.#draft.state.report, this.#lastYear);
    if (marked === this.#marked) return;
    this.#marked = marked;
    this.#update();
  }
}
