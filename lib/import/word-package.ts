import { posix } from "node:path";
import { Unreadable } from "./refusals.ts";
import { elementsOf, parseXml, type XmlElement } from "./xml.ts";
import { readDirectory, unpack, type ZipEntry } from "./zip.ts";

/** The parts of a Word file that reading needs; each is parsed when it is asked for. */
export type WordPackage = {
  /** Undefined when there is no such part. */
  part: (name: string) => XmlElement | undefined;
  /** Name of the part with the text. */
  main: string;
};

const ACTIVE = /(?:^|\/)(?:vbaProject[^/]*\.bin|vbaData\.xml)$|\/activeX\/|\/embeddings\/(?!.*\.(?:xlsx|docx|pptx)$)/i;
/** Parts that other programs would be asked to fetch or run. A link that a person clicks on is none. */
const FETCHED = /\/(?:aFChunk|subDocument|oleObject|frame|control)$/;
const HARMLESS = /\/hyperlink$/;
/** Another machine, or a share of one. */
const ELSEWHERE = /^(?:https?|ftps?|mhtml|ldap|smb):|^(?:file:)?[\\/]{2}(?![\\/])|^file:\/\/(?!\/|localhost)/i;

/**
 * Opens a Word file after looking at all that could do harm in other hands: names and sizes (`readDirectory`), macros and
 * embedded programs, relations that reach outside. Nothing outside the file is ever read, whatever it says.
 */
export function openWord(bytes: Uint8Array): WordPackage {
  const directory = readDirectory(bytes);
  if (!directory) throw new Unreadable("damaged", "文件不完整");
  if (!directory.ok) throw new Unreadable(directory);
  const entries = new Map(directory.entries.map((entry) => [entry.name, entry]));
  const active = directory.entries.find(({ name }) => ACTIVE.test(name));
  if (active) throw new Unreadable("macro", posix.basename(active.name));
  const part = (name: string): XmlElement | undefined => {
    const entry = entries.get(name);
    return entry && parseXml(content(bytes, entry));
  };
  if (!entries.has("[Content_Types].xml")) throw new Unreadable("damaged", "缺少内容类型说明");
  const relations = [...entries.keys()].filter((name) => name.endsWith(".rels"));
  for (const name of relations) for (const relation of elementsOf(part(name))) refuseOutside(relation);
  const main = mainPart(part("_rels/.rels"));
  if (!entries.has(main)) throw new Unreadable("damaged", "缺少正文");
  return { part, main };
}

function content(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const unpacked = unpack(bytes, entry);
  if (!unpacked) throw new Unreadable("damaged", `${posix.basename(entry.name)} 不能解压`);
  return unpacked;
}

function refuseOutside({ attributes: { Type = "", Target = "", TargetMode = "" } }: XmlElement): void {
  const isOutside = TargetMode.toLowerCase() === "external" && !HARMLESS.test(Type);
  if ((isOutside && (ELSEWHERE.test(Target) || FETCHED.test(Type))) || /\/aFChunk$/.test(Type)) {
    throw new Unreadable("external", Target.slice(0, 60));
  }
}

/** Where the package says that its text is; producers differ. */
function mainPart(relations: XmlElement | undefined): string {
  const relation = elementsOf(relations).find(({ attributes }) => attributes.Type?.endsWith("/officeDocument"));
  return posix.normalize(relation?.attributes.Target ?? "word/document.xml").replace(/^\//, "");
}
