import type { JournalBackup } from "../../components/report/draft/backup.ts";
import { Draft } from "../../components/report/draft/draft.ts";
import type { JournalStorage } from "../../components/report/draft/journal.ts";
import type { Message, Peers } from "../../components/report/draft/peers.ts";
import { type EditValue, sameValue, valueAt } from "../../lib/report/edits.ts";
import type { Format } from "../../lib/report/format.ts";
import { changesBetween } from "../../lib/report/history.ts";
import type { Report } from "../../lib/report/report.ts";
import type { Save } from "../../lib/report/save.ts";
import { memoryStorage } from "./draft-server.ts";
import type { virtualTime } from "./virtual-time.ts";

/** What holds the report: in memory, or a database. */
export type Store = {
  read: () => Promise<{ report: Report; version: number; savedAt: number }>;
  save: (
    save: Save,
  ) => Promise<
    | { kind: "saved"; version: number; savedAt: number }
    | { kind: "conflict"; stored: { report: Report; version: number; savedAt: number } }
    | { kind: "refused"; message: string }
  >;
};

/** What becomes of one request for a save. */
export type Fate =
  | "arrives"
  /** The network is gone. */
  | "lost"
  /** The server saves, and nobody hears of it. */
  | "lostAnswer"
  /** Nothing comes back; the request is gone, or arrives much later. */
  | "swallowed"
  | "late"
  | "twice"
  | 401
  | 413
  | 422
  | 429
  | 500
  | 503;

/** Of one browser: what it keeps, and its pages. */
type Browser = {
  storage: ReturnType<typeof memoryStorage>;
  /** What of the storage is on the disk: the browser writes it there now and then. */
  disk: Map<string, string>;
  /** What it writes to the disk when told to. */
  backup: Map<string, string>;
  ears: Set<(message: Message) => void>;
  tabs: Tab[];
};
type Tab = { clerk: number; draft: Draft; alive: boolean };

/** Milliseconds; a page gives a request up after twenty seconds. */
const NETWORK = 40;
const LATE = 25_000;
const BETWEEN_PAGES = 3;
/** A page collects what goes to the backup, and then the disk takes its time. */
const COLLECTING = 50;
const WRITING = 30;
const READING = 10;
/** No later than this a browser has its storage on the disk. */
const FLUSHED = 4_000;
/** After so long the pages of a browser have heard of an edit. */
const TOLD = 200;

/**
 * Clerks with their browsers and one server, and beside them what is known of everything that was typed: the oracle by
 * which the promises of the protocol are judged. Every typed value is a new one, so that it tells who typed it.
 */
export class World {
  readonly browsers: readonly Browser[];
  readonly #format: Format;
  readonly #time: ReturnType<typeof virtualTime>;
  readonly #store: Store;
  readonly paths: readonly string[];
  /** What is to become of the next requests, one by one. */
  readonly fates: Fate[] = [];
  isDown = false;
  isSignedOut = false;
  /** How soon one thing is done after another. */
  moment = 2;
  #wrongBy = 0;
  /** Counts restarts: what was under way at one is gone. */
  #life = 0;
  #typed = 0;
  readonly #authors = new Map<EditValue, number>();
  /** Clerk and path → what that clerk has seen there before acting upon it. */
  readonly #seen = new Map<string, Set<EditValue>>();
  /** Clerk and path → what she wants there. */
  readonly #wanted = new Map<string, { value: EditValue; tab: Tab }>();
  readonly #committed = new Map<string, Set<EditValue>>();
  /** Values that somebody other than who typed them wrote to the server, as by taking back what stood over them. */
  readonly #putBack = new Set<EditValue>();
  /** Clerks of whose pages one went, or could not keep something, while there was another; and one crashed. */
  readonly #parted = new Set<number>();
  readonly #rough = new Set<number>();
  readonly violations: string[] = [];

  constructor(
    format: Format,
    paths: readonly string[],
    clerks: number,
    store: Store,
    time: ReturnType<typeof virtualTime>,
  ) {
    this.#format = format;
    this.paths = paths;
    this.#store = store;
    this.#time = time;
    this.browsers = Array.from({ length: clerks }, () => ({
      storage: memoryStorage(),
      disk: new Map(),
      backup: new Map(),
      ears: new Set(),
      tabs: [],
    }));
  }

  tabs(): Tab[] {
    return this.browsers.flatMap(({ tabs }) => tabs);
  }

  /** Opens a page, for which the server must be there. */
  async open(clerk: number): Promise<void> {
    const browser = this.browsers[clerk];
    if (!browser || this.isDown || browser.tabs.length > 1) return;
    const tab = { clerk, alive: true } as Tab;
    tab.draft = new Draft({
      id: "r1",
      owner: `u${clerk}`,
      format: this.#format,
      server: await this.#store.read(),
      storage: storageOf(browser, tab),
      backup: backupOf(browser, tab),
      peers: peersOf(browser, tab),
      fetch: ((_: unknown, init?: RequestInit) => this.#fetch(tab, init)) as typeof fetch,
      random: () => 0.5,
    });
    browser.tabs.push(tab);
    void tab.draft.start();
    // Nobody acts before the other pages of her browser have answered.
    await this.pass(3 * BETWEEN_PAGES);
  }

  type(tab: Tab, path: string): void {
    const value = ++this.#typed;
    this.#authors.set(value, tab.clerk);
    this.#act(tab, [path], () => tab.draft.edit([{ path, value }]));
  }

  undo(tab: Tab): void {
    this.#act(tab, tab.draft.state.undoable?.changes.map(({ path }) => path) ?? [], () => tab.draft.undo());
  }

  resolve(tab: Tab, choice: "mine" | "theirs"): void {
    const [conflict] = tab.draft.state.conflicts;
    if (!conflict) return;
    this.#see(tab.clerk, conflict.path, conflict.theirs);
    this.#act(tab, [conflict.path], () => tab.draft.resolve(conflict.path, choice));
    if (choice === "theirs") this.#wanted.delete(key(tab.clerk, conflict.path));
  }

  /** The page goes as the browser tells it to, or without a word. */
  leave(tab: Tab, how: "closed" | "crashed"): void {
    if (how === "closed") tab.draft.stop();
    else this.#forgetUnkept(tab);
    // The last request of a page that is closed leaves; one that crashed does nothing more.
    tab.alive = false;
    const browser = this.browsers[tab.clerk];
    if (browser && browser.tabs.length > 1) this.#parted.add(tab.clerk);
    if (how === "crashed") this.#rough.add(tab.clerk);
    if (browser) browser.tabs = browser.tabs.filter((other) => other !== tab);
    if (how === "closed") this.#forgetUnkept(tab);
  }

  /** The browser is killed: its pages are gone, and of its storage what was not on the disk. */
  kill(clerk: number): void {
    const browser = this.browsers[clerk];
    if (!browser) return;
    for (const tab of browser.tabs) tab.alive = false;
    browser.storage.entries.clear();
    for (const [name, stored] of browser.disk) browser.storage.entries.set(name, stored);
    const kept = [...browser.disk.values(), ...browser.backup.values()].join();
    for (const [wish, { value }] of this.#wanted) {
      const path = wish.slice(wish.indexOf(" ") + 1);
      if (wish === key(clerk, path) && !isIn(kept, path, value)) this.#wanted.delete(wish);
    }
    browser.tabs = [];
    this.#parted.add(clerk);
    this.#rough.add(clerk);
  }

  fill(clerk: number): void {
    const storage = this.browsers[clerk]?.storage;
    if (storage) storage.full = !storage.full;
    this.#parted.add(clerk);
    this.#rough.add(clerk);
  }

  /** The clock of every machine is put wrong, or right again with 0. */
  async putClocks(by: number): Promise<void> {
    await this.pass(TOLD);
    this.#time.putWrong(by);
    // Once it went back, what is typed in two pages before one has told the other is in no order.
    if (by < this.#wrongBy) this.moment = TOLD;
    this.#wrongBy = by;
  }

  restart(): void {
    this.#life++;
  }

  signIn(): void {
    this.isSignedOut = false;
    for (const { draft } of this.tabs()) draft.retry();
  }

  async pass(duration: number): Promise<void> {
    await this.#time.pass(duration);
    if (duration >= FLUSHED) for (const browser of this.browsers) browser.disk = new Map(browser.storage.entries);
    this.#judgeStates();
  }

  /** Everything works again, and every clerk answers what she is asked. Then nothing may be left open. */
  async comeToRest(): Promise<void> {
    this.fates.length = 0;
    this.isDown = false;
    for (const { storage } of this.browsers) storage.full = false;
    for (const [clerk, { tabs }] of this.browsers.entries()) if (tabs.length === 0) await this.open(clerk);
    this.signIn();
    await this.pass(LATE * 3);
    // What lay in journals of which two said different things waits for another opening.
    for (let round = 0; round < 30 && !this.#isAtRest(); round++) {
      // A late 401 may have come after signing in.
      this.signIn();
      for (const tab of this.tabs()) {
        for (const _ of tab.draft.state.conflicts) this.resolve(tab, round % 2 === 0 ? "mine" : "theirs");
        if (tab.draft.state.save.kind !== "saved") tab.draft.retry();
      }
      await this.pass(LATE);
      if (round % 5 === 4) await this.#reopenWhereLeft();
    }
    for (const tab of this.tabs()) tab.draft.look();
    await this.pass(5_000);
    await this.#judgeRest();
  }

  async #reopenWhereLeft(): Promise<void> {
    for (const [clerk, { storage, backup, tabs }] of this.browsers.entries()) {
      if (storage.entries.size + backup.size === 0 || tabs.some(({ draft }) => draft.unsynced)) continue;
      for (const tab of [...tabs]) this.leave(tab, "closed");
      await this.open(clerk);
      await this.pass(1_000);
    }
  }

  #isAtRest(): boolean {
    return this.tabs().every(({ draft }) => draft.state.save.kind === "saved") && this.#leftover().length === 0;
  }

  #leftover = (): string[] =>
    this.browsers.flatMap(({ storage, backup }) => [...storage.entries.keys(), ...backup.keys()]);

  #act(tab: Tab, paths: readonly string[], act: () => void): void {
    for (const path of paths) this.#see(tab.clerk, path, valueAt(tab.draft.state.report, path));
    act();
    for (const path of paths) {
      this.#wanted.set(key(tab.clerk, path), { value: valueAt(tab.draft.state.report, path), tab });
    }
  }

  /** What a page that went, or crashed, had typed may come back where another had taken it back in the same moment. */
  #isApart = (clerk: number): boolean => this.#parted.has(clerk) || this.#rough.has(clerk);

  #see(clerk: number, path: string, value: EditValue): void {
    const seen = this.#seen.get(key(clerk, path)) ?? new Set();
    this.#seen.set(key(clerk, path), seen.add(value));
  }

  /** What was on no machine but in the memory of a page is gone with it; it was told so. */
  #forgetUnkept(tab: Tab): void {
    if (tab.draft.state.save.journaled) return;
    for (const [wish, { tab: typedIn }] of this.#wanted) if (typedIn === tab) this.#wanted.delete(wish);
  }

  async #fetch(tab: Tab, init: RequestInit | undefined): Promise<Response> {
    if (!tab.alive) return new Promise(() => {});
    const life = this.#life;
    const fate = init?.method === "PATCH" ? (this.fates.shift() ?? "arrives") : "arrives";
    const answered = this.#answer(tab, init, fate, life).then((response) => {
      if (!tab.alive) return new Promise<Response>(() => {});
      if (this.isDown || this.#life !== life || !response) throw new TypeError("network");
      return response;
    });
    const givenUp = new Promise<Response>((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new DOMException("gave up", "AbortError")));
    });
    return Promise.race([answered, givenUp]);
  }

  async #answer(tab: Tab, init: RequestInit | undefined, fate: Fate, life: number): Promise<Response | undefined> {
    const send = async (delay: number) => {
      await sleep(delay);
      return this.isDown || this.#life !== life ? undefined : this.#serve(tab.clerk, init);
    };
    switch (fate) {
      case "lost":
        return undefined;
      case "lostAnswer":
        await send(NETWORK);
        return undefined;
      case "swallowed":
        return new Promise(() => {});
      case "late":
        await send(LATE);
        return new Promise(() => {});
      case "twice":
        void send(LATE);
        return send(NETWORK);
      case "arrives":
        return send(NETWORK);
      default:
        await sleep(NETWORK);
        if (fate === 401) this.isSignedOut = true;
        return response(fate, { message: "不行。" });
    }
  }

  async #serve(clerk: number, init: RequestInit | undefined): Promise<Response> {
    if (this.isSignedOut) return response(401, { message: "请重新登录。" });
    if (init?.method !== "PATCH") return response(200, await this.#store.read());
    const save = JSON.parse(String(init.body)) as Save;
    const before = (await this.#store.read()).report;
    const result = await this.#store.save(save);
    if (result.kind === "conflict") return response(409, { message: "有更新的内容", ...result.stored });
    if (result.kind === "refused") return response(422, result);
    const after = (await this.#store.read()).report;
    for (const { path, before: was, after: is } of changesBetween(this.#format, before, after)) {
      this.#judgeWrite(clerk, path, was, is);
      if (this.#authors.get(is) !== clerk) this.#putBack.add(is);
    }
    for (const { path, value } of save.edits) this.#commit(path, value);
    return response(200, result);
  }

  #commit(path: string, value: EditValue): void {
    const committed = this.#committed.get(path) ?? new Set();
    this.#committed.set(path, committed.add(value));
  }

  /** Nobody's value is written over by somebody who had not seen it. */
  #judgeWrite(clerk: number, path: string, was: EditValue, is: EditValue): void {
    const author = this.#authors.get(was);
    const isOwn = author === undefined || author === clerk;
    if (!isOwn && !this.#seen.get(key(clerk, path))?.has(was)) {
      this.violations.push(`clerk ${clerk} wrote ${is} over ${was} at ${path} without having seen it`);
    }
  }

  /** What a page says of its work is true. */
  #judgeStates(): void {
    for (const { clerk, tabs, storage } of this.browsers.map((browser, clerk) => ({ ...browser, clerk }))) {
      const kept = [...storage.entries.values()].join();
      for (const tab of tabs) {
        const { save, report } = tab.draft.state;
        for (const path of this.paths) {
          const wish = this.#wanted.get(key(clerk, path));
          const isHere = wish?.tab === tab && sameValue(valueAt(report, path), wish.value);
          if (!isHere || this.#committed.get(path)?.has(wish.value) || wish.value === null) continue;
          if (save.kind === "saved") this.violations.push(`said to be saved: ${wish.value} at ${path}, which is not`);
          const isKept = isIn(kept, path, wish.value);
          if (save.journaled && !isKept) this.violations.push(`said to be on this machine: ${wish.value} at ${path}`);
        }
        // As long as of several pages none goes and all can keep what they hear, they are one person.
        const needless = tab.draft.state.conflicts.find(
          ({ theirs }) => this.#authors.get(theirs) === clerk && !this.#putBack.has(theirs),
        );
        if (needless && !this.#parted.has(clerk)) {
          this.violations.push(`clerk ${clerk} is asked about her own ${needless.theirs} at ${needless.path}`);
        }
        if ((save.kind === "saved") === tab.draft.unsynced) this.violations.push(`saved and unsynced at once`);
      }
    }
  }

  async #judgeRest(): Promise<void> {
    const { report } = await this.#store.read();
    for (const { clerk, draft } of this.tabs()) {
      const { save, conflicts, refusals } = draft.state;
      if (save.kind !== "saved" || conflicts.length + refusals.length > 0) {
        this.violations.push(`clerk ${clerk} is left with ${JSON.stringify({ save, conflicts, refusals })}`);
      }
      for (const path of this.paths) {
        const [shown, stored] = [valueAt(draft.state.report, path), valueAt(report, path)];
        if (!sameValue(shown, stored))
          this.violations.push(`clerk ${clerk} sees ${shown} at ${path}, stored is ${stored}`);
      }
    }
    for (const [wish, { value }] of this.#wanted) {
      const path = wish.slice(wish.indexOf(" ") + 1);
      const reached = value === null || this.#committed.get(path)?.has(value) || valueAt(report, path) === value;
      if (!reached) this.violations.push(`${value} never reached the server at ${path}`);
      const stands = valueAt(report, path);
      const wishes = [...this.#wanted].filter(([other]) => other.endsWith(` ${path}`)).map(([_, other]) => other.value);
      const clerk = Number(wish.split(" ")[0]);
      const isGivenUp = this.#authors.get(stands) === clerk && !wishes.includes(stands) && !this.#isApart(clerk);
      if (isGivenUp) this.violations.push(`${stands} at ${path} came back, though ${value} was wanted since`);
    }
    const left = this.#leftover();
    if (left.length > 0) this.violations.push(`left on a machine: ${left.join(", ")}`);
  }
}

/** Whether these journals hold this value. */
const isIn = (journals: string, path: string, value: EditValue): boolean =>
  journals.includes(`"path":"${path}","value":${value}`);

const key = (clerk: number, path: string) => `${clerk} ${path}`;
const sleep = (duration: number) => new Promise<void>((resolve) => setTimeout(resolve, duration));

/** As much of an answer as the client looks at; a real one takes too long for thousands of runs. */
const response = (status: number, body: object): Response =>
  ({ ok: status === 200, status, headers: new Headers(), json: async () => structuredClone(body) }) as Response;

/** The storage of a browser as one of its pages has it; a page that is gone writes nothing more. */
const storageOf = ({ storage }: Browser, tab: Tab): JournalStorage => ({
  get length() {
    return storage.length;
  },
  key: storage.key,
  getItem: storage.getItem,
  setItem: (name, value) => {
    if (tab.alive) storage.setItem(name, value);
  },
  removeItem: (name) => {
    if (tab.alive) storage.removeItem(name);
  },
});

/** The backup of a browser as one of its pages has it. What was handed to the disk gets there, whatever becomes of the page. */
function backupOf({ backup }: Browser, tab: Tab): JournalBackup {
  const waiting = new Map<string, string | undefined>();
  let writing: Promise<void> | undefined;
  const flush = async () => {
    while (waiting.size > 0) {
      await sleep(COLLECTING);
      if (!tab.alive) return;
      const entries = [...waiting];
      waiting.clear();
      await sleep(WRITING);
      for (const [name, stored] of entries) {
        if (stored === undefined) backup.delete(name);
        else backup.set(name, stored);
      }
    }
    writing = undefined;
  };
  return {
    write(name, stored) {
      waiting.set(name, stored);
      writing ??= flush();
      return writing;
    },
    async read(prefix) {
      await sleep(READING);
      return [...backup].filter(([name]) => name.startsWith(prefix));
    },
  };
}

const peersOf = ({ ears }: Browser, tab: Tab): Peers => {
  let own: ((message: Message) => void) | undefined;
  return {
    post(message) {
      const data = JSON.stringify(message);
      if (!tab.alive) return;
      for (const hear of ears) {
        if (hear !== own) setTimeout(() => ears.has(hear) && hear(JSON.parse(data)), BETWEEN_PAGES);
      }
    },
    listen(hear) {
      own = (message) => {
        if (tab.alive) hear(message);
      };
      const ear = own;
      ears.add(ear);
      return () => ears.delete(ear);
    },
  };
};
