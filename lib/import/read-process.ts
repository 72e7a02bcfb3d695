import { readFile } from "./read.ts";
import { refused } from "./refusals.ts";
import { readRows } from "./sheet.ts";
import { type ReadingOrder, wired } from "./wire.ts";

/** A process that reads one file, answers and is ended. What a file does to it, it does to nobody else. */
process.once("message", async ({ read, bytes }: ReadingOrder) => {
  const crashed = () => refused("crashed");
  process.send?.(read === "rows" ? await readRows(bytes).catch(crashed) : wired(await readFile(bytes).catch(crashed)));
});
process.send?.("ready");
