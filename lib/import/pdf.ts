import { getDocumentProxy } from "unpdf";
import { formats } from "../../templates/index.ts";
import { labelKey } from "../sheet/labels.ts";
import { element, piecesOfMarkup, textNode } from "./markup.ts";
import { linesOf, type Placed, type PlacedTable, paragraphsOf, type TextLine, withoutFurniture } from "./pdf-lines.ts";
import { rulesOf } from "./pdf-rules.ts";
import { withoutRadicals } from "./radicals.ts";
import { Unreadable } from "./refusals.ts";
import { ruledTables } from "./ruled-tables.ts";
import { tableLabels } from "./tables.ts";
import { type Piece, withoutGaps } from "./text.ts";
import { lacksColumns, unruledTables } from "./unruled-tables.ts";

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>["getPage"]>>;

/** Longer than any report. */
const MOST_PAGES = 150;
const MOST_TEXTS = 300_000;
/** A report has more Chinese characters than this in its text. */
const FEWEST_CHARACTERS = 50;

/** What stands on a page, from top to bottom: a line of text or a table. */
type PageContent = TextLine | PlacedTable;

/**
 * The pieces of a PDF that has its text as text. Tables are found by their ruled lines, paragraphs by indentation and
 * full lines; page numbers and running heads go.
 */
export async function piecesOfPdf(bytes: Uint8Array): Promise<Piece[]> {
  const pages = await contentsOf(bytes);
  const texts = pages.flat().flatMap((content) => (content.kind === "line" ? [content.text] : content.texts()));
  if ((texts.join("").match(/\p{Script=Han}/gu) ?? []).length < FEWEST_CHARACTERS) throw new Unreadable("scanned");
  return paragraphsOf(withoutFurniture(pages)).flatMap((content) => {
    if (content.kind === "table") return content.pieces();
    if (content.kind === "cells") return [{ kind: "row", cells: content.cells }];
    return piecesOfMarkup(element("p", [textNode(withoutGaps(content.text))]), { keepsBlanks: true });
  });
}

async function contentsOf(bytes: Uint8Array): Promise<PageContent[][]> {
  const document = await opened(bytes);
  if (document.numPages > MOST_PAGES) throw new Unreadable("tooManyPages", document.numPages);
  const pages: PageContent[][] = [];
  let texts = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const content = await contentOf(await document.getPage(number).catch(damaged));
    texts += content.length;
    if (texts > MOST_TEXTS) throw new Unreadable("bomb", "文字过多");
    pages.push(content);
  }
  return pages;
}

const damaged = (): never => {
  throw new Unreadable("damagedPdf");
};

/** Images are left packed: nothing in them is read, and they may be made to fill the memory. */
const options = { verbosity: 0, maxImageSize: 1, disableFontFace: true, useSystemFonts: false, enableXfa: false };

const opened = (bytes: Uint8Array) =>
  getDocumentProxy(new Uint8Array(bytes), options).catch((error: unknown) => {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw new Unreadable(isLocked ? "encrypted" : "damagedPdf");
  });

async function contentOf(page: Page): Promise<PageContent[]> {
  const view = page.getViewport({ scale: 1 });
  const text = await page.getTextContent().catch(damaged);
  const operators = await page.getOperatorList().catch(damaged);
  const placed = text.items.flatMap((item) => ("str" in item ? placedOn(view.transform, item) : []));
  const tables = ruledTables(await rulesOf(operators, view.transform));
  const others = placed.filter((item) => !tables.some((table) => table.take(item)));
  const coarse = tables.filter((table) => lacksColumns(table.cells()));
  const filled = tables.filter((table) => !coarse.includes(table) && table.texts().length > 0);
  const inCoarse = coarse.flatMap((table) => table.cells().flat());
  const { tables: unruled, rest } = unruledTables([...others, ...inCoarse], labels());
  return [...linesOf(rest, view.height), ...filled, ...unruled].sort((a, b) => a.top - b.top);
}

/** The labels of all formats: a table without lines is known by them. */
const labels = (): ReadonlySet<string> => {
  known ??= new Set(formats.flatMap(tableLabels).map(labelKey));
  return known;
};
let known: ReadonlySet<string> | undefined;

type Matrix = readonly number[];

/** An item of text where it stands on the page as it is shown, in pt from the top left; upright text only. */
function placedOn(view: Matrix, item: { str: string; width: number; transform: Matrix }): Placed[] {
  if (item.str.trim() === "") return [];
  const [a = 0, b = 0, , , e = 0, f = 0] = item.transform;
  const [p = 1, q = 0, r = 0, s = 1, t = 0, u = 0] = view;
  const along = [a * p + b * r, a * q + b * s];
  const size = Math.hypot(...along);
  if (size === 0 || Math.abs(along[1] ?? 0) > size / 10) return [];
  return [{ text: withoutRadicals(item.str), x: e * p + f * r + t, y: e * q + f * s + u, width: item.width, size }];
}
