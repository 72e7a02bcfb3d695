import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderDocx } from "../../../../templates/document/docx.ts";
import type { Run, Subject } from "../engine.ts";

/** The same report as our Word file, converted by LibreOffice: `copies` of it in one call, which pays the start once. */
export const libreoffice =
  (copies: number) =>
  async ({ document }: Subject): Promise<Run> => {
    const folder = mkdtempSync(join(tmpdir(), "bench-libreoffice-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const docx = await renderDocx(document);
    const names = Array.from({ length: copies }, (_, index) => `${index}`);
    const sources = names.map((name) => join(folder, `${name}.docx`));
    for (const source of sources) writeFileSync(source, docx);
    const output = join(folder, "pdf");
    mkdirSync(output);
    return async () => {
      const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
      const options = [profile, "--headless", "--convert-to", "pdf", "--outdir", output];
      execFileSync("soffice", [...options, ...sources], { stdio: "ignore" });
      return readFileSync(join(output, `${names.at(-1)}.pdf`));
    };
  };
