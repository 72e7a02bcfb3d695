import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureBrowser } from "./bench/browser.ts";

/** `npm run bench [-- --json]`: true figures of this machine, baselines beside them. No thresholds. */
type Metric = { name: string; value: number; unit: string; note: string };
type EngineFigures = { cold: number; warm: number; bytes: number; resident: number };

const ROUNDS = 3;

/** One engine in fresh processes, median over the rounds. */
function engine(name: string): EngineFigures {
  const rounds = Array.from({ length: ROUNDS }, (): EngineFigures => {
    const script = fileURLToPath(new URL("./bench/engines.ts", import.meta.url));
    return JSON.parse(execFileSync(process.execPath, [script, name], { encoding: "utf8", maxBuffer: 1 << 20 }));
  });
  const middle = (pick: (figures: EngineFigures) => number) => quantile(rounds.map(pick), 0.5);
  return {
    cold: middle((round) => round.cold),
    warm: middle((round) => round.warm),
    bytes: middle((round) => round.bytes),
    resident: middle((round) => round.resident),
  };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

async function measure(): Promise<Metric[]> {
  const metrics: Metric[] = [];
  const add = (name: string, value: number, unit: string, note = "") =>
    metrics.push({ name, value: Math.round(value * 1000) / 1000, unit, note });
  const method = `median of ${ROUNDS} processes, 15 warm runs each`;

  const docx = engine("docx");
  const zip = engine("zip");
  add("docx.cpu_ms.cold", docx.cold, "ms", "whole process, first document");
  add("docx.cpu_ms.warm", docx.warm, "ms", method);
  add(
    "docx.ratio.lower_bound",
    docx.warm / zip.warm,
    "×",
    `zipping the finished parts alone: ${zip.warm.toFixed(1)} ms`,
  );
  add("docx.bytes", docx.bytes, "B");

  const pdf = engine("pdf");
  const plain = engine("plain");
  add("pdf.cpu_ms.cold", pdf.cold, "ms", "whole process, first document");
  add("pdf.cpu_ms.warm", pdf.warm, "ms", method);
  add("pdf.ratio.plain", pdf.warm / plain.warm, "×", `react-pdf's own text flow: ${plain.warm.toFixed(0)} ms warm`);
  add("pdf.bytes", pdf.bytes, "B");
  add("pdf.rss_mb", pdf.resident, "MB", "after 16 documents");

  add("check.cpu_ms", engine("check").warm, "ms", "every check of a full report");
  add("parse.cpu_ms", engine("parse").warm, "ms", "schema at the door");
  add("compose.cpu_ms", engine("compose").warm, "ms");

  const browser = await measureBrowser();
  add("keystroke.p50_ms", quantile(browser.keystrokes, 0.5), "ms", "key down → painted totals, largest table");
  add("keystroke.p95_ms", quantile(browser.keystrokes, 0.95), "ms");
  add("form.js_gzip_kb", browser.scriptKilobytes, "KB");
  add("form.css_gzip_kb", browser.styleKilobytes, "KB");
  add("form.usable_ms", browser.usableMilliseconds, "ms", "cold server, cold browser cache");
  add("text.js_gzip_kb", browser.textScriptKilobytes, "KB", "the text editor, beside the form");
  add("text.keystroke.p50_ms", quantile(browser.textKeystrokes, 0.5), "ms", "key down → next frame, 20,000 characters");
  add("text.keystroke.p95_ms", quantile(browser.textKeystrokes, 0.95), "ms");
  add("save.p50_ms", quantile(browser.saveMilliseconds, 0.5), "ms", "request to durable answer");
  add("save.p95_ms", quantile(browser.saveMilliseconds, 0.95), "ms");
  add("server.rss_mb", browser.residentMegabytes, "MB", "npm start with its child, after the above");
  return metrics;
}

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`;
const metrics = await measure();
if (values.json) {
  process.stdout.write(`${JSON.stringify({ machine, metrics }, null, 2)}\n`);
} else {
  process.stdout.write(`${machine}\n\n`);
  for (const { name, value, unit, note } of metrics) {
    process.stdout.write(`${name.padEnd(26)}${String(value).padStart(12)} ${unit.padEnd(4)}${note}\n`);
  }
}
