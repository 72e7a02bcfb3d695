import { type Markup, textOfMarkup } from "./markup.ts";

/** The declarations of a style attribute, by property in lower case. */
export type Style = Readonly<Record<string, string>>;

/** What pasted markup may bring along that a section of text does not hold. */
export type Dropped = (typeof droppedWords)[number];

/** In the order in which they are told. */
export const droppedWords = [
  "字体、字号和颜色",
  "斜体、下划线等格式",
  "链接地址",
  "图片",
  "项目符号",
  "批注",
  "修订标记和已删除的文字",
  "隐藏文字",
] as const;

export const styleOf = ({ attributes }: Markup): Style =>
  Object.fromEntries(
    (attributes.style ?? "").split(";").flatMap((declaration) => {
      const colon = declaration.indexOf(":");
      if (colon < 0) return [];
      return [
        [
          declaration.slice(0, colon).trim().toLowerCase(),
          declaration
            .slice(colon + 1)
            .trim()
            .toLowerCase(),
        ],
      ];
    }),
  );

/** Text that Word and WPS only show while a revision is being reviewed, and marks and texts of comments. */
export const isRemoved = (element: Markup, style: Style): boolean => isDeleted(element) || isComment(element, style);

export const isHidden = ({ attributes }: Markup, style: Style): boolean =>
  style["mso-hide"] === "all" || style.display === "none" || style.visibility === "hidden" || "hidden" in attributes;

const isDeleted = ({ tag, attributes }: Markup): boolean => tag === "del" || hasClass(attributes, "msodel");

const isComment = ({ attributes }: Markup, style: Style): boolean =>
  style["mso-special-character"] === "comment" ||
  /^comment(?:-list)?$/.test(style["mso-element"] ?? "") ||
  hasClass(attributes, "msocommentreference") ||
  hasClass(attributes, "msocomanchor");

const hasClass = (attributes: Markup["attributes"], name: string): boolean =>
  (attributes.class ?? "").toLowerCase().split(/\s+/).includes(name);

const LOOKS = /^(?:font-family|font-size|color|background|background-color|mso-highlight|text-shadow|letter-spacing)$/;
const EMPHASIS = new Set(["i", "em", "u", "s", "strike", "sub", "sup", "mark"]);

/** What of an element is not kept. */
export function droppedWith(element: Markup, style: Style): Dropped[] {
  const { tag, attributes } = element;
  if (isHidden(element, style)) return ["隐藏文字"];
  if (isComment(element, style)) return ["批注"];
  if (isDeleted(element)) return ["修订标记和已删除的文字"];
  const dropped: Dropped[] = [];
  if (tag === "ins" || hasClass(attributes, "msoins")) dropped.push("修订标记和已删除的文字");
  if (tag === "font" || Object.keys(style).some((property) => LOOKS.test(property))) dropped.push("字体、字号和颜色");
  const isSlanted = style["font-style"] === "italic" || /underline|line-through/.test(style["text-decoration"] ?? "");
  if (EMPHASIS.has(tag) || isSlanted) dropped.push("斜体、下划线等格式");
  if (tag === "a" && attributes.href) dropped.push("链接地址");
  if (tag === "img") dropped.push("图片");
  return dropped;
}

/** Whether this is the number or sign that Word and WPS put in front of a paragraph of a list. */
export const isMarker = (style: Style): boolean => style["mso-list"] === "ignore";

/** The number as it stood in print; empty for signs such as ● that say nothing. */
export function markerText(marker: Markup): string {
  const text = textOfMarkup(marker).replace(/[\s\u3000]+/g, "");
  return /[\d一二三四五六七八九十①-⑳a-zA-Z]/.test(text) && text.length > 1 ? text : "";
}
