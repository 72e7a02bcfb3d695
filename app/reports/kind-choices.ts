import { downloadKinds, kindNames } from "@/lib/export/kinds.ts";

/** What most people publish and keep. */
const usualKinds: readonly string[] = ["docx", "pdf"];

/** The kinds of file that are offered where several are made at once. */
export const kindChoices = downloadKinds.map((kind) => ({
  value: kind,
  name: kindNames[kind],
  usual: usualKinds.includes(kind),
}));
