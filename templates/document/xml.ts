const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What must be written as an entity, and what XML has no way to write. */
const SPECIAL = /[&<>"]|[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text between tags or in a quoted attribute of XML and HTML; characters that XML cannot hold are left out. */
export const escapeXml = (text: string): string => text.replace(SPECIAL, (character) => entities[character] ?? "");
