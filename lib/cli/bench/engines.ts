import { fileURLToPath } from "node:url";
import { createElement, type ReactElement } from "react";
import { check } from "../../checks/check.ts";
import { compose, documentText } from "../../report/compose.ts";
import { parseReport } from "../../report/schema.ts";
import { sampleReport } from "./sample.ts";

/**
 * Measures one engine in a process of its own, so that no engine pays for another's garbage. Prints one JSON line:
 * CPU milliseconds (user + system) of the first run with everything it loads, the median of the warm ones, and bytes.
 */
const WARM_RUNS = 15;
const startedAt = process.cpuUsage();

type Run = () => Promise<number>;
const { format, report } = sampleReport();
const composed = compose(format, report, false);

const engines: Record<string, () => Promise<Run>> = {
  docx: async () => {
    const { renderDocx } = await import("../../../templates/document/docx.ts");
    return async () => (await renderDocx(composed)).length;
  },
  /** The least a DOCX of these parts can cost: zipping its finished XML. */
  zip: async () => {
    const { renderDocx } = await import("../../../templates/document/docx.ts");
    const { unzipSync, zipSync } = await import("fflate");
    const parts = unzipSync(await renderDocx(composed));
    return async () => zipSync(parts).length;
  },
  pdf: async () => {
    const { renderPdf } = await import("../../../templates/document/pdf.ts");
    return async () => (await renderPdf(composed)).length;
  },
  /** The same text through react-pdf's own flow, one Text a paragraph and one row a table line. */
  plain: plainFlow,
  check: async () => async () => check({ format, report, stage: "submission" }).length,
  parse: async () => async () => Number(parseReport(format, structuredClone(report)).ok),
  compose: async () => async () => documentText(compose(format, report, false)).length,
};

async function plainFlow(): Promise<Run> {
  const { Document, Font, Page, renderToBuffer, Text, View } = await import("@react-pdf/renderer");
  const src = fileURLToPath(new URL("../../../templates/fonts/FandolFang-Regular.ttf", import.meta.url));
  Font.register({ family: "plain", src });
  Font.registerHyphenationCallback((word) => Array.from(word).flatMap((character) => [character, ""]));
  const style = { fontFamily: "plain", fontSize: 16, lineHeight: 1.8 };
  const cell = { flexGrow: 1, flexBasis: 0, borderWidth: 0.5, fontSize: 9 };
  const blocks = composed.blocks.flatMap((block, index): ReactElement[] => {
    if (block.kind !== "table") {
      const text = documentText({ ...composed, blocks: [block] });
      return [createElement(Text, { key: index, style }, text)];
    }
    return block.rows.map((row, line) =>
      createElement(
        View,
        { key: `${index}.${line}`, style: { flexDirection: "row" }, wrap: false },
        ...row.cells.map((printed, place) =>
          createElement(Text, { key: place, style: { ...style, ...cell } }, printed.text),
        ),
      ),
    );
  });
  const document = createElement(
    Document,
    null,
    createElement(Page, { size: "A4", style: { padding: 80 } }, ...blocks),
  );
  return async () => (await renderToBuffer(document)).length;
}

const cpuSince = (before: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const name = process.argv[2] ?? "";
const prepare = engines[name];
if (!prepare) throw new Error(`no engine ${name}: ${Object.keys(engines).join(", ")}`);
const run = await prepare();
const bytes = await run();
const cold = cpuSince(startedAt);
const warm: number[] = [];
for (let count = 0; count < WARM_RUNS; count++) {
  const before = process.cpuUsage();
  await run();
  warm.push(cpuSince(before));
}
warm.sort((a, b) => a - b);
const resident = process.memoryUsage().rss / 1024 / 1024;
process.stdout.write(JSON.stringify({ cold, warm: warm[Math.floor(WARM_RUNS / 2)], bytes, resident }));
