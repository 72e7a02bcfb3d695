import { execFileSync } from "node:child_process";
import { unzipSync } from "fflate";
import { type ComposedDocument, documentText } from "../../report/compose.ts";

/** How many figures and characters of the document are not in a file, and on how many pages it stands (PDF only). */
export type Completeness = { figures: number; characters: number; pages: number | undefined };

/** Looks for the text of a document in a PDF or Word file that an engine made of it. */
export function completeness(document: ComposedDocument, file: Uint8Array): Completeness {
  const isPdf = new TextDecoder().decode(file.subarray(0, 4)) === "%PDF";
  const text = isPdf ? pdfText(file) : docxText(file);
  const figures = document.blocks.flatMap((block) =>
    block.kind === "table"
      ? block.rows.flatMap(({ cells }) => cells.filter(({ at, text }) => at !== undefined && text !== ""))
      : [],
  );
  return {
    figures: lacking(
      figures.map((cell) => cell.text),
      text.split(/\s+/),
    ),
    characters: lacking(solid(documentText(document)), solid(text)),
    pages: isPdf ? text.split("\f").length - 1 : undefined,
  };
}

/** How many of the expected things are not there, each as often as it is expected. */
function lacking(expected: readonly string[], found: readonly string[]): number {
  const left = new Map<string, number>();
  for (const thing of found) left.set(thing, (left.get(thing) ?? 0) + 1);
  return expected.filter((thing) => {
    const count = left.get(thing) ?? 0;
    left.set(thing, count - 1);
    return count <= 0;
  }).length;
}

const solid = (text: string): string[] => [...text.normalize("NFKC").replace(/\s/g, "")];

const pdfText = (file: Uint8Array): string =>
  execFileSync("pdftotext", ["-layout", "-", "-"], { input: file, encoding: "utf8", maxBuffer: 1 << 28 });

function docxText(file: Uint8Array): string {
  const xml = new TextDecoder().decode(unzipSync(file)["word/document.xml"]);
  const text = xml.replaceAll("</w:p>", "\n").replace(/<[^>]*>/g, "");
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
