import { completeness } from "./completeness.ts";
import type { Subject } from "./engine.ts";
import type { Setting } from "./engine-process.ts";
import { type EngineName, engines } from "./engines.ts";
import { coldStart, type Figures, interleave, type Measured } from "./interleave.ts";
import { type Metric, median, metric, missing } from "./metrics.ts";
import { CHECKED_CHARACTERS, readSubject } from "./subject.ts";

/** Fresh processes for the cost of a first document. */
const COLD_STARTS = 5;

/** Which peers a document of ours is compared with: the name of the ratio, ours and the peer. */
const ratios: readonly { name: string; own: EngineName; peer: EngineName; note: string }[] = [
  { name: "docx.ratio.docxtemplater", own: "docx", peer: "docxtemplater", note: "docxtemplater, template filled" },
  { name: "docx.ratio.lower_bound", own: "docx", peer: "zip", note: "zipping the finished parts alone" },
  { name: "pdf.ratio.typst", own: "pdf", peer: "typst", note: "Typst, full compile, tagged as ours" },
  { name: "pdf.ratio.typst_untagged", own: "pdf", peer: "typstUntagged", note: "Typst without tags, ours with" },
  { name: "pdf.ratio.typst_long", own: "pdfLong", peer: "typstLong", note: "Typst, long report, both tagged" },
  { name: "pdf.ratio.plain", own: "pdf", peer: "plain", note: "react-pdf's own text flow, untagged" },
  { name: "pdf.ratio.plain_experimental", own: "pdf", peer: "plainExperimental", note: "the same, its new pagination" },
  { name: "pdf.ratio.chromium", own: "pdf", peer: "chromium", note: "headless Chromium from our HTML, kept open" },
  { name: "pdf.ratio.pdfmake", own: "pdf", peer: "pdfmake", note: "pdfmake, untagged" },
];

/** CPU times of single parts: name and engine. */
const parts: readonly { name: string; engine: EngineName; note: string }[] = [
  { name: "layout.cpu_ms", engine: "layout", note: "the pages of the PDF, without painting" },
  { name: "check.cpu_ms", engine: "check", note: "every check" },
  {
    name: "check.cpu_ms.long",
    engine: "checkLong",
    note: `every check of some ${CHECKED_CHARACTERS.toLocaleString("en")} characters of text`,
  },
  { name: "parse.cpu_ms", engine: "parse", note: "schema at the door" },
  { name: "compose.cpu_ms", engine: "compose", note: "" },
  { name: "import.cpu_ms.docx", engine: "importDocx", note: "our own file" },
  { name: "import.cpu_ms.pdf", engine: "importPdf", note: "our own file" },
  { name: "import.cpu_ms.docx_bare", engine: "importBareDocx", note: "without the data that our own files carry" },
  { name: "import.cpu_ms.pdf_bare", engine: "importBarePdf", note: "without the data that our own files carry" },
  { name: "import.cpu_ms.html", engine: "importHtml", note: "our own file" },
  { name: "import.cpu_ms.txt", engine: "importTxt", note: "our own file" },
];

/** Everything that is measured without a server, on the report in a file. */
export async function measureDocuments(report: string, peers: string): Promise<Metric[]> {
  const [subject, long] = [await readSubject(report), await readSubject(report, "long")];
  const setting = (name: EngineName): Setting => ({ name, report, peers });
  const figures = await interleave((Object.keys(engines) as EngineName[]).map(setting));
  const of = (name: EngineName): Figures => figures.get(name) ?? { kind: "missing", reason: "it was not run" };
  return [
    ...documentMetrics("docx", of("docx"), await coldStarts(setting("docx"))),
    ...documentMetrics("pdf", of("pdf"), await coldStarts(setting("pdf"))),
    growth(subject, of("pdf"), long, of("pdfLong")),
    ...ratios.map(({ name, own, peer, note }) =>
      ratioMetric(name, of(own), of(peer), note, own === "pdfLong" ? long : subject),
    ),
    ...libreOffice(subject, of("pdf"), of("libreoffice"), of("libreofficeFive")),
    ...parts.map(({ name, engine, note }) => cpuMetric(name, of(engine), note)),
  ];
}

async function coldStarts(setting: Setting): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < COLD_STARTS; start++) times.push((await coldStart(setting)) ?? Number.NaN);
  return median(times);
}

function documentMetrics(kind: "docx" | "pdf", figures: Figures, cold: number): Metric[] {
  if (figures.kind === "missing") return [missing(`${kind}.cpu_ms.warm`, "ms", figures.reason)];
  return [
    metric(`${kind}.cpu_ms.cold`, cold, "ms", `whole process, first document, median of ${COLD_STARTS}`),
    cpuMetric(`${kind}.cpu_ms.warm`, figures, kind === "pdf" ? "tagged, with outline; there is no other" : ""),
    metric(`${kind}.bytes`, figures.file?.length ?? Number.NaN, "B"),
    metric(`${kind}.rss_mb`, figures.resident, "MB", "its own process, after all runs"),
  ];
}

const cpuMetric = (name: string, figures: Figures, note: string): Metric =>
  figures.kind === "missing"
    ? missing(name, "ms", figures.reason)
    : metric(name, median(figures.warm), "ms", [note, `median of ${figures.warm.length}`].filter(Boolean).join("; "));

/** What one more page costs, from the same report with more prose. */
function growth(subject: Subject, usual: Figures, longSubject: Subject, long: Figures): Metric {
  const name = "pdf.ms_per_page";
  if (usual.kind === "missing" || long.kind === "missing") return missing(name, "ms", "no PDF was made");
  const [pages, longPages] = [pagesOf(subject, usual), pagesOf(longSubject, long)];
  const more = median(long.warm) - median(usual.warm);
  return metric(name, more / (longPages - pages), "ms", `one more page, from ${pages} to ${longPages}; tagged`);
}

const pagesOf = ({ document }: Subject, { file }: Measured): number =>
  (file && completeness(document, file).pages) ?? Number.NaN;

/** Ours divided by the peer's, turn by turn, and whether the peer's file holds the whole report. */
function ratioMetric(name: string, own: Figures, peer: Figures, note: string, subject: Subject): Metric {
  if (own.kind === "missing") return missing(name, "×", own.reason);
  if (peer.kind === "missing") return missing(name, "×", peer.reason);
  const turns = own.warm.map((cpu, turn) => cpu / (peer.warm[turn] ?? Number.NaN));
  return metric(name, median(turns), "×", `${note}: ${median(peer.warm).toFixed(1)} ms${contents(subject, peer)}`);
}

function contents({ document }: Subject, { file }: Measured): string {
  if (!file) return "";
  const { pages, figures, characters } = completeness(document, file);
  const lost = figures + characters > 0 ? `lost ${figures} figures, ${characters} characters` : "text complete";
  return [`, ${Math.round(file.length / 1024)} KB`, pages && `${pages} pages`, lost].filter(Boolean).join(", ");
}

/**
 * LibreOffice takes long to start. Compared are its running time for one more document in the same call, and a call of its
 * own for each.
 */
function libreOffice(subject: Subject, own: Figures, one: Figures, five: Figures): Metric[] {
  const [name, call] = ["pdf.ratio.libreoffice", "pdf.ratio.libreoffice_call"];
  if (one.kind === "missing" || five.kind === "missing") {
    const reason = one.kind === "missing" ? one.reason : "";
    return [missing(name, "×", reason), missing(call, "×", reason)];
  }
  const more = one.warm.map((cpu, turn) => ((five.warm[turn] ?? Number.NaN) - cpu) / 4);
  return [
    ratioMetric(
      name,
      own,
      { ...one, warm: more },
      "LibreOffice from our Word file, one more in a call of five",
      subject,
    ),
    ratioMetric(call, own, one, "LibreOffice, a call a document", subject),
  ];
}
