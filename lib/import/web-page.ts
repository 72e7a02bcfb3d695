import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Markup } from "../sheet/clipboard.ts";
import { piecesOfMarkup } from "./markup.ts";
import { Unreadable } from "./refusals.ts";
import type { Piece } from "./text.ts";
import { isTitle } from "./title.ts";

/** A heading of a part of the report, in a line of its own. */
const PART_HEADING = /^\**[一二三四五六七八九十]、[^。]{2,45}$/;
/** Lines that a website puts above the text: when, where from, how often read, buttons. */
const ABOVE =
  /^[【[（(]?\s*(?:发布|更新|发文|成文|公开|信息|来源|作者|责任编辑|编辑|审核|字体|字号|浏览|阅读|访问|点击|打印|关闭|分享|保存|收藏|索引|文号|主题|分类|体裁|有效性|时间|日期|当前位置|您|首页|大\s*中\s*小|【)/;
/** Lines that a website puts below it. */
const BELOW =
  /打印(?:本页|文章|此页)?|关闭(?:本页|窗口)?|[上下]一[篇条]|扫一扫|分享到|返回(?:顶部|首页)|版权所有|主办单位|承办单位|网站标识码|ICP备|公网安备|网站地图/;
const LONGEST_FURNITURE = 120;
const LEAST_HEADINGS = 2;
const DEEPEST = 600;

/**
 * The pieces of a page of a website: the stretch of the page that holds all parts of the report, with its title, and
 * without what the site puts around every text.
 */
export function piecesOfPage(html: string): Piece[] {
  const page = markupOf(parse(html), 0);
  const whole = piecesOf(page);
  const content = withoutFurniture(piecesOf(contentOf(page)));
  const titled = content.findLastIndex((piece, index) => isTitleLine(piece) && index < firstHeading(content));
  if (titled >= 0) return content;
  const above = whole.slice(0, firstHeading(whole)).findLast(isTitleLine) ?? titleInHead(page);
  return above ? [above, ...content] : content;
}

const piecesOf = (markup: Markup): Piece[] => piecesOfMarkup(markup, { keepsBlanks: false });

function markupOf(node: DefaultTreeAdapterTypes.Node, depth: number): Markup {
  if (depth > DEEPEST) throw new Unreadable("tooDeep");
  return {
    name: node.nodeName.replace(/^(?:o|w):/, ""),
    text: "value" in node ? node.value : "",
    attribute: (name) => ("attrs" in node ? node.attrs.find((attribute) => attribute.name === name)?.value : undefined),
    children: "childNodes" in node ? node.childNodes.map((child) => markupOf(child, depth + 1)) : [],
  };
}

const isHeading = (piece: Piece): boolean => piece.kind === "line" && PART_HEADING.test(piece.text);
const isTitleLine = (piece: Piece): boolean => piece.kind === "line" && isTitle(piece.text);

function firstHeading(pieces: readonly Piece[]): number {
  const at = pieces.findIndex(isHeading);
  return at < 0 ? pieces.length : at;
}

/** The innermost part of the page that holds all headings of the report. */
function contentOf(page: Markup): Markup {
  const headings = (markup: Markup) => piecesOf(markup).filter(isHeading).length;
  const all = headings(page);
  if (all < LEAST_HEADINGS) return page;
  let content = page;
  for (;;) {
    const inner = content.children.find((child) => child.children.length > 0 && headings(child) === all);
    if (!inner) return content;
    content = inner;
  }
}

/** Without the lines of the site above the first heading (with all above the title) and below the last part. */
function withoutFurniture(pieces: readonly Piece[]): Piece[] {
  const first = firstHeading(pieces);
  const title = pieces.slice(0, first).findLastIndex(isTitleLine);
  const start = title < 0 ? 0 : firstOfTitle(pieces, title);
  const front = pieces.slice(start, first).filter((piece) => !isFurniture(piece, ABOVE));
  const last = pieces.findLastIndex(isHeading);
  const end = pieces.findIndex((piece, index) => index > last && isFurniture(piece, BELOW));
  return [...front, ...pieces.slice(first, end < 0 ? undefined : end)];
}

/** A title may be printed in two lines, the agency in the first. */
function firstOfTitle(pieces: readonly Piece[], title: number): number {
  const before = pieces[title - 1];
  const isName = before?.kind === "line" && /(?:府|局|委|办|会|厅|室|中心|院|处|街道|镇|乡)$/.test(before.text);
  return isName ? title - 1 : title;
}

const isFurniture = (piece: Piece, words: RegExp): boolean => {
  const text = piece.kind === "line" ? piece.text : piece.cells.join(" ");
  return text.length <= LONGEST_FURNITURE && !/[。；]/.test(text) && words.test(text.trim());
};

/** The title of the page as the browser shows it, without the name of the site. */
function titleInHead(page: Markup): Piece | undefined {
  const text = named(page, "title")
    .flatMap(({ children }) => children.map((child) => child.text))
    .join("");
  const title = text.split(/[-_|－—–]/).find((part) => isTitle(part.trim()));
  return title === undefined ? undefined : { kind: "line", text: title.trim() };
}

const named = (markup: Markup, name: string): Markup[] =>
  markup.name === name ? [markup] : markup.children.flatMap((child) => named(child, name));
