/** What makes two printings of a label the same: half-width, no blanks, one kind of quotation mark. */
export const labelKey = (printed: string): string =>
  printed
    .normalize("NFKC")
    .replace(/[\s\u200b\ufeff]+/g, "")
    .replace(/[“”‘’']/g, '"');

/** What is left of a label without its number, its bracketed remark and its punctuation. */
export const bareLabel = (printed: string): string =>
  labelKey(printed)
    .replace(NUMBER, "")
    .replace(/\(.*$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");

const NUMBER = /^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\d+[.、])/;
const SHORTEST_FRAGMENT = 2;
const SHORTEST_WHOLE = 4;
/** A misprinted label shares this much with the right one. */
const MISPRINTED = 0.8;

/** The number in front of a label, as `labelKey` writes it; empty when it has none. */
export const labelNumber = (printed: string): string => NUMBER.exec(labelKey(printed))?.[0] ?? "";

/**
 * The items whose label was printed here: the same label; else the same but for number, remark and punctuation; else the
 * only one whose label begins or ends with what is printed, or is printed with something in front; else the only one that
 * is printed with the same number and hardly another character.
 */
export function matchingLabels<T extends { label: string }>(printed: string, items: readonly T[]): T[] {
  const key = labelKey(printed);
  const same = items.filter((item) => labelKey(item.label) === key);
  if (same.length > 0) return same;
  const bare = bareLabel(printed);
  if (bare.length < SHORTEST_FRAGMENT) return [];
  const alike = items.filter((item) => bareLabel(item.label) === bare);
  if (alike.length > 0) return alike;
  const pieces = items.filter((item) => {
    const whole = bareLabel(item.label);
    return whole.startsWith(bare) || whole.endsWith(bare) || (whole.length >= SHORTEST_WHOLE && bare.endsWith(whole));
  });
  if (pieces.length > 0) return pieces.length === 1 ? pieces : [];
  const misprinted = items.filter(
    (item) => labelNumber(item.label) === labelNumber(printed) && likeness(bareLabel(item.label), bare) >= MISPRINTED,
  );
  return misprinted.length === 1 && bare.length > SHORTEST_WHOLE ? misprinted : [];
}

/** How alike two texts are: the length of their longest common subsequence over that of the longer one, 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  let above = new Array<number>(b.length + 1).fill(0);
  for (const character of a) {
    const row = [0];
    for (const [index, candidate] of b.entries()) {
      row.push(character === candidate ? (above[index] ?? 0) + 1 : Math.max(above[index + 1] ?? 0, row[index] ?? 0));
    }
    above = row;
  }
  return (above.at(-1) ?? 0) / Math.max(a.length, b.length, 1);
}
