import type { ExportKind } from "../../export/kinds.ts";
import type { Engine, Run } from "./engine.ts";
import type { Size } from "./subject.ts";

export type EngineEntry = { prepare: Engine; size?: Size };

/**
 * Everything that is measured in a process of its own; what an engine needs is loaded there and nowhere else. Without a
 * size it gets the report as it is.
 */
export const engines = {
  docx: {
    prepare: async ({ document }) => {
      const { renderDocx } = await import("../../../templates/document/docx.ts");
      return async () => await renderDocx(document);
    },
  },
  /** The least a Word file of these parts can cost: zipping them. */
  zip: {
    prepare: async ({ document }) => {
      const { renderDocx } = await import("../../../templates/document/docx.ts");
      const { unzipSync, zipSync } = await import("fflate");
      const parts = unzipSync(await renderDocx(document));
      return async () => zipSync(parts);
    },
  },
  docxtemplater: {
    prepare: async (...given) => (await import("./peers/docxtemplater.ts")).docxtemplater(...given),
  },
  pdf: { prepare: (...given) => pdf(...given) },
  pdfLong: { prepare: (...given) => pdf(...given), size: "long" },
  typst: { prepare: async (...given) => (await import("./peers/typst.ts")).typst(true)(...given) },
  typstUntagged: { prepare: async (...given) => (await import("./peers/typst.ts")).typst(false)(...given) },
  typstLong: { prepare: async (...given) => (await import("./peers/typst.ts")).typst(true)(...given), size: "long" },
  plain: { prepare: async (given) => (await import("./peers/plain.ts")).plain(false)(given) },
  plainExperimental: { prepare: async (given) => (await import("./peers/plain.ts")).plain(true)(given) },
  pdfmake: { prepare: async (...given) => (await import("./peers/pdfmake.ts")).pdfmake(...given) },
  chromium: { prepare: async (given) => (await import("./peers/chromium.ts")).chromium(given) },
  libreoffice: { prepare: async (given) => (await import("./peers/libreoffice.ts")).libreoffice(1)(given) },
  libreofficeFive: { prepare: async (given) => (await import("./peers/libreoffice.ts")).libreoffice(5)(given) },
  layout: {
    prepare: async ({ document }) => {
      const { layOut } = await import("../../layout/pages.ts");
      const { metrics } = await import("../../../templates/document/fonts.ts");
      const { layoutStyle } = await import("../../../templates/document/style.ts");
      return work(() => layOut(document, layoutStyle, metrics));
    },
  },
  check: { prepare: (...given) => checking(...given) },
  checkLong: { prepare: (...given) => checking(...given), size: "checked" },
  parse: {
    prepare: async ({ format, report }) => {
      const { parseReport } = await import("../../report/schema.ts");
      return work(() => parseReport(format, structuredClone(report)));
    },
  },
  compose: {
    prepare: async ({ format, report }) => {
      const { compose } = await import("../../report/compose.ts");
      return work(() => compose(format, report, false));
    },
  },
  importDocx: { prepare: (...given) => reading("docx")(...given) },
  importPdf: { prepare: (...given) => reading("pdf")(...given) },
  importBareDocx: { prepare: (...given) => readingBare("docx")(...given) },
  importBarePdf: { prepare: (...given) => readingBare("pdf")(...given) },
  importHtml: { prepare: (...given) => reading("html")(...given) },
  importTxt: { prepare: (...given) => reading("txt")(...given) },
} satisfies Record<string, EngineEntry>;

export type EngineName = keyof typeof engines;

const pdf: Engine = async ({ document }) => {
  const { renderPdf } = await import("../../../templates/document/pdf.ts");
  return async () => await renderPdf(document);
};

/** Every check, as if the text had never been read before: what the rules remember of a text hangs on its passages. */
const checking: Engine = async ({ format, report }) => {
  const { check } = await import("../../checks/check.ts");
  return work(() => check({ format, report: structuredClone(report), stage: "submission" }));
};

/** Reads the report back from a file that it was exported as. */
const reading =
  (kind: ExportKind): Engine =>
  async ({ format, report }) => {
    const { exportReport } = await import("../../export/export.ts");
    return readingOf((await exportReport(format, report, kind)).bytes);
  };

/** The same from a file that does not carry the report's data, as those of others do not. */
const readingBare =
  (kind: "docx" | "pdf"): Engine =>
  async ({ document }) => {
    const { renderDocument } = await import("../../export/export.ts");
    return readingOf(await renderDocument(document, kind));
  };

async function readingOf(bytes: Uint8Array): Promise<Run> {
  const { readFile } = await import("../../import/read.ts");
  return async () => {
    const read = await readFile(bytes);
    if (!read.ok) throw new Error(read.reason);
    return undefined;
  };
}

/** Work that leaves no file. */
const work = (doIt: () => unknown) => async () => {
  doIt();
  return undefined;
};
