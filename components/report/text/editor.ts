import { toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import { EditorState, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { parsePlace } from "@/lib/checks/finding.ts";
import type { KeptToken } from "@/lib/checks/kept-text.ts";
import { chipCells, chipName, chipText, printedPassages } from "@/lib/report/chips.ts";
import { sameValue } from "@/lib/report/edits.ts";
import { plainText } from "@/lib/report/prose.ts";
import type { Passage } from "@/lib/report/report.ts";
import { quoteRange } from "@/lib/workflow/remarks.ts";
import type { Draft } from "../draft/draft.ts";
import type { LiveFindings } from "../draft/live-findings.ts";
import type { LiveKept } from "../draft/live-kept.ts";
import {
  detachingChip,
  insertingChip,
  insertingPassages,
  KEEP_KINDS,
  numberAt,
  type PlacedNumber,
  selectedChip,
  selectedKind,
  setKind,
  textKeys,
} from "./commands.ts";
import { copiedMarkup, copiedText } from "./copy.ts";
import {
  COMPOSING,
  findingsAt,
  findingsPlugin,
  type PlacedFinding,
  remarksPlugin,
  structurePlugin,
  withFindings,
  withRemarks,
} from "./decorations.ts";
import { documentOf, passagesOf, rangeAt, stretchesOf } from "./document.ts";
import { fixing, type Offer } from "./fixes.ts";
import { mergedDocument, replacingDocument } from "./follow.ts";
import { isLike, keptAt, keptPlugin, marksOf, type PlacedKept, withKept } from "./kept-marks.ts";
import { settleKinds } from "./kinds.ts";
import { parseMarkup } from "./markup.ts";
import { type Pasted, pastedMarkup, pastedText } from "./paste.ts";
import { schema } from "./schema.ts";

/** What toolbar and messages show about the place of the caret. */
export type Caret = {
  kind: Passage["kind"] | undefined;
  bold: boolean;
  chip: string | undefined;
  /** The number that the caret is in, as it was typed. */
  number: PlacedNumber | undefined;
  findings: readonly PlacedFinding[];
  /** What is last year's here. */
  kept: PlacedKept | undefined;
};

export type EditorOptions = {
  draft: Draft;
  findings: LiveFindings;
  kept: LiveKept;
  section: string;
  /** Of the text field: its name and what describes it. */
  attributes: Record<string, string>;
  /** A slash was typed, or the key for it pressed: a chip is to be chosen. */
  onChoose: () => void;
  /** Something was pasted; `rows` are rows of tables among it. */
  onPaste: (pasted: Pasted) => void;
  /** The cell of a chip is to be shown. */
  onShowCell: (figure: string) => void;
};

export type TextEditor = ReturnType<typeof openEditor>;

const none: readonly Passage[] = [];
/** Room that the bars above and below the text take of the window, in px: the caret is not scrolled under them. */
const UNDER_BARS = { top: 110, bottom: 90, left: 0, right: 0 };
/** How long after the end of a composition the editor has its text for sure (milliseconds). */
const COMPOSED = 30;
/** Signs after which a slash belongs to an address or a fraction. */
const BEFORE_PLAIN_SLASH = /[\w/:.]$/;

/**
 * The editor of one section. It shows what the draft has and writes every change into it; undo, saving and conflicts are
 * the draft's alone. While an input method composes, nothing is taken over from either side.
 */
export function openEditor(place: HTMLElement, options: EditorOptions) {
  const { draft, findings, kept, section } = options;
  const { format } = draft;
  const path = `prose.${section}`;
  const stored = () => draft.state.report.prose[section] ?? none;
  const textOfChip = (figure: string) => chipText(format, draft.state.report.tables, figure);
  const isKnownChip = (figure: string) => chipCells(format, figure) !== undefined;

  const listeners = new Set<() => void>();
  const chips = new Set<() => void>();
  /** What the draft had when both were last the same, as the draft and as the document have it. */
  let known = stored();
  let settled: Node = documentOf(known);
  let written = settled;
  let tables = draft.state.report.tables;
  let lastAction = draft.state.undoable;
  /** Since the last change the caret went elsewhere, or a line began: what is typed next is undone by itself. */
  let apart = true;
  /** Where a chip is to go while it is being chosen: browsers do not give the caret back where they took it. */
  let chosenAt: { from: number; to: number } | undefined;

  const view = new EditorView(place, {
    state: EditorState.create({
      doc: settled,
      plugins: [
        keymap({
          ...textKeys,
          "Mod-b": toggleMark(schema.marks.bold),
          "Mod-Alt-0": setKind("paragraph"),
          "Mod-Alt-2": setKind("heading2"),
          "Mod-Alt-3": setKind("heading3"),
          "Mod-Alt-7": setKind("item"),
          "Mod-/": () => {
            choose();
            return true;
          },
          F8: () => toFinding(1),
          "Shift-F8": () => toFinding(-1),
        }),
        findingsPlugin(),
        keptPlugin(),
        remarksPlugin(),
        structurePlugin(),
        new Plugin({ appendTransaction: settle }),
      ],
    }),
    attributes: { ...options.attributes, role: "textbox", "aria-multiline": "true", spellcheck: "false" },
    scrollMargin: UNDER_BARS,
    scrollThreshold: UNDER_BARS,
    dispatchTransaction,
    nodeViews: { chip: chipView },
    handleTextInput(_, from, to, text) {
      const before = view.state.doc.textBetween(Math.max(from - 1, 0), from, "\n", "0");
      const isPlain = BEFORE_PLAIN_SLASH.test(before);
      if (text === "/" && !isPlain && !view.composing && from === to) setTimeout(() => choose(from), 0);
      return false;
    },
    handleDoubleClickOn(_, __, node) {
      if (node.type !== schema.nodes.chip) return false;
      options.onShowCell(String(node.attrs.figure));
      return true;
    },
    // Before the editor sees them: it would put all markup of strangers into a document of its own to read it.
    handleDOMEvents: {
      paste(_, event) {
        if (!view.editable || view.composing) return false;
        event.preventDefault();
        return take(event.clipboardData);
      },
      drop(_, event) {
        if (!view.editable || view.dragging) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (!at) return false;
        event.preventDefault();
        view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
        return take(event.dataTransfer);
      },
      copy: (_, event) => copy(event),
      cut: (_, event) => {
        const isCopied = copy(event);
        if (isCopied) view.dispatch(view.state.tr.deleteSelection().scrollIntoView().setMeta("apart", true));
        return isCopied;
      },
      compositionend: () => {
        setTimeout(afterComposition, COMPOSED);
        return false;
      },
      blur: () => {
        setTimeout(afterComposition, COMPOSED);
        return false;
      },
      beforeinput: (_, event) => {
        if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return false;
        event.preventDefault();
        if (event.inputType === "historyUndo") draft.undo();
        else draft.redo();
        return true;
      },
    },
    clipboardTextSerializer: (slice) => copiedText(passagesIn(slice.content.content), textOfChip),
  });

  function dispatchTransaction(transaction: Transaction): void {
    if (view.composing) transaction.setMeta(COMPOSING, true);
    const before = view.state;
    view.updateState(before.apply(transaction));
    const isMove = !transaction.docChanged && transaction.selectionSet;
    apart ||= isMove || transaction.getMeta("apart") || transaction.doc.childCount !== before.doc.childCount;
    if (!view.composing) write(transaction.getMeta("label") ?? "");
    publishCaret();
  }

  /** Headings are told by their words; only once an input method has done. */
  function settle(transactions: readonly Transaction[], _: EditorState, state: EditorState): Transaction | null {
    if (transactions.some((transaction) => transaction.getMeta(COMPOSING))) return null;
    const isSettled = transactions.some((transaction) => transaction.getMeta(KEEP_KINDS));
    const base = settled;
    settled = state.doc;
    if (isSettled || base === state.doc) return null;
    const transaction = settleKinds(state.tr, base);
    if (!transaction.docChanged) return null;
    settled = transaction.doc;
    return transaction.setMeta(KEEP_KINDS, true);
  }

  /** Writes the document into the draft. */
  function write(label: string): void {
    if (view.state.doc === written) return;
    written = view.state.doc;
    const passages = passagesOf(written);
    if (sameValue(passages, known)) return;
    known = passages;
    draft.edit([{ path, value: passages }], label, apart);
    apart = false;
    lastAction = draft.state.undoable;
  }

  function afterComposition(): void {
    if (view.isDestroyed || view.composing) return;
    const theirs = stored();
    if (theirs === known) {
      view.dispatch(view.state.tr.setMeta(COMPOSING, false));
      return;
    }
    const merged = mergedDocument(documentOf(known), view.state.doc, documentOf(theirs));
    known = theirs;
    view.dispatch(replacingDocument(view.state, merged, false).setMeta(KEEP_KINDS, true));
  }

  /** Takes over what changed by other means: undo, filling in, another page, the choice in a conflict. */
  function follow(): void {
    const { report, undoable } = draft.state;
    if (report.tables !== tables) {
      tables = report.tables;
      for (const refresh of chips) refresh();
    }
    const isUndo = undoable !== lastAction;
    lastAction = undoable;
    const passages = stored();
    if (passages === known || view.composing) return;
    known = passages;
    apart = true;
    if (sameValue(passages, passagesOf(view.state.doc))) return;
    const showChange = isUndo && view.hasFocus();
    view.dispatch(replacingDocument(view.state, documentOf(passages), showChange).setMeta(KEEP_KINDS, true));
  }

  function showFindings(): void {
    if (view.composing) return;
    const stretches = stretchesOf(view.state.doc, textOfChip);
    const placed = findings.all().flatMap((finding): PlacedFinding[] => {
      const spot = parsePlace(finding.at);
      if (spot.kind !== "passage" || spot.part !== section) return [];
      const range = rangeAt(stretches, spot);
      return range && range.to > range.from ? [{ finding, ...range }] : [];
    });
    view.dispatch(withFindings(view.state.tr, placed));
  }

  function showKept(): void {
    if (view.composing) return;
    const stretches = stretchesOf(view.state.doc, textOfChip);
    const placed = marksOf(kept.at(section)?.sentences ?? []).flatMap((part): PlacedKept[] => {
      const range = rangeAt(stretches, part);
      const { kind, proposal }: Partial<KeptToken> = "kind" in part ? part : {};
      return range && range.to > range.from ? [{ kind, proposal, text: part.text, ...range }] : [];
    });
    const transaction = withKept(view.state, placed);
    if (transaction) view.dispatch(transaction);
  }

  function chipView(node: Node) {
    const dom = document.createElement("span");
    const figure = String(node.attrs.figure);
    const refresh = () => {
      dom.textContent = textOfChip(figure);
    };
    dom.dataset.figure = figure;
    dom.title = `表中数字：${chipName(format, figure)}`;
    refresh();
    chips.add(refresh);
    return {
      dom,
      update: (other: Node) => other.type === schema.nodes.chip && other.attrs.figure === figure,
      ignoreMutation: () => true,
      destroy: () => chips.delete(refresh),
    };
  }

  const passagesIn = (blocks: readonly Node[]): Passage[] =>
    passagesOf(schema.node("doc", null, blocks[0]?.isInline ? [schema.node("paragraph", null, blocks)] : blocks));

  function copy(event: ClipboardEvent): boolean {
    if (view.state.selection.empty || !event.clipboardData) return false;
    const passages = passagesIn(view.state.selection.content().content.content);
    event.preventDefault();
    event.clipboardData.setData("text/plain", copiedText(passages, textOfChip));
    event.clipboardData.setData("text/html", copiedMarkup(passages, textOfChip));
    return true;
  }

  /** Takes in what was pasted or dropped. */
  function take(data: DataTransfer | null): boolean {
    const html = data?.getData("text/html") ?? "";
    const text = data?.getData("text/plain") ?? "";
    const read = html ? pastedMarkup(parseMarkup(html), isKnownChip) : pastedText(text);
    const pasted = read.passages.length > 0 ? read : { ...pastedText(text), dropped: read.dropped };
    if (pasted.passages.length > 0) insert(pasted.passages, "粘贴");
    options.onPaste(pasted);
    return true;
  }

  function insert(passages: readonly Passage[], label: string): void {
    view.dispatch(insertingPassages(view.state, passages).setMeta("label", label));
    view.focus();
  }

  function choose(slash?: number): void {
    const { from, to } = view.state.selection;
    const isSlash = slash !== undefined && view.state.doc.textBetween(slash, to) === "/";
    chosenAt = { from: isSlash ? slash : from, to };
    options.onChoose();
  }

  /** Puts the caret back where the choice of a chip began; behind the slash that asked for it. */
  function resume(): void {
    const size = view.state.doc.content.size;
    const at = view.state.doc.resolve(Math.min(chosenAt?.to ?? size, size));
    view.focus();
    view.dispatch(view.state.tr.setSelection(TextSelection.near(at, -1)));
    chosenAt = undefined;
  }

  /** Selects the next or the previous finding, going round. */
  function toFinding(step: 1 | -1): boolean {
    const all = findingsAt(view.state);
    const { from, to } = view.state.selection;
    const next =
      step === 1
        ? (all.find((placed) => placed.from >= to && placed.to > to) ?? all[0])
        : (all.findLast((placed) => placed.to <= from) ?? all.at(-1));
    if (next) select(next);
    return true;
  }

  function select({ from, to }: { from: number; to: number }): void {
    view.focus();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)).scrollIntoView());
  }

  let caret = caretNow();
  function caretNow(): Caret {
    const { state } = view;
    const { from, to, empty, $from } = state.selection;
    const marks = empty ? (state.storedMarks ?? $from.marks()) : [];
    return {
      kind: selectedKind(state),
      bold: schema.marks.bold.isInSet(marks) !== undefined || state.doc.rangeHasMark(from, to, schema.marks.bold),
      chip: selectedChip(state),
      number: numberAt(state),
      findings: findingsAt(state, from, to),
      kept: keptAt(state, from, to),
    };
  }

  function publishCaret(): void {
    const next = caretNow();
    const isSame =
      next.kind === caret.kind &&
      next.bold === caret.bold &&
      next.chip === caret.chip &&
      next.number?.text === caret.number?.text &&
      next.number?.from === caret.number?.from &&
      isLike(next.kept, caret.kept) &&
      next.findings.length === caret.findings.length &&
      next.findings.every(({ finding }, index) => finding === caret.findings[index]?.finding);
    if (isSame) return;
    caret = next;
    for (const listener of listeners) listener();
  }

  showFindings();
  showKept();
  const unfollow = draft.subscribe(follow);
  const unwatch = findings.subscribe(showFindings);
  const unwatchKept = kept.subscribe(showKept);

  return {
    caret: (): Caret => caret,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setKind: (kind: Passage["kind"]) => run(setKind(kind)),
    toggleBold: () => run(toggleMark(schema.marks.bold)),
    choose: () => choose(),
    resume,
    /** Puts the chosen chip where the choice began, in place of what was selected or of the slash that asked for it. */
    insertChip(figure: string): void {
      const size = view.state.doc.content.size;
      const { from, to } = chosenAt ?? view.state.selection;
      if (to <= size) {
        view.dispatch(insertingChip(view.state, figure, from, to).setMeta("label", "插入表中数字"));
        chosenAt = { from: from + 1, to: from + 1 };
      }
      resume();
    },
    /** Makes a number that was typed the chip of a figure that is the same. */
    attachChip({ from, to }: PlacedNumber, figure: string): void {
      view.dispatch(insertingChip(view.state, figure, from, to).setMeta("label", "改为表中数字"));
      view.focus();
    },
    detachChip(): void {
      const figure = selectedChip(view.state);
      if (figure === undefined) return;
      view.dispatch(detachingChip(view.state, textOfChip(figure)).setMeta("label", "改为普通文字"));
      view.focus();
    },
    /** Whether what is offered fits the text as it stands. */
    canFix: (offer: Offer): boolean => fixing(view.state, offer) !== undefined,
    fix(offer: Offer): void {
      const transaction = fixing(view.state, offer);
      if (transaction) view.dispatch(transaction.setMeta("label", "按建议修改"));
      view.focus();
    },
    /** Marks these words wherever they stand in the text. */
    showRemarks(quotes: readonly string[]): void {
      const stretches = stretchesOf(view.state.doc, textOfChip);
      const text = plainText(printedPassages(format, draft.state.report.tables, passagesOf(view.state.doc)));
      const placed = quotes.flatMap((quote) => {
        const range = quoteRange(text, quote);
        return (range && rangeAt(stretches, range)) ?? [];
      });
      view.dispatch(withRemarks(view.state.tr, placed));
    },
    /** Takes back what was just pasted and pastes it without the rows of tables. */
    pasteWithoutRows(pasted: Pasted): void {
      draft.undo();
      insert(
        pasted.passages.filter(({ row }) => !row),
        "粘贴",
      );
    },
    /** Selects the characters `from`–`to` of the section's plain text. */
    selectText(range: { from: number; to: number } | undefined): void {
      const part = range && rangeAt(stretchesOf(view.state.doc, textOfChip), range);
      if (part) select(part);
      else view.focus();
    },
    close(): void {
      unfollow();
      unwatch();
      unwatchKept();
      write("");
      view.destroy();
    },
  };

  function run(command: ReturnType<typeof setKind>): void {
    command(view.state, (transaction) => view.dispatch(transaction.setMeta("apart", true)), view);
    view.focus();
  }
}
