import { renderDocx } from "../../../../templates/document/docx.ts";
import type { Block, ComposedDocument, Run as TextRun } from "../../../report/compose.ts";
import type { LoadPeer, Run, Subject } from "../engine.ts";

/** What is used of the peers. */
type Zip = { generate(options: { type: "uint8array"; compression: "DEFLATE" }): Uint8Array };
type PizZip = new (file: Uint8Array) => Zip;
type Docxtemplater = new (
  zip: Zip,
  options: { linebreaks: boolean },
) => { render(values: Record<string, string>): void; getZip(): Zip };

/**
 * The same Word file through docxtemplater: our own file with a `{tag}` in place of every passage and figure is the
 * template, filled from an object, as an office would do it that keeps a template beside its program.
 */
export async function docxtemplater({ document }: Subject, loadPeer: LoadPeer): Promise<Run> {
  const PizZip = loadPeer("pizzip") as PizZip;
  const Docxtemplater = loadPeer("docxtemplater") as Docxtemplater;
  const { template, values } = withTags(document);
  const file = await renderDocx(template);
  return async () => {
    const filled = new Docxtemplater(new PizZip(file), { linebreaks: true });
    filled.render(values);
    return filled.getZip().generate({ type: "uint8array", compression: "DEFLATE" });
  };
}

function withTags(document: ComposedDocument): { template: ComposedDocument; values: Record<string, string> } {
  const values: Record<string, string> = {};
  const tag = (text: string): string => {
    const name = `t${Object.keys(values).length}`;
    values[name] = text;
    return `{${name}}`;
  };
  const tagRuns = (runs: readonly TextRun[]): TextRun[] => runs.map((run) => ({ ...run, text: tag(run.text) }));
  const tagBlock = (block: Block): Block => {
    switch (block.kind) {
      case "title":
        return { ...block, lines: block.lines.map(tag) };
      case "heading":
        return block.level === 1 ? block : { ...block, runs: tagRuns(block.runs) };
      case "paragraph":
        return { ...block, runs: tagRuns(block.runs) };
      case "signature":
        return { ...block, organisation: tag(block.organisation), date: tag(block.date) };
      case "note":
        return { ...block, text: tag(block.text) };
      case "table":
        return {
          ...block,
          rows: block.rows.map(({ cells }) => ({
            cells: cells.map((cell) => (cell.at === undefined ? cell : { ...cell, text: tag(cell.text) })),
          })),
        };
    }
  };
  return { template: { ...document, blocks: document.blocks.map(tagBlock) }, values };
}
