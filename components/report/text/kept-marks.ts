import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { KeptSentence, KeptToken } from "@/lib/checks/kept-text.ts";

/** A sentence of last year's, or what in it is to be looked at, and where in the document it stands. */
export type PlacedKept = { from: number; to: number } & KeptMark;
/** Without `kind` it is a whole sentence. */
type KeptMark = Pick<Partial<KeptToken>, "kind" | "proposal"> & { text: string };

const keptKey = new PluginKey<DecorationSet>("kept");

/** Marks what is last year's; the marks move with the text until it has been compared again. */
export const keptPlugin = (): Plugin<DecorationSet> =>
  new Plugin({
    key: keptKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, marks) => {
        const placed: readonly PlacedKept[] | undefined = transaction.getMeta(keptKey);
        return placed
          ? DecorationSet.create(transaction.doc, placed.map(mark))
          : marks.map(transaction.mapping, transaction.doc);
      },
    },
    props: { decorations: (state) => keptKey.getState(state) },
  });

/** What of a section is marked: what is to be looked at, and sentences in which nothing has changed. */
export const marksOf = (sentences: readonly KeptSentence[]): (KeptSentence | KeptToken)[] =>
  sentences.flatMap((sentence) => [...(sentence.isUnchanged ? [sentence] : []), ...sentence.tokens]);

/** Marks these in place of what was marked before; undefined where that is the same. */
export function withKept(state: EditorState, placed: readonly PlacedKept[]): Transaction | undefined {
  const marked = keptIn(state);
  const isSame = marked.length === placed.length && inOrder(placed).every((one, index) => isLike(one, marked[index]));
  return isSame ? undefined : state.tr.setMeta(keptKey, placed);
}

const keptIn = (state: EditorState, from?: number, to?: number): PlacedKept[] =>
  inOrder(
    (keptKey.getState(state)?.find(from, to) ?? []).map((mark) => ({ ...mark.spec, from: mark.from, to: mark.to })),
  );

const inOrder = (placed: readonly PlacedKept[]): PlacedKept[] =>
  [...placed].sort((a, b) => a.from - b.from || b.to - a.to);

export const isLike = (a: PlacedKept | undefined, b: PlacedKept | undefined): boolean =>
  a?.from === b?.from && a?.to === b?.to && a?.kind === b?.kind && a?.proposal === b?.proposal && a?.text === b?.text;

/** Both kinds are attributes of their own, because those of one name would take each other's place. */
const mark = ({ from, to, ...of }: PlacedKept): Decoration =>
  Decoration.inline(from, to, of.kind ? { "data-look": of.kind } : { "data-kept": "" }, of);

/** What is last year's at the caret: the narrowest part that is marked there. */
export const keptAt = (state: EditorState, from: number, to: number): PlacedKept | undefined =>
  keptIn(state, from, to).sort((a, b) => a.to - a.from - (b.to - b.from))[0];
