import { type Reading, readOnServer } from "@/components/import/reading.ts";
import { checkAmong, lastYearOf } from "@/lib/checks/checkup.ts";
import { type CheckedReport, type Corrections, checkedReport } from "@/lib/checks/corrections.ts";
import type { Requirements } from "@/lib/checks/requirement-pack.ts";
import { askPublished, type Published } from "./published.ts";

/** A file that is to be checked, and how far it is. */
export type CheckedFile = { id: number; name: string } & (
  | { state: "waiting" | "reading" }
  | { state: "refused"; message: string }
  /**
   * What it was held against: `lastYear`, the file of the same agency's report of the year before; `published`, what the agency
   * published of that year.
   */
  | {
      state: "checked";
      read: Reading;
      checked: CheckedReport;
      lastYear: string | undefined;
      published: Published | undefined;
    }
);
type Checked = Extract<CheckedFile, { state: "checked" }>;

/** `comparing`: all files are read, and what they say is held against each other. */
export type CheckupState = { files: readonly CheckedFile[]; phase: "idle" | "reading" | "comparing" };

/** Files that the server reads for one page at the same time. */
const AT_ONCE = 2;

/**
 * 体检 of many files: each is read on the server and checked here, first with those that were read before it, and once all
 * are read with all the others. Nothing is kept beyond the page.
 */
export class Checkup {
  readonly #requirements: readonly Requirements[];
  readonly #mayCompare: boolean;
  readonly #listeners = new Set<() => void>();
  #state: CheckupState = { files: [], phase: "idle" };
  #blobs = new Map<number, Blob>();
  #next = 1;
  #reading = 0;
  #over = new AbortController();

  /** `mayCompare`: whether she may ask for what was published here. */
  constructor(requirements: readonly Requirements[], mayCompare: boolean) {
    this.#requirements = requirements;
    this.#mayCompare = mayCompare;
  }

  readonly state = (): CheckupState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes files in the order given, behind those that are here already. */
  add(files: readonly File[]): void {
    const added = files.map((file): CheckedFile => {
      const id = this.#next++;
      this.#blobs.set(id, file);
      return { id, name: file.name, state: "waiting" };
    });
    this.#show({ files: [...this.#state.files, ...added], phase: "reading" });
    while (this.#reading < AT_ONCE && this.#blobs.size > 0) void this.#work(this.#over);
  }

  /** Leaves a file out. What others were held against it for is judged again. */
  remove(id: number): void {
    this.#blobs.delete(id);
    this.#show({ ...this.#state, files: this.#state.files.filter((file) => file.id !== id) });
    if (this.#reading === 0) void this.#compare(this.#over);
  }

  /** Stops, and forgets all files. */
  clear(): void {
    this.#over.abort();
    this.#over = new AbortController();
    this.#blobs = new Map();
    this.#reading = 0;
    this.#show({ files: [], phase: "idle" });
  }

  async #work(over: AbortController): Promise<void> {
    this.#reading++;
    for (const [id, blob] of this.#blobs) {
      this.#blobs.delete(id);
      this.#change(id, ({ name }) => ({ id, name, state: "reading" }));
      const result = await readOnServer(blob, over.signal).catch(() => undefined);
      const published = result?.ok && this.#mayCompare ? await askPublished(result.reading.report) : undefined;
      if (over.signal.aborted || !result) return;
      this.#change(id, ({ name }) =>
        result.ok
          ? this.#checked({ id, name, read: result.reading, published })
          : { id, name, state: "refused", message: result.message },
      );
    }
    this.#reading--;
    if (this.#reading === 0) await this.#compare(over);
  }

  /** Judges every report with all the others; the page stays alive in between. */
  async #compare(over: AbortController): Promise<void> {
    this.#show({ ...this.#state, phase: "comparing" });
    for (const { id } of this.#state.files) {
      await new Promise((resolve) => setTimeout(resolve));
      if (over.signal.aborted || this.#reading > 0) return;
      this.#change(id, (file) => (file.state === "checked" ? this.#checked(file) : file));
    }
    this.#show({ ...this.#state, phase: "idle" });
  }

  #checked({ id, name, read, published }: Pick<Checked, "id" | "name" | "read" | "published">): Checked {
    const others = this.#state.files.filter((file): file is Checked => file.state === "checked" && file.id !== id);
    const all = others.map((file) => file.read);
    const findings = checkAmong(read, all, {
      requirements: this.#requirements,
      ...(published && { publication: published }),
    });
    const before = lastYearOf(read, all);
    const lastYear = others.find((file) => file.read === before)?.name;
    return { id, name, state: "checked", read, checked: checkedReport(name, read, findings), lastYear, published };
  }

  #change(id: number, change: (file: CheckedFile) => CheckedFile): void {
    this.#show({
      ...this.#state,
      files: this.#state.files.map((file) => (file.id === id ? change(file) : file)),
    });
  }

  #show(state: CheckupState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** What a list of corrections of these files says; reports without any are in it, too. */
export function correctionsOf(files: readonly CheckedFile[], withHints: boolean): Corrections {
  return {
    reports: files.flatMap((file) => (file.state === "checked" ? [shownOf(file.checked, withHints)] : [])),
    unread: files.flatMap((file) => (file.state === "refused" ? [{ file: file.name, reason: file.message }] : [])),
  };
}

const shownOf = (checked: CheckedReport, withHints: boolean): CheckedReport =>
  withHints ? checked : { ...checked, corrections: checked.corrections.filter(({ severity }) => severity !== "hint") };
