import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync, inflateSync } from "node:zlib";

/** A grey picture: levels from 0 (black) to 15 (white), line by line. */
export type Picture = { width: number; height: number; levels: Uint8Array };
/** How much two pictures differ, from 0 (not at all) to 1 (black for white): on average, and in the worst block. */
export type Difference = { mean: number; worst: number };

/** Small, yet fine enough to read: a page is 496 × 702 points. */
const DOTS_PER_INCH = 60;
const WHITE = 15;
/** Side of a block, in points: less than a line of body text. */
const BLOCK = 16;

/** The pages of a PDF as poppler draws them. */
export function picturesOf(pdf: Uint8Array): Picture[] {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  try {
    writeFileSync(join(folder, "document.pdf"), pdf);
    execFileSync("pdftoppm", ["-gray", "-r", `${DOTS_PER_INCH}`, join(folder, "document.pdf"), join(folder, "page")]);
    const pages = readdirSync(folder).filter((file) => file.endsWith(".pgm"));
    return pages.sort().map((file) => readPgm(readFileSync(join(folder, file))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readPgm(bytes: Uint8Array): Picture {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 40)).toString("latin1"));
  if (!header) throw new Error("no grey picture");
  const [all, width, height] = header;
  const levels = Uint8Array.from(bytes.subarray(all.length), (value) => Math.round(value / 17));
  return { width: Number(width), height: Number(height), levels };
}

/** A whole page that is another size differs as much as can be. */
export function differenceOf(one: Picture, other: Picture): Difference {
  if (one.width !== other.width || one.height !== other.height) return { mean: 1, worst: 1 };
  const distances = distancesOf(one, other);
  let worst = 0;
  // Blocks overlap by half, so that what is moved never falls between two of them.
  for (let top = 0; top < one.height; top += BLOCK / 2) {
    for (let left = 0; left < one.width; left += BLOCK / 2) {
      let sum = 0;
      for (let y = top; y < Math.min(top + BLOCK, one.height); y++) {
        for (let x = left; x < Math.min(left + BLOCK, one.width); x++) sum += distances[y * one.width + x] ?? 0;
      }
      worst = Math.max(worst, sum / (BLOCK * BLOCK * WHITE));
    }
  }
  const mean = distances.reduce((all, distance) => all + distance, 0) / (distances.length * WHITE);
  return { mean, worst };
}

const distancesOf = (one: Picture, other: Picture): Uint8Array =>
  one.levels.map((level, index) => Math.abs(level - (other.levels[index] ?? 0)));

/** What is expected, what is there, and where they differ, side by side. */
export function sideBySide(expected: Picture, actual: Picture): Picture {
  const difference = { ...expected, levels: distancesOf(expected, actual).map((distance) => WHITE - distance) };
  const parts = [expected, actual, difference];
  const width = parts.reduce((all, part) => all + part.width, 0);
  const height = Math.max(...parts.map((part) => part.height));
  const levels = new Uint8Array(width * height).fill(WHITE);
  let left = 0;
  for (const part of parts) {
    for (let y = 0; y < part.height; y++) {
      levels.set(part.levels.subarray(y * part.width, (y + 1) * part.width), y * width + left);
    }
    left += part.width;
  }
  return { width, height, levels };
}

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** Four bits a point, grey; every line is written as it is. */
const HEADER = { bits: 4, grey: 0, filter: 0 };

/** A PNG of four bits a point (ISO 15948). The same picture gives the same bytes. */
export function writePng({ width, height, levels }: Picture): Uint8Array {
  const lineLength = 1 + Math.ceil(width / 2);
  const lines = Buffer.alloc(height * lineLength);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * lineLength + 1 + (x >> 1);
      lines[at] = (lines[at] ?? 0) | ((levels[y * width + x] ?? 0) << (x % 2 === 0 ? 4 : 0));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([HEADER.bits, HEADER.grey], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** Reads a PNG that `writePng` wrote; throws at any other. */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error("no PNG");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes[24] !== HEADER.bits || bytes[25] !== HEADER.grey) throw new Error("a PNG of another kind");
  const at = bytes.indexOf("IDAT", 33, "latin1");
  const lines = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const lineLength = 1 + Math.ceil(width / 2);
  const levels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    if (lines[y * lineLength] !== HEADER.filter) throw new Error("a PNG of another kind");
    for (let x = 0; x < width; x++) {
      const pair = lines[y * lineLength + 1 + (x >> 1)] ?? 0;
      levels[y * width + x] = x % 2 === 0 ? pair >> 4 : pair & 15;
    }
  }
  return { width, height, levels };
}
