import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

/** Text of a PDF in the order in which it is painted, read by `pdftotext`, without page marks. */
export function pdfText(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "pdf-text-"));
  try {
    const file = join(folder, "document.pdf");
    writeFileSync(file, bytes);
    return execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Everything that is written in a PDF, its compressed streams unpacked. */
export function decodedPdf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes);
  let text = "";
  for (let from = file.indexOf("stream\n"); from >= 0; from = file.indexOf("stream\n", from + 1)) {
    const to = file.indexOf("endstream", from);
    const content = file.subarray(from + "stream\n".length, to);
    text += unpacked(content).toString("utf8");
  }
  return text + file.toString("latin1");
}

function unpacked(content: Buffer): Buffer {
  try {
    return inflateSync(content);
  } catch {
    return content;
  }
}
