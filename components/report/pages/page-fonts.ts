import { namesOf } from "@/lib/layout/character-names.ts";
import type { Page } from "@/lib/layout/display.ts";
import { MOST_CHARACTERS } from "@/lib/layout/glyph-table.ts";

/** How long after a failure the characters are asked for again, in ms. */
const PATIENCE = 10_000;

/** Under what name the pages ask the browser for a font of the PDF. */
export const familyOf = (font: string): string => `pdf-${font}`;

/**
 * Brings the glyphs that pages are drawn with, of each font only the characters that are there. Until they come, and
 * where they do not, another font of the machine draws them in the same places.
 */
export class PageFonts {
  readonly #version: string;
  readonly #asked = new Map<string, Set<string>>();
  #needed: readonly Page[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(version: string) {
    this.#version = version;
  }

  /** Asks for the characters of these pages that were not asked for before. */
  need(pages: readonly Page[]): void {
    this.#needed = pages;
    if (this.#retry !== undefined) return;
    for (const [font, characters] of this.#missing(pages)) {
      for (let from = 0; from < characters.length; from += MOST_CHARACTERS) {
        void this.#bring(font, characters.slice(from, from + MOST_CHARACTERS));
      }
    }
  }

  #missing(pages: readonly Page[]): Map<string, string[]> {
    const missing = new Map<string, string[]>();
    for (const { text, font } of pages.flatMap((page) => page.runs)) {
      const asked = this.#asked.get(font) ?? new Set();
      this.#asked.set(font, asked);
      for (const character of text) {
        if (asked.has(character)) continue;
        asked.add(character);
        const list = missing.get(font);
        if (list) list.push(character);
        else missing.set(font, [character]);
      }
    }
    return missing;
  }

  async #bring(font: string, characters: readonly string[]): Promise<void> {
    const address = `/api/fonts/${this.#version}/${font}/${namesOf(characters)}`;
    const unicodeRange = characters.map((character) => `U+${character.codePointAt(0)?.toString(16)}`).join();
    try {
      document.fonts.add(await new FontFace(familyOf(font), `url(${address})`, { unicodeRange }).load());
    } catch {
      for (const character of characters) this.#asked.get(font)?.delete(character);
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined;
        this.need(this.#needed);
      }, PATIENCE);
    }
  }
}
