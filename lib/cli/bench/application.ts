import { setTimeout } from "node:timers/promises";
import { type FormFigures, measureForm } from "./browser.ts";
import { batch, firstDownloads, storeReports } from "./downloads.ts";
import type { Subject } from "./engine.ts";
import { SLOW } from "./keystrokes.ts";
import { type Metric, median, metric, quantile } from "./metrics.ts";
import { type Server, save, startServer, versionOf } from "./server.ts";

/** Saves that are measured. */
const SAVES = 100;
/** How long an idle server is watched, in ms. */
const IDLE = 5000;

/** Everything that is measured on the real server and in the real browser. */
export async function measureApplication(subject: Subject): Promise<Metric[]> {
  const server = await startServer(subject.report.organisation.name);
  try {
    return [
      ...(await formMetrics(server, subject)),
      metric("server.rss_mb", server.resident(), "MB", "npm start, warmed, after the above"),
      ...(await batchMetrics(server, subject)),
      ...(await firstDownloadMetrics(subject)),
    ];
  } finally {
    await server.stop();
  }
}

async function formMetrics(server: Server, subject: Subject): Promise<Metric[]> {
  const [id = ""] = await storeReports(server, subject.report, subject.report.year, 1);
  const { times, cpu } = await measureSaves(server, id);
  const form = await measureForm(server, subject, id);
  return [
    ...keystrokeMetrics(form),
    metric("form.js_gzip_kb", form.scriptKilobytes, "KB", "until the fields are usable"),
    metric("form.later_js_gzip_kb", form.laterScriptKilobytes, "KB", "after that, by itself, as the checks"),
    metric("form.css_gzip_kb", form.styleKilobytes, "KB"),
    metric("form.usable_ms", form.usableMilliseconds, "ms", "fresh browser"),
    metric("text.js_gzip_kb", form.textScriptKilobytes, "KB", "the text editor, beside the form"),
    metric("text.keystroke.p50_ms", median(form.textKeystrokes), "ms", "key down → next frame, 20,000 characters"),
    metric("text.keystroke.p95_ms", quantile(form.textKeystrokes, 0.95), "ms"),
    metric("preview.lag.p50_ms", median(form.previewLags), "ms", "key down → painted pages beside 10,000 characters"),
    metric("preview.lag.p95_ms", quantile(form.previewLags, 0.95), "ms"),
    metric("save.cpu_ms", cpu, "ms", `the server's, mean of ${SAVES}`),
    metric("save.p50_ms", median(times), "ms", "request to durable answer"),
    metric("save.p95_ms", quantile(times, 0.95), "ms"),
  ];
}

/** Keys in the largest table. Findings follow the typing at a distance on purpose, which is part of their times. */
function keystrokeMetrics({ costs, slow, unthrottled }: FormFigures): Metric[] {
  const slowed = `CPU slowed ${SLOW}×`;
  const findings = `key down → painted totals and findings, ${slowed}, ${slow.followed.length} keys`;
  const script = `of it ${median(costs.map(({ own }) => own.script)).toFixed(1)} ms scripts`;
  const naive = `the plainest react-hook-form of the same table: ${median(costs.map((turn) => turn.naive.task)).toFixed(1)} ms`;
  return [
    metric("keystroke.p50_ms", median(slow.followed), "ms", findings),
    metric("keystroke.p95_ms", quantile(slow.followed, 0.95), "ms"),
    metric("keystroke.totals.p50_ms", median(slow.totals), "ms", `key down → painted totals, ${slowed}`),
    metric("keystroke.totals.p95_ms", quantile(slow.totals, 0.95), "ms"),
    metric("keystroke.unthrottled.p50_ms", median(unthrottled), "ms", "key down → painted totals"),
    metric("keystroke.unthrottled.p95_ms", quantile(unthrottled, 0.95), "ms"),
    metric(
      "keystroke.cpu_ms",
      median(costs.map(({ own }) => own.task)),
      "ms",
      `main thread, a digit or Tab, checks and save included; ${script}`,
    ),
    metric(
      "keystroke.bare.cpu_ms",
      median(costs.map(({ bare }) => bare.task)),
      "ms",
      "the same page and keys, no script hearing of them: the browser's own work",
    ),
    metric("keystroke.ratio.naive", median(costs.map((turn) => turn.own.task / turn.naive.task)), "×", naive),
  ];
}

async function measureSaves(server: Server, id: string): Promise<{ times: number[]; cpu: number }> {
  let version = await versionOf(server, id);
  const times: number[] = [];
  const before = server.cpu();
  for (let count = 0; count < SAVES; count++) {
    const asked = performance.now();
    version = await save(server, id, version, [{ path: "title", value: `第${count}次` }]);
    times.push(performance.now() - asked);
  }
  return { times, cpu: (server.cpu() - before) / SAVES };
}

async function batchMetrics(server: Server, subject: Subject): Promise<Metric[]> {
  await server.loopDelay();
  await setTimeout(IDLE);
  const idleDelay = await server.loopDelay();
  const done = await batch(server, subject);
  const note = `while ${done.asked} files are made, ${done.seconds.toFixed(1)} s`;
  return [
    metric(
      "server.idle.loop_p99_ms",
      idleDelay,
      "ms",
      "event loop delay of an idle server: what the machine itself adds",
    ),
    metric("server.batch.delivered", done.delivered, "", `of ${done.asked} downloads asked for at once`),
    metric("server.batch.loop_p99_ms", done.loopDelay, "ms", `event loop delay ${note}`),
    metric("server.batch.save_p99_ms", quantile(done.saves, 0.99), "ms", `${done.saves.length} saves ${note}`),
    metric("server.batch.rss_mb", done.resident, "MB", note),
  ];
}

async function firstDownloadMetrics(subject: Subject): Promise<Metric[]> {
  const starts = await firstDownloads(subject);
  const all = starts.map(({ first, later }) => `${first.toFixed(0)}/${later.toFixed(0)}`).join(", ");
  const ratio = median(starts.map(({ first, later }) => first / later));
  return [metric("export.ratio.first", ratio, "×", `first PDF after a start / median of later ones: ${all} ms`)];
}
