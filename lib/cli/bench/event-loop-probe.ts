import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

/**
 * Loaded into a server that is measured, ahead of its own code: tells whoever started it, on any message, the 99th
 * percentile of the delay of its event loop in ms since the last message. Ends the server when that process is gone.
 */
if (isMainThread && process.send) {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  process.on("message", () => {
    process.send?.(delay.percentile(99) / 1e6 - resolution);
    delay.reset();
  });
  process.once("disconnect", () => process.exit());
  process.channel?.unref();
}
