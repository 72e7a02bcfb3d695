import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { measureApplication } from "./bench/application.ts";
import { measureCheckup } from "./bench/checkup.ts";
import { measureDocuments } from "./bench/documents.ts";
import { installPeers } from "./bench/install-peers.ts";
import type { Metric } from "./bench/metrics.ts";
import { ownReport, readSubject } from "./bench/subject.ts";

/**
 * `npm run bench [-- --json] [--report FILE] [--only documents|application|checkup]`: true figures of this machine, the peers'
 * measured beside ours. No thresholds: what they mean is for people to judge.
 */
const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    report: { type: "string", default: ownReport },
    only: { type: "string" },
  },
});

/** Who waits for a message ends when nobody is there to send one; whoever keeps a folder removes it on the way out. */
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const parts = {
  documents: () => measureDocuments(values.report, installPeers()),
  application: async () => measureApplication(await readSubject(ownReport)),
  checkup: async () => measureCheckup(await readSubject(ownReport)),
};
const chosen = Object.entries(parts).filter(([name]) => name === (values.only ?? name));
if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(parts).join(", ")}`);

const metrics: Metric[] = [];
for (const [, measure] of chosen) metrics.push(...(await measure()));

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`;
if (values.json) {
  process.stdout.write(`${JSON.stringify({ machine, metrics }, null, 2)}\n`);
} else {
  process.stdout.write(`${machine}\n\n`);
  for (const { name, value, unit, note } of metrics) {
    process.stdout.write(`${name.padEnd(29)}${String(value ?? "–").padStart(12)} ${unit.padEnd(4)}${note}\n`);
  }
}
