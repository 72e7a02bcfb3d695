import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { readDirectory, unpack } from "../../lib/import/zip.ts";
import { zip, zipEntry } from "../../templates/document/zip.ts";

const files = {
  "[Content_Types].xml": "<Types/>",
  "word/正文.xml": "政府信息公开".repeat(5000),
  "empty.xml": "",
  "bytes.bin": String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code)),
};
const packed = () => zip(Object.entries(files).map(([name, text]) => zipEntry(name, text)));

test("a ZIP gives back its files in their order, in two readers", () => {
  const read = Object.entries(unzipSync(packed())).map(([name, bytes]) => [name, strFromU8(bytes)]);
  expect(read).toEqual(Object.entries(files));
  const directory = readDirectory(packed());
  if (!directory?.ok) throw new Error("no directory");
  const checked = directory.entries.map((entry) => [entry.name, strFromU8(unpack(packed(), entry) as Uint8Array)]);
  expect(checked).toEqual(Object.entries(files));
});

test("a ZIP of the same files is the same bytes, and smaller than they are", () => {
  expect(packed()).toEqual(packed());
  expect(packed().length).toBeLessThan(2000);
});

test("an entry that is already bytes is packed like its text", () => {
  expect(zipEntry("a", new TextEncoder().encode("公开"))).toEqual(zipEntry("a", "公开"));
});
