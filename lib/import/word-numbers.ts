import type { WordPackage } from "./word-package.ts";
import { elementAt, elementsOf, type XmlElement } from "./xml.ts";

type Level = { format: string; text: string; start: number };
type Numbering = { list: string; level: number };

const DEEPEST_STYLE = 20;
const CHINESE = "〇一二三四五六七八九";
const CHINESE_FORMATS = /^(?:chinese|japaneseCounting|taiwaneseCounting|ideographDigital|koreanCounting)/;
const LARGEST_CHINESE = 99;

/**
 * Numbers that Word and WPS set themselves in front of paragraphs (一、 （一） 1.), which stand nowhere in the text. The
 * function is called with the properties of every paragraph, in order, and counts.
 */
export function automaticNumbers({ part }: WordPackage): (paragraph: XmlElement | undefined) => string {
  const numbering = part("word/numbering.xml");
  const lists = new Map(
    elementsOf(numbering, "abstractNum").map((list) => [value(list, "abstractNumId"), levelsOf(list)]),
  );
  const instances = new Map(
    elementsOf(numbering, "num").map((num) => [value(num, "numId"), value(elementAt(num, "abstractNumId"), "val")]),
  );
  const styles = new Map(elementsOf(part("word/styles.xml"), "style").map((style) => [value(style, "styleId"), style]));
  const counters = new Map<string, number[]>();
  return (paragraph) => {
    const numbered = numberingOf(paragraph) ?? numberingOfStyle(value(elementAt(paragraph, "pStyle"), "val"), styles);
    const list = numbered && instances.get(numbered.list);
    const levels = list === undefined ? undefined : lists.get(list);
    const level = numbered && levels?.[numbered.level];
    if (!numbered || list === undefined || !levels || !level) return "";
    const counts = (counters.get(list) ?? []).slice(0, numbered.level + 1);
    for (let at = 0; at < numbered.level; at++) counts[at] ??= levels[at]?.start ?? 1;
    counts[numbered.level] = (counts[numbered.level] ?? level.start - 1) + 1;
    counters.set(list, counts);
    if (level.format === "bullet" || level.format === "none") return "";
    return level.text.replace(/%(\d)/g, (_, place) => written(counts[place - 1] ?? 1, levels[place - 1]?.format ?? ""));
  };
}

const value = (element: XmlElement | undefined, name: string): string => element?.attributes[name] ?? "";

const levelsOf = (list: XmlElement): Level[] =>
  elementsOf(list, "lvl").map((level) => ({
    format: value(elementAt(level, "numFmt"), "val"),
    text: value(elementAt(level, "lvlText"), "val"),
    start: Number(value(elementAt(level, "start"), "val") || 1),
  }));

function numberingOf(properties: XmlElement | undefined): Numbering | undefined {
  const numbering = elementAt(properties, "numPr");
  const list = value(elementAt(numbering, "numId"), "val");
  return list === "" ? undefined : { list, level: Number(value(elementAt(numbering, "ilvl"), "val") || 0) };
}

function numberingOfStyle(id: string, styles: ReadonlyMap<string, XmlElement>): Numbering | undefined {
  let style = styles.get(id);
  for (let steps = 0; style && steps < DEEPEST_STYLE; steps++) {
    const found = numberingOf(elementAt(style, "pPr"));
    if (found) return found;
    style = styles.get(value(elementAt(style, "basedOn"), "val"));
  }
  return undefined;
}

const written = (count: number, format: string): string =>
  CHINESE_FORMATS.test(format) && count <= LARGEST_CHINESE ? chinese(count) : String(count);

/** 1 to 99 as they are counted: 十, 十一, 二十三. */
function chinese(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  const ten = tens === 0 ? "" : `${tens === 1 ? "" : CHINESE[tens]}十`;
  return `${ten}${ones === 0 && tens > 0 ? "" : CHINESE[ones]}`;
}
