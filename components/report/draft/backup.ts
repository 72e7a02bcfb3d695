/**
 * Journals once more, where a browser puts them on the disk at once: what is in localStorage survives a reload and the crash
 * of a page, but Chromium writes it to the disk seconds later, and a browser that is killed or a power cut takes it along.
 */
export type JournalBackup = {
  /** Keeps a journal, or forgets it where there is none, within a moment; told when that is done or cannot be done. Never throws. */
  write: (key: string, stored: string | undefined) => Promise<void>;
  /** What is kept under keys that begin like this. Empty when it cannot be read. */
  read: (prefix: string) => Promise<[key: string, stored: string][]>;
};

const DATABASE = "drafts";
const STORE = "journals";
/** Changes within this time are written together (milliseconds). */
const PAUSE = 50;

/** IndexedDB of this browser, also over plain HTTP; undefined on the server and where it is switched off. */
export function openBackup(): JournalBackup | undefined {
  if (typeof indexedDB === "undefined") return undefined;
  const waiting = new Map<string, string | undefined>();
  let opening: Promise<IDBDatabase> | undefined;
  let writing: Promise<void> | undefined;

  const opened = () => {
    opening ??= opens().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  /** One transaction after the other, each with all that changed meanwhile. */
  const flush = async () => {
    try {
      while (waiting.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        const entries = [...waiting];
        waiting.clear();
        await writes(await opened(), entries);
      }
    } catch {
      // There is localStorage still, and the server.
    } finally {
      writing = undefined;
    }
  };

  return {
    write(key, stored) {
      waiting.set(key, stored);
      writing ??= flush();
      return writing;
    },
    async read(prefix) {
      try {
        return await reads(await opened(), prefix);
      } catch {
        return [];
      }
    },
  };
}

function opens(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answer(request);
}

function writes(database: IDBDatabase, entries: readonly [string, string | undefined][]): Promise<void> {
  const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
  const store = transaction.objectStore(STORE);
  for (const [key, stored] of entries) {
    if (stored === undefined) store.delete(key);
    else store.put(stored, key);
  }
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

async function reads(database: IDBDatabase, prefix: string): Promise<[string, string][]> {
  const store = database.transaction(STORE, "readonly").objectStore(STORE);
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const [keys, values] = await Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range))]);
  return keys.map((key, index) => [String(key), String(values[index])]);
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
