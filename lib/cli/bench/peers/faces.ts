import { join } from "node:path";
import type { Face } from "../../../layout/display.ts";

/** Where the TrueType files lie that every engine is given. */
export const fontFolder = join(import.meta.dirname, "../../../../templates/fonts");

/** The file that the product sets each face in, and the family that it calls itself. */
export const faces: Readonly<Record<Face, { file: string; family: string; weight: number }>> = {
  title: { file: join(fontFolder, "NotoSerifSC-Bold.ttf"), family: "Noto Serif SC", weight: 700 },
  body: { file: join(fontFolder, "FandolFang-Regular.ttf"), family: "FandolFang R", weight: 400 },
  heading: { file: join(fontFolder, "NotoSansSC-Regular.ttf"), family: "Noto Sans SC", weight: 400 },
  lead: { file: join(fontFolder, "ReportKai-Regular.ttf"), family: "Report Kai", weight: 400 },
  table: { file: join(fontFolder, "NotoSerifSC-Regular.ttf"), family: "Noto Serif SC", weight: 400 },
};
