import { readdirSync, readFileSync } from "node:fs";
import { join, parse } from "node:path";
import type { Face } from "../../lib/layout/display.ts";
import { TrueTypeFont } from "./true-type/font.ts";

/** Under what name, without the ending, an office lays its own font for a face into its folder. */
const names: Readonly<Record<Face, string>> = {
  title: "方正小标宋",
  body: "仿宋_GB2312",
  lead: "楷体_GB2312",
  heading: "黑体",
  table: "宋体",
};
const FONT_FILE = /^\.(?:ttf|ttc|otf)$/i;

/**
 * The fonts of a folder, each for the face of its name; other files are left alone.
 * @throws Error, one line for the operator in Chinese and English, when the folder cannot be read or holds none of the
 * names, or when a font is no TrueType font with outlines of its own.
 */
export function openOfficeFonts(folder: string): Map<Face, TrueTypeFont> {
  const files = fontFiles(folder);
  const fonts = new Map<Face, TrueTypeFont>();
  for (const [face, name] of Object.entries(names) as [Face, string][]) {
    const file = files.find((candidate) => parse(candidate).name.normalize() === name);
    if (file) fonts.set(face, open(folder, file));
  }
  if (fonts.size > 0) return fonts;
  throw bad(`文件夹里没有 ${Object.values(names).join("、")} 中任何一个的 .ttf 文件 / no font file of these names`);
}

function fontFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => FONT_FILE.test(parse(file).ext));
  } catch {
    throw bad("文件夹不能读取 / the folder cannot be read");
  }
}

function open(folder: string, file: string): TrueTypeFont {
  try {
    return new TrueTypeFont(readFileSync(join(folder, file)));
  } catch (error) {
    // Reading a number behind the end of a damaged file is a RangeError that would tell the operator nothing.
    const reason = error instanceof RangeError ? "字体文件已损坏 / damaged font file" : (error as Error).message;
    throw bad(`${file} ${reason}`);
  }
}

const bad = (reason: string): Error => new Error(`环境变量 FONT_DIR 有误：${reason}`);
