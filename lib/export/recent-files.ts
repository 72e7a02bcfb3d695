type Sized = { bytes: Uint8Array };

/** Files by key, as many of those used last as fit into a number of bytes. */
export class RecentFiles<File extends Sized> {
  readonly #capacity: number;
  /** Least recently used first: the map keeps the order in which files were put in. */
  readonly #files = new Map<string, File>();
  #size = 0;

  /** `capacity` in bytes. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): File | undefined {
    const file = this.#files.get(key);
    if (!file) return undefined;
    this.#files.delete(key);
    this.#files.set(key, file);
    return file;
  }

  /** Keeps the file; a file larger than everything that may be kept is not. */
  put(key: string, file: File): void {
    this.#drop(key);
    if (file.bytes.byteLength > this.#capacity) return;
    this.#files.set(key, file);
    this.#size += file.bytes.byteLength;
    for (const oldest of this.#files.keys()) {
      if (this.#size <= this.#capacity) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#size -= this.#files.get(key)?.bytes.byteLength ?? 0;
    this.#files.delete(key);
  }
}
