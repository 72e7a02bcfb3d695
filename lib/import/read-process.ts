import { readFile } from "./read.ts";
import { refused } from "./refusals.ts";
import { wired } from "./wire.ts";

/** A process that reads one file, answers and is ended. What a file does to it, it does to nobody else. */
process.once("message", async (bytes: Uint8Array) => {
  const result = await readFile(bytes).catch(() => refused("crashed"));
  process.send?.(wired(result));
});
process.send?.("ready");
