import { setTimeout } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import { fileTypes, renderDocument } from "../../export/export.ts";
import { compose } from "../../report/compose.ts";
import { browserOptions } from "./browser-options.ts";
import type { Subject } from "./engine.ts";
import { mainThread, meterOf } from "./keystrokes.ts";
import { type Metric, metric } from "./metrics.ts";
import { type Server, startServer } from "./server.ts";

/** Reports that go through 体检, and the kinds of file that they are in, in turns. */
const REPORTS = 100;
const KINDS = ["docx", "pdf", "html", "txt"] as const;
type FinishedFile = { name: string; mimeType: string; buffer: Buffer };
/** How long all of them may take, and the pause between two looks, in ms. */
const LIMIT = { patience: 600_000, interval: 100 };

/** 年报体检 on the real server and in the real browser. */
export async function measureCheckup(subject: Subject): Promise<Metric[]> {
  const server = await startServer(subject.report.organisation.name);
  try {
    return await checkAll(server, await finishedReports(subject));
  } finally {
    await server.stop();
  }
}

/** Drops a hundred finished reports of as many agencies on the page, and waits for the last. */
async function checkAll(server: Server, files: FinishedFile[]): Promise<Metric[]> {
  const browser = await chromium.launch(browserOptions);
  try {
    const page = await browser.newPage();
    await page.context().addCookies([server.cookie]);
    await page.goto(`${server.origin}/checkup`, { waitUntil: "networkidle" });
    const meter = await meterOf(page);
    await server.loopDelay();
    const before = { time: performance.now(), server: server.cpu(), page: (await mainThread(meter)).task };
    await page.locator("input[type=file]").setInputFiles(files);
    const checked = await whenChecked(page);
    const seconds = (performance.now() - before.time) / 1000;
    const each = (spent: number) => spent / REPORTS;
    const note = `of ${REPORTS} finished reports, ${KINDS.join(", ")} in turns, dropped at once`;
    return [
      metric("checkup.checked", checked, "", note),
      metric("checkup.seconds", seconds, "s", "from the drop to the last, held against each other"),
      metric("checkup.server.cpu_ms", each(server.cpu() - before.server), "ms", "a report: a process that reads it"),
      metric(
        "checkup.page.cpu_ms",
        each((await mainThread(meter)).task - before.page),
        "ms",
        "a report: main thread, checks",
      ),
      metric("checkup.loop_p99_ms", await server.loopDelay(), "ms", "event loop delay meanwhile"),
    ];
  } finally {
    await browser.close();
  }
}

/** The report under so many names, without the data that files of our own carry: read as those of strangers are. */
async function finishedReports({ format, report }: Subject): Promise<FinishedFile[]> {
  const files: FinishedFile[] = [];
  for (let number = 1; number <= REPORTS; number++) {
    const kind = KINDS[number % KINDS.length] ?? "txt";
    const organisation = { ...report.organisation, name: `云岭县第${number}事务局` };
    const bytes = await renderDocument(compose(format, { ...report, organisation }, false), kind);
    files.push({ name: `${number}.${kind}`, mimeType: fileTypes[kind], buffer: Buffer.from(bytes) });
  }
  return files;
}

/** Waits until nothing is left to check. Returns how many reports were. */
async function whenChecked(page: Page): Promise<number> {
  for (const until = Date.now() + LIMIT.patience; Date.now() < until; await setTimeout(LIMIT.interval)) {
    const words = await page.getByRole("status").allTextContents();
    const checked = words.map((text) => /检查了 (\d+) 份报告/.exec(text)?.[1]).find(Boolean);
    if (checked) return Number(checked);
  }
  return Number.NaN;
}
