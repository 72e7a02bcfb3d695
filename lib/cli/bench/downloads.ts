import { setTimeout } from "node:timers/promises";
import type { Report } from "../../report/report.ts";
import type { Subject } from "./engine.ts";
import { request, type Server, save, startServer, storeReport } from "./server.ts";

/** How often the first download after a start is compared with later ones. */
const STARTS = 3;
/** Later downloads it is compared with. */
const LATER = 9;
/** Reports that are asked for at once, each as these kinds. */
const BATCH = 50;
const KINDS = ["docx", "pdf", "ofd", "pack"] as const;
/** Between two saves, and between two looks at the memory, while they are made; in ms. */
const PAUSE = 20;

export type FirstDownload = { first: number; later: number };

/** For several starts: how long the first PDF after it took, and the median of later ones, in ms. Every PDF is another. */
export async function firstDownloads({ report }: Subject): Promise<FirstDownload[]> {
  const measured: FirstDownload[] = [];
  for (let start = 0; start < STARTS; start++) {
    const server = await startServer(report.organisation.name);
    try {
      const ids = await storeReports(server, report, report.year, LATER + 1);
      const times: number[] = [];
      for (const id of ids) {
        const before = performance.now();
        await download(server, id, "pdf");
        times.push(performance.now() - before);
      }
      const [first = Number.NaN, ...later] = times;
      measured.push({ first, later: later.sort((a, b) => a - b)[Math.floor(later.length / 2)] ?? Number.NaN });
    } finally {
      await server.stop();
    }
  }
  return measured;
}

export type Batch = {
  asked: number;
  delivered: number;
  seconds: number;
  /** Saves meanwhile, in ms each. */
  saves: number[];
  /** 99th percentile of the server's event loop delay meanwhile, in ms. */
  loopDelay: number;
  /** Most resident memory of the server meanwhile, in MB. */
  resident: number;
};

/** Two hundred different files asked for at once, while one report is saved again and again. */
export async function batch(server: Server, { report }: Subject): Promise<Batch> {
  const [edited = "", ...ids] = await storeReports(server, report, report.year + 1, BATCH + 1);
  await server.loopDelay();
  const before = performance.now();
  let done = false;
  const downloads = Promise.all(
    ids.flatMap((id) => KINDS.map((kind) => download(server, id, kind).catch(() => new Uint8Array()))),
  ).finally(() => {
    done = true;
  });
  const saves: number[] = [];
  let resident = 0;
  for (let version = 2; !done; await setTimeout(PAUSE)) {
    const asked = performance.now();
    version = await save(server, edited, version, [{ path: "title", value: `第${version}次保存` }]);
    saves.push(performance.now() - asked);
    resident = Math.max(resident, server.resident());
  }
  const files = await downloads;
  return {
    asked: files.length,
    delivered: files.filter(isWhole).length,
    seconds: (performance.now() - before) / 1000,
    saves,
    loopDelay: await server.loopDelay(),
    resident,
  };
}

/** The same report under so many years, from the given one on. Returns their ids. */
export async function storeReports(server: Server, report: Report, from: number, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let year = from; year < from + count; year++) ids.push(await storeReport(server, report, year));
  return ids;
}

async function download(server: Server, id: string, kind: string): Promise<Uint8Array> {
  return await (await request(server, `/reports/${id}/export/${kind}`)).bytes();
}

/** The ends of a PDF and of a ZIP. */
function isWhole(file: Uint8Array): boolean {
  const end = new TextDecoder("latin1").decode(file.subarray(-30));
  return end.trimEnd().endsWith("%%EOF") || end.includes("PK\u0005\u0006");
}
