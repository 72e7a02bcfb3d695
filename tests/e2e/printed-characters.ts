import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type FontId, font, isCovered } from "../../templates/document/fonts.ts";

/** A character where a browser draws it: its page, the font it is set in, and the start of its baseline; in pt. */
export type DrawnCharacter = { page: number; text: string; x: number; y: number; font: string; size: number };
/** A word as `pdftotext` finds it: characters of one font without a gap. */
type PdfWord = { page: number; text: string; xMin: number; yMin: number; xMax: number };

/** Every character that the page list of the open page draws, read from the browser's own layout. */
export async function drawnCharacters(page: Page): Promise<DrawnCharacter[]> {
  const sheets = page.locator("[data-page]");
  const drawn: DrawnCharacter[] = [];
  for (let index = 0; index < (await sheets.count()); index++) {
    const sheet = sheets.nth(index);
    await sheet.scrollIntoViewIfNeeded();
    const drawing = sheet.getByRole("img");
    await drawing.waitFor();
    drawn.push(...(await drawing.evaluate(charactersOf, index + 1)));
  }
  return drawn;
}

function charactersOf(drawing: Element, page: number): DrawnCharacter[] {
  return [...drawing.querySelectorAll("text")].flatMap((text) => {
    const characters: DrawnCharacter[] = [];
    let offset = 0;
    for (const character of text.textContent ?? "") {
      const { x, y } = text.getStartPositionOfChar(offset);
      const family = text.getAttribute("font-family")?.split(",")[0]?.replace("pdf-", "") ?? "";
      characters.push({ page, text: character, x, y, font: family, size: Number(text.getAttribute("font-size")) });
      offset += character.length;
    }
    return characters;
  });
}

/** Where the PDF draws this but says what was typed, poppler takes the height of the word from the other edge of the page. */
const STAND_IN = "〓";

/**
 * What a PDF has elsewhere than the drawing, or only one of the two has; empty when every character of both is the same
 * one, on the same page and no further than `tolerance` pt from the other.
 */
export function differences(pdf: Uint8Array, drawn: readonly DrawnCharacter[], tolerance: number): string[] {
  const inked = drawn.filter(({ text }) => text.trim() !== "");
  const left = new Set(inked);
  const isNear = (one: number, other: number) => Math.abs(one - other) <= tolerance;
  const found: string[] = [];
  for (const word of wordsOf(pdf)) {
    const characters = [...word.text];
    const isMisplaced = characters.includes(STAND_IN);
    const first = inked.findIndex(
      (candidate) =>
        candidate.page === word.page &&
        left.has(candidate) &&
        candidate.text === characters[0] &&
        isNear(candidate.x, word.xMin) &&
        (isMisplaced || isNear(candidate.y - ascentOf(candidate), word.yMin)),
    );
    const same = first < 0 ? [] : inked.slice(first, first + characters.length);
    const last = same.at(-1);
    const isSame =
      last !== undefined &&
      same.map(({ text }) => text).join("") === word.text &&
      same.every(({ page, y }) => page === word.page && isNear(y, last.y)) &&
      (isMisplaced || isNear(last.x + widthOf(last), word.xMax));
    if (!isSame) found.push(`page ${word.page}: ${word.text} at ${word.xMin} ${word.yMin} is not drawn`);
    for (const character of same) left.delete(character);
  }
  for (const { page, text, x, y } of left) found.push(`page ${page}: ${text} at ${x} ${y} is drawn only`);
  return found;
}

const widthOf = ({ text, font: id, size }: DrawnCharacter): number => {
  const opened = font(id as FontId);
  return (opened.glyphForCodePoint(text.codePointAt(0) ?? 0).advanceWidth / opened.unitsPerEm) * size;
};

/** From the top of a word's box, as `pdftotext` draws it, to the baseline. */
const ascentOf = ({ font: id, size }: DrawnCharacter): number =>
  (font(id as FontId).ascent / font(id as FontId).unitsPerEm) * size;

function wordsOf(pdf: Uint8Array): PdfWord[] {
  const folder = mkdtempSync(join(tmpdir(), "pdf-words-"));
  try {
    const file = join(folder, "document.pdf");
    writeFileSync(file, pdf);
    const listed = execFileSync("pdftotext", ["-bbox", "-enc", "UTF-8", file, "-"], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    let page = 0;
    return [...listed.matchAll(LINE)].flatMap(([, isPage, xMin, yMin, xMax, text = ""]) => {
      if (isPage) page++;
      return isPage ? [] : [{ page, text: asDrawn(text), xMin: Number(xMin), yMin: Number(yMin), xMax: Number(xMax) }];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const LINE = /(<page )|<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)<\/word>/g;

/** Copied text is what was typed; what no font has is drawn as 〓. */
const asDrawn = (text: string): string =>
  [...text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&")]
    .map((character) => (isCovered(character) ? character : STAND_IN))
    .join("");
