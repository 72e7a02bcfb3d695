import { gzipSync } from "node:zlib";
import { charactersNamed } from "../../lib/layout/character-names.ts";
import { MOST_CHARACTERS } from "../../lib/layout/glyph-table.ts";
import { type FontId, font, glyphTable } from "./fonts.ts";
import { subsetFont } from "./subset-font.ts";

/** What a browser is given to draw the pages with; `reason` is a finished Chinese sentence. */
type Given = { kind: "found"; content: Uint8Array } | { kind: "unknown" | "unreadable"; reason: string };

const stale = { kind: "unknown", reason: "服务器上的字体已经更换，请刷新页面。" } as const;

/** The version of the fonts that this process has. */
export const fontsVersion = (): string => glyphTable().version;

/** The table by which a browser lays out pages, as JSON that is compressed by gzip. */
export function tableOf(version: string): Given {
  const table = glyphTable();
  if (version !== table.version) return stale;
  compressed ??= gzipSync(JSON.stringify(table), { level: 9 });
  return { kind: "found", content: compressed };
}
let compressed: Uint8Array | undefined;

/**
 * A font file with some of the characters of a font; those it has not are left out. `names` is as `namesOf` writes it, at
 * most `MOST_CHARACTERS`. The same address always gives the same file.
 */
export function webFont(version: string, id: string, names: string): Given {
  const table = glyphTable();
  if (version !== table.version) return stale;
  if (!Object.hasOwn(table.fonts, id)) return { kind: "unknown", reason: "没有这种字体。" };
  const asked = charactersNamed(names, MOST_CHARACTERS);
  if (!asked) return { kind: "unreadable", reason: `字符列表有误；一次最多可取${MOST_CHARACTERS}个字符。` };
  const opened = font(id as FontId);
  const has = (character: string) => opened.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
  return { kind: "found", content: subsetFont(opened, new Set([...asked].filter(has))) };
}
