import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const folder = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "chromium-109");

/** Chromium 109, the last one for Windows 7, as its package brings it: unpacked once by `unpackChromium109`. */
export const chromium109 = join(folder, "chromium");

/** The package's own loader is made for servers of a cloud provider; the program inside needs no more than this. */
export default function unpackChromium109(): void {
  if (existsSync(chromium109)) return;
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const packed = join(dirname(entry), "..", "bin", "chromium.br");
  mkdirSync(folder, { recursive: true });
  const unfinished = `${chromium109}.${process.pid}`;
  writeFileSync(unfinished, brotliDecompressSync(readFileSync(packed)));
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, chromium109);
}
