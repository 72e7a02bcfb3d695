import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** What LibreOffice saves a Word file as. */
export const savedByLibreOffice = (file: Uint8Array, kind: "pdf" | "docx"): Uint8Array =>
  inFolder((folder) => {
    writeFileSync(join(folder, "report.docx"), file);
    convert(folder, ["report.docx"], kind);
    return readFileSync(join(folder, "saved", `report.${kind}`));
  });

/**
 * Word files as LibreOffice prints them, with the fonts of our PDF in the place of the official ones. Up to now it does not
 * read from Word files that no gap stands between Chinese and Western characters (`w:autoSpaceDE`, `w:autoSpaceDN`), so
 * this is said again in its own format, on the way.
 */
export const printedByLibreOffice = (files: readonly Uint8Array[]): Uint8Array[] =>
  inFolder((folder) => {
    const names = files.map((_, index) => `report-${index}`);
    const word = names.map((name) => `${name}.docx`);
    const own = names.map((name) => join("saved", `${name}.fodt`));
    for (const [index, file] of files.entries()) writeFileSync(join(folder, `report-${index}.docx`), file);
    const fonts = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
    writeFileSync(fonts.FONTCONFIG_FILE, fontsConfiguration(folder));
    convert(folder, word, "fodt", fonts);
    for (const path of own) {
      const text = readFileSync(join(folder, path), "utf8");
      writeFileSync(join(folder, path), text.replaceAll(GAP, 'style:text-autospace="none"'));
    }
    convert(folder, own, "pdf", fonts);
    return names.map((name) => readFileSync(join(folder, "saved", `${name}.pdf`)));
  });

const GAP = 'style:text-autospace="ideograph-alpha"';

function convert(
  folder: string,
  files: readonly string[],
  kind: string,
  environment: Record<string, string> = {},
): void {
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const options = [profile, "--headless", "--convert-to", kind, "--outdir", join(folder, "saved")];
  execFileSync("soffice", [...options, ...files.map((file) => join(folder, file))], {
    env: { ...process.env, ...environment },
    stdio: "pipe",
  });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "libre-office-"));
  try {
    mkdirSync(join(folder, "saved"));
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The faces that the Word file names, and the fonts that the PDF has for them; digits as in 仿宋. */
const standIns = {
  方正小标宋简体: "Noto Serif SC",
  仿宋_GB2312: "FandolFang",
  "Times New Roman": "FandolFang",
  楷体_GB2312: "Report Kai",
  黑体: "Noto Sans SC",
  宋体: "Noto Serif SC",
};

const fontsConfiguration = (folder: string): string =>
  [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    `<dir>${resolve("templates/fonts")}</dir><cachedir>${join(folder, "cache")}</cachedir>`,
    ...Object.entries(standIns).map(
      ([face, font]) =>
        `<match target="pattern"><test name="family"><string>${face}</string></test><edit name="family" mode="assign" binding="strong"><string>${font}</string></edit></match>`,
    ),
    "</fontconfig>",
  ].join("");
