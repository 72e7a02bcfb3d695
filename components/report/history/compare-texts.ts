/** A sentence or a line end of one text or of both. */
export type Piece = { kind: "same" | "inserted" | "deleted"; text: string };

/** Longest texts whose sentences are compared one by one; of longer ones only the ends that are alike are found. */
const MOST_PAIRS = 1_000_000;

/** What of a text stayed, in sentences. Joining the pieces that are not inserted gives the first text, and the other way round. */
export function compareTexts(before: string, after: string): Piece[] {
  const [old, young] = [sentencesOf(before), sentencesOf(after)];
  const shorter = Math.min(old.length, young.length);
  let head = 0;
  while (head < shorter && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === young.at(-1 - tail)) tail++;
  return [
    ...piecesOf("same", old.slice(0, head)),
    ...middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail)),
    ...piecesOf("same", old.slice(old.length - tail)),
  ];
}

/** Line ends stand for themselves, so that a sentence is the same wherever in its paragraph it stands. */
const sentencesOf = (text: string): string[] =>
  text.match(/\n|[^。！？；\n]+(?:[。！？；]+[”’）]*)?|[。！？；]+[”’）]*/gu) ?? [];

const piecesOf = (kind: Piece["kind"], texts: readonly string[]): Piece[] => texts.map((text) => ({ kind, text }));

/** Longest common subsequence, by the table of its lengths for all remainders. */
function middle(old: readonly string[], young: readonly string[]): Piece[] {
  if (old.length * young.length > MOST_PAIRS) return [...piecesOf("deleted", old), ...piecesOf("inserted", young)];
  const width = young.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const length = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = young.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        old[row] === young[column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
    }
  }
  const pieces: Piece[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < young.length) {
    const [gone = "", come = ""] = [old[row], young[column]];
    if (row < old.length && column < young.length && gone === come) {
      pieces.push({ kind: "same", text: gone });
      row++;
      column++;
    } else if (row < old.length && (column === young.length || length(row + 1, column) >= length(row, column + 1))) {
      pieces.push({ kind: "deleted", text: gone });
      row++;
    } else {
      pieces.push({ kind: "inserted", text: come });
      column++;
    }
  }
  return pieces;
}
