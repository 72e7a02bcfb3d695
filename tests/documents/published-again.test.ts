import { expect, test } from "vitest";
import { checkAmong } from "../../lib/checks/checkup.ts";
import { readFile } from "../../lib/import/read.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import type { Report } from "../../lib/report/report.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderHtmlPage } from "../../templates/document/html.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { sampleReport } from "../../templates/samples.ts";

const { format, report } = sampleReport();
const composed = (of: Report) => compose(format, of, false);
const bytes = (text: string) => new TextEncoder().encode(text);

/** Without the report's own data, so that everything is read from what is printed. */
const files: Readonly<Record<string, (of: Report) => Promise<Uint8Array>>> = {
  docx: (of) => renderDocx(composed(of)),
  pdf: (of) => renderPdf(composed(of)),
  html: async (of) => bytes(renderHtmlPage(composed(of))),
  txt: async (of) => bytes(documentText(composed(of))),
};

async function changesFound(file: Uint8Array): Promise<unknown[]> {
  const read = await readFile(file);
  if (!read.ok) throw new Error(read.reason);
  const findings = checkAmong(read, [], { publication: { date: `${report.year + 1}-01-20`, report } });
  return findings.filter(({ code }) => code === "R05").map(({ params }) => params.parts);
}

test.each(Object.keys(files))(
  "what was published is known again in a file (%s), and what was added is found",
  async (kind) => {
    const render = files[kind];
    if (!render) throw new Error(`no ${kind}`);
    expect(await changesFound(await render(report))).toEqual([]);
    const changed = {
      ...report,
      prose: {
        ...report.prose,
        other: [...(report.prose.other ?? []), { kind: "paragraph" as const, content: [{ text: "另有一事补充。" }] }],
      },
    };
    expect(await changesFound(await render(changed))).toEqual(["“其他需要报告的事项”"]);
  },
);
