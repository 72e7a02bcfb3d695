import { strFromU8, unzipSync } from "fflate";
import { all, type Element, elementsOf, first, readMarkup, textOf } from "./read-markup.ts";

/** A character and where its baseline begins, in mm from the top left corner of the page. */
type Place = { character: string; x: number; y: number };
type Box = { x: number; y: number; width: number; height: number };
type OfdText = { text: string; places: Place[]; box: Box; font: string; size: number };
type OfdLine = { from: { x: number; y: number }; to: { x: number; y: number }; box: Box; width: number };
export type OfdPage = { id: string; size: Box; texts: OfdText[]; lines: OfdLine[] };
export type OfdFont = { id: string; name: string; bytes: Uint8Array };

export type OfdFile = {
  /** Every XML file of the package by its path. */
  markup: ReadonlyMap<string, Element>;
  information: Readonly<Record<string, string>>;
  pages: OfdPage[];
  fonts: OfdFont[];
  outline: { title: string; page: string; top: number }[];
};

/** Reads an OFD as a reader does: from OFD.xml along the paths that are written in it. Throws when one leads nowhere. */
export function readOfd(bytes: Uint8Array): OfdFile {
  const files = unzipSync(bytes);
  const file = (path: string): Uint8Array => {
    const found = files[path];
    if (!found) throw new Error(`no ${path} in the package`);
    return found;
  };
  const markup = new Map(
    Object.keys(files)
      .filter((path) => path.endsWith(".xml"))
      .map((path) => [path, readMarkup(strFromU8(file(path)))] as const),
  );
  const root = (path: string): Element => {
    const found = markup.get(path);
    if (!found) throw new Error(`no ${path} in the package`);
    return found;
  };
  const entry = root("OFD.xml");
  const documentPath = textOf(first(entry, "ofd:DocRoot"));
  const folder = documentPath.slice(0, documentPath.lastIndexOf("/") + 1);
  const document = root(documentPath);
  const resources = first(root(folder + textOf(first(document, "ofd:PublicRes"))), "ofd:Res");
  return {
    markup,
    information: Object.fromEntries(
      elementsOf(first(entry, "ofd:DocInfo")).map((element) => [element.name.replace("ofd:", ""), textOf(element)]),
    ),
    pages: all(document, "ofd:Page").map((page) => ({
      id: attribute(page, "ID"),
      ...readPage(root(folder + attribute(page, "BaseLoc"))),
    })),
    fonts: all(resources, "ofd:Font").map((font) => ({
      id: attribute(font, "ID"),
      name: attribute(font, "FontName"),
      bytes: file(`${folder}${attribute(resources, "BaseLoc")}/${textOf(first(font, "ofd:FontFile"))}`),
    })),
    outline: all(document, "ofd:OutlineElem").map((element) => {
      const destination = first(element, "ofd:Dest");
      return {
        title: attribute(element, "Title"),
        page: attribute(destination, "PageID"),
        top: Number(attribute(destination, "Top")),
      };
    }),
  };
}

function readPage(page: Element): Omit<OfdPage, "id"> {
  return {
    size: readBox(textOf(first(page, "ofd:PhysicalBox"))),
    texts: all(page, "ofd:TextObject").map(readText),
    lines: all(page, "ofd:PathObject").map(readLine),
  };
}

function readText(object: Element): OfdText {
  const box = readBox(attribute(object, "Boundary"));
  const places = all(object, "ofd:TextCode").flatMap((code) => {
    const distances = readDistances(code.attributes.DeltaX ?? "");
    const characters = [...textOf(code)];
    if (distances.length !== characters.length - 1) throw new Error(`wrong number of distances for ${textOf(code)}`);
    let x = box.x + Number(attribute(code, "X"));
    return characters.map((character, index) => {
      x += distances[index - 1] ?? 0;
      return { character, x, y: box.y + Number(attribute(code, "Y")) };
    });
  });
  const text = places.map(({ character }) => character).join("");
  return { text, places, box, font: attribute(object, "Font"), size: Number(attribute(object, "Size")) };
}

/** `3 g 2 5` → 3, 5, 5. */
function readDistances(written: string): number[] {
  const distances: number[] = [];
  const words = written.split(" ").filter(Boolean);
  for (let index = 0; index < words.length; index++) {
    if (words[index] === "g") {
      distances.push(...Array.from({ length: Number(words[index + 1]) }, () => Number(words[index + 2])));
      index += 2;
    } else {
      distances.push(Number(words[index]));
    }
  }
  return distances;
}

function readLine(object: Element): OfdLine {
  const box = readBox(attribute(object, "Boundary"));
  const data = textOf(first(object, "ofd:AbbreviatedData"));
  const [, ...points] = /^M (\S+) (\S+) L (\S+) (\S+)$/.exec(data) ?? [];
  if (points.length !== 4) throw new Error(`no straight line: ${data}`);
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.map(Number);
  return {
    from: { x: box.x + x1, y: box.y + y1 },
    to: { x: box.x + x2, y: box.y + y2 },
    box,
    width: Number(attribute(object, "LineWidth")),
  };
}

function readBox(written: string): Box {
  const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = written.split(" ").map(Number);
  return { x, y, width, height };
}

function attribute(element: Element, name: string): string {
  const value = element.attributes[name];
  if (value === undefined) throw new Error(`<${element.name}> has no ${name}`);
  return value;
}
