import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium as playwright } from "@playwright/test";
import { renderHtmlPage } from "../../../../templates/document/html.ts";
import { officialFaces } from "../../../../templates/document/style.ts";
import type { Face } from "../../../layout/display.ts";
import { browserOptions } from "../browser-options.ts";
import type { Run, Subject } from "../engine.ts";
import { faces } from "./faces.ts";

/** The same report as our web page, printed over CDP by a Chromium that stays open; a new tab a document. */
export async function chromium({ document }: Subject): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "bench-chromium-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const browser = await playwright.launch(browserOptions);
  const file = join(folder, "report.html");
  return async () => {
    writeFileSync(file, renderHtmlPage(document).replace("<style>", `<style>${fontFaces()}`));
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    const bytes = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
    await page.close();
    return bytes;
  };
}

/** The page names the official faces; here they are the files that everybody is given. */
const fontFaces = (): string =>
  (Object.entries(officialFaces) as [Face, string][])
    .map(([face, name]) => {
      const source = pathToFileURL(faces[face].file).href;
      return `@font-face { font-family: "${name}"; src: url("${source}"); }`;
    })
    .join("\n");
