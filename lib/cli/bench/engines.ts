import type { ExportKind } from "../../export/kinds.ts";
import type { Engine } from "./engine.ts";

export type EngineEntry = { prepare: Engine; long?: boolean };

/**
 * Everything that is measured in a process of its own; what an engine needs is loaded there and nowhere else. A `long`
 * one gets the report with its prose repeated.
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
  pdfLong: { prepare: (...given) => pdf(...given), long: true },
  typst: { prepare: async (...given) => (await import("./peers/typst.ts")).typst(true)(...given) },
  typstUntagged: { prepare: async (...given) => (await import("./peers/typst.ts")).typst(false)(...given) },
  typstLong: { prepare: async (...given) => (await import("./peers/typst.ts")).typst(true)(...given), long: true },
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
  check: {
    prepare: async ({ format, report }) => {
      const { check } = await import("../../checks/check.ts");
      return work(() => check({ format, report, stage: "submission" }));
    },
  },
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
  importHtml: { prepare: (...given) => reading("html")(...given) },
  importTxt: { prepare: (...given) => reading("txt")(...given) },
} satisfies Record<string, EngineEntry>;

export type EngineName = keyof typeof engines;

const pdf: Engine = async ({ document }) => {
  const { renderPdf } = await import("../../../templates/document/pdf.ts");
  return async () => await renderPdf(document);
};

/** Reads the report back from a file that it was exported as. */
const reading =
  (kind: ExportKind): Engine =>
  async ({ format, report }) => {
    const { exportReport } = await import("../../export/export.ts");
    const { readFile } = await import("../../import/read.ts");
    const { bytes } = await exportReport(format, report, kind);
    return async () => {
      const read = await readFile(bytes);
      if (!read.ok) throw new Error(read.reason);
      return undefined;
    };
  };

/** Work that leaves no file. */
const work = (doIt: () => unknown) => async () => {
  doIt();
  return undefined;
};
