import fc from "fast-check";
import { EditorState, NodeSelection, TextSelection, type Transaction } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import {
  detachingChip,
  insertingChip,
  insertingPassages,
  numberAt,
  setKind,
  textKeys,
} from "../../components/report/text/commands.ts";
import { documentOf, passagesOf, rangeAt, stretchesOf } from "../../components/report/text/document.ts";
import { fixing } from "../../components/report/text/fixes.ts";
import { mergedDocument, replacingDocument } from "../../components/report/text/follow.ts";
import { settleKinds } from "../../components/report/text/kinds.ts";
import { schema } from "../../components/report/text/schema.ts";
import { chipText, printedPassages } from "../../lib/report/chips.ts";
import { sameValue } from "../../lib/report/edits.ts";
import { parsePassages, plainText } from "../../lib/report/prose.ts";
import type { Inline, Passage } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";
import { sampleReport } from "../documents/reports.ts";
import { passages } from "./text-samples.ts";

const format = formatForYear(2024);
if (!format) throw new Error("no format for 2024");
const { tables } = sampleReport(format);
const textOfChip = (figure: string) => chipText(format, tables, figure);
const textOf = (all: readonly Passage[]) => plainText(printedPassages(format, tables, all));

const paragraph = (...content: Inline[]): Passage => ({ kind: "paragraph", content });
const line = (text: string, kind: Passage["kind"] = "paragraph"): Passage => ({ kind, content: [{ text }] });
const documentWith = (...blocks: [kind: string, text: string][]) =>
  schema.node(
    "doc",
    null,
    blocks.map(([kind, text]) => schema.node(kind, null, text ? [schema.text(text)] : [])),
  );

describe("the document of the editor", () => {
  test("holds any passages and gives them back as they were", () => {
    fc.assert(
      fc.property(passages, (all) => {
        const document = documentOf(all);
        document.check();
        expect(passagesOf(document)).toEqual(all);
      }),
    );
  });

  test("gives passages as they are stored: no blank lines, nothing blank around a line", () => {
    const document = documentWith(
      ["paragraph", ""],
      ["paragraph", "　　公开信息九条。 "],
      ["item", "  "],
      ["item", "答复"],
    );
    expect(passagesOf(document)).toEqual([line("公开信息九条。"), line("答复", "item")]);
    expect(passagesOf(documentOf([]))).toEqual([]);
  });

  test("keeps the passages of blocks that did not change", () => {
    const state = EditorState.create({ doc: documentOf([line("第一段。"), line("第二段。")]) });
    const before = passagesOf(state.doc);
    const after = passagesOf(state.apply(state.tr.insertText("新", 1)).doc);
    expect(after[0]).toEqual(line("新第一段。"));
    expect(after[1]).toBe(before[1]);
  });
});

describe("offsets in the plain text", () => {
  const blanks = fc.constantFrom("", " ", "　　", "\u00a0");
  const figure = fc.constantFrom("requests.received.total", "requests.received.natural+requests.carriedIn.natural");
  const withBlanks = fc
    .array(
      fc.tuple(
        fc.constantFrom("paragraph", "item", "heading2"),
        blanks,
        fc.array(fc.oneof(fc.constantFrom("公开", "a b", "𬭸"), figure)),
        blanks,
      ),
    )
    .map((blocks) =>
      schema.node(
        "doc",
        null,
        [["paragraph", "", [], ""] as const, ...blocks].map(([kind, before, parts, after]) =>
          schema.node(kind, null, [
            ...(before ? [schema.text(before)] : []),
            ...parts.map((part) => (part.includes(".") ? schema.node("chip", { figure: part }) : schema.text(part))),
            ...(after ? [schema.text(after, [schema.mark("bold")])] : []),
          ]),
        ),
      ),
    );

  test("name the same characters in the document, chips as a whole, whatever blanks there are", () => {
    let compared = 0;
    fc.assert(
      fc.property(withBlanks, (document) => {
        const text = textOf(passagesOf(document));
        for (const { position, size, from, to } of stretchesOf(document, textOfChip)) {
          const there = document.textBetween(position, position + size, "", (leaf) => textOfChip(leaf.attrs.figure));
          expect(there).toBe(text.slice(from, to));
          compared += 1;
        }
      }),
    );
    expect(compared).toBeGreaterThan(100);
  });

  test("find any stretch of the text", () => {
    fc.assert(
      fc.property(withBlanks, fc.nat(40), fc.integer({ min: 1, max: 12 }), (document, from, length) => {
        const text = textOf(passagesOf(document));
        const wanted = text.slice(from, from + length);
        const range = rangeAt(stretchesOf(document, textOfChip), { from, to: from + length });
        if (!range || !/^[公开a b𬭸]+$/u.test(wanted) || wanted.trim() !== wanted) return;
        expect(document.textBetween(range.from, range.to)).toBe(wanted);
      }),
    );
  });

  test("within a chip or the number of an item mean the chip, and the start of the item", () => {
    const document = documentOf([
      { kind: "item", content: [{ text: "收到" }, { figure: "requests.received.total" }, { text: "件" }] },
    ]);
    const stretches = stretchesOf(document, textOfChip);
    const text = textOf(passagesOf(document));
    const number = textOfChip("requests.received.total");
    const at = text.indexOf(number);
    expect(text).toBe(`1.收到${number}件`);
    expect(rangeAt(stretches, { from: at + 1, to: at + 2 })).toEqual({ from: 3, to: 4 });
    expect(rangeAt(stretches, { from: 0, to: 4 })).toEqual({ from: 1, to: 3 });
    expect(rangeAt(stretches, { from: 400, to: 410 })).toBeUndefined();
  });
});

describe("while a line is typed", () => {
  /** The kinds of all blocks after one of them was changed. */
  const typed = (before: readonly Passage[], change: (transaction: Transaction) => Transaction) => {
    const state = EditorState.create({ doc: documentOf(before) });
    const after = state.apply(change(state.tr));
    return settleKinds(after.tr, state.doc).doc.children.map((block) => [block.type.name, block.textContent]);
  };

  test("its words make it a heading, and a paragraph again", () => {
    expect(typed([], (tr) => tr.insertText("（一）公开情况", 1))).toEqual([["heading2", "（一）公开情况"]]);
    expect(typed([], (tr) => tr.insertText("1.", 1))).toEqual([["heading3", "1."]]);
    const heading = line("（一）公开", "heading2");
    expect(typed([heading], (tr) => tr.insertText("。全年九条。", 6))).toEqual([
      ["paragraph", "（一）公开。全年九条。"],
    ]);
  });

  test("a kind that was chosen against its words stays, and so does an item", () => {
    expect(typed([line("网站建设", "heading2")], (tr) => tr.insertText("与", 3))).toEqual([["heading2", "网站与建设"]]);
    expect(typed([line("（一）公开")], (tr) => tr.insertText("主动", 4))).toEqual([["paragraph", "（一）主动公开"]]);
    expect(typed([line("公开", "item")], (tr) => tr.insertText("（一）", 1))).toEqual([["item", "（一）公开"]]);
  });

  test("a line that is parted is two lines, each judged by its words", () => {
    expect(typed([line("第一段。（二）公开情况")], (tr) => tr.split(5))).toEqual([
      ["paragraph", "第一段。"],
      ["heading2", "（二）公开情况"],
    ]);
  });

  test("no line ever has another kind than plain text would give it, unless it was chosen", () => {
    const words = fc.constantFrom("（一）", "1.", "公开", "。", "情况", "（二）");
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200), fc.option(words)), { maxLength: 20 }), (changes) => {
        let state = EditorState.create({ doc: documentOf([]) });
        for (const [at, insert] of changes) {
          const base = state.doc;
          const positions: number[] = [];
          state.doc.descendants((node, position) => {
            if (node.isTextblock) for (let i = 0; i <= node.content.size; i++) positions.push(position + 1 + i);
          });
          const position = positions[at % positions.length] ?? 1;
          state = state.apply(insert ? state.tr.insertText(insert, position) : state.tr.split(position));
          state = state.apply(settleKinds(state.tr, base));
        }
        const all = passagesOf(state.doc);
        const byWords = parsePassages(plainText(printedPassages(format, {}, all)));
        // A line split off a heading is judged when it is touched; it never is anything but a heading or a paragraph.
        expect(all.map(({ content }) => content)).toEqual(byWords.map(({ content }) => content));
        expect(all.map(({ kind }) => kind)).toEqual(byWords.map(({ kind }) => kind));
      }),
    );
  });
});

describe("commands", () => {
  const stateOf = (...all: Passage[]) => EditorState.create({ doc: documentOf(all) });
  const at = (state: EditorState, from: number, to = from) =>
    state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
  const run = (state: EditorState, command: (typeof textKeys)[string] | undefined) => {
    let result = state;
    command?.(state, (transaction) => {
      result = state.apply(transaction);
    });
    return passagesOf(result.doc);
  };

  test("make items of numbered lines, without the number that was typed", () => {
    const state = at(stateOf(line("1.网站。"), line("2．新媒体。"), line("其他。")), 1, 16);
    expect(run(state, setKind("item"))).toEqual([
      line("网站。", "item"),
      line("新媒体。", "item"),
      line("其他。", "item"),
    ]);
    expect(run(at(stateOf(line("网站。", "item")), 1), setKind("item"))).toEqual([line("网站。")]);
  });

  test("Enter makes the next item, and leaves the list from an empty one", () => {
    const next = at(stateOf(line("网站。新媒体。", "item")), 4);
    expect(run(next, textKeys.Enter)).toEqual([line("网站。", "item"), line("新媒体。", "item")]);
    const empty = at(EditorState.create({ doc: documentWith(["item", ""], ["paragraph", "后"]) }), 1);
    let left = empty;
    textKeys.Enter?.(empty, (transaction) => {
      left = empty.apply(transaction);
    });
    expect(left.doc.child(0).type.name).toBe("paragraph");
  });

  test("Backspace at the start of an item takes its number, and then joins lines", () => {
    const state = at(stateOf(line("前。"), line("后。", "item")), 5);
    expect(run(state, textKeys.Backspace)).toEqual([line("前。"), line("后。")]);
  });

  test("put a chip into the text, and make it plain text again", () => {
    const figure = "requests.received.total";
    const state = at(stateOf(line("收到/件")), 4);
    const inserted = state.apply(insertingChip(state, figure, 3, 4));
    expect(passagesOf(inserted.doc)).toEqual([paragraph({ text: "收到" }, { figure }, { text: "件" })]);
    const selected = inserted.apply(inserted.tr.setSelection(NodeSelection.create(inserted.doc, 3)));
    expect(passagesOf(selected.apply(detachingChip(selected, "12")).doc)).toEqual([line("收到12件")]);
  });

  test("paste a single passage into the line, and several as lines of their own", () => {
    const state = at(stateOf(line("前后")), 2);
    const paste = (...all: Passage[]) => passagesOf(state.apply(insertingPassages(state, all)).doc);
    expect(paste(line("中"))).toEqual([line("前中后")]);
    expect(paste(line("（一）中", "heading2"))).toEqual([line("前（一）中后")]);
    expect(paste(line("甲。"), line("乙。"))).toEqual([line("前甲。"), line("乙。后")]);
    expect(paste(line("甲。"), line("（一）乙", "heading2"), line("丙。"))).toEqual([
      line("前甲。"),
      line("（一）乙", "heading2"),
      line("丙。后"),
    ]);
    expect(paste(line("（一）甲", "heading2"), line("乙", "item"))).toEqual([
      line("前"),
      line("（一）甲", "heading2"),
      line("乙", "item"),
      line("后"),
    ]);
  });

  test("paste into an empty line what was copied, and put the caret behind it", () => {
    const state = EditorState.create({
      doc: documentWith(["paragraph", "前"], ["paragraph", ""], ["paragraph", "后"]),
    });
    const empty = at(state, 4);
    fc.assert(
      fc.property(
        passages.filter(({ length }) => length > 1),
        (all) => {
          const pasted = empty.apply(insertingPassages(empty, all));
          pasted.doc.check();
          expect(passagesOf(pasted.doc)).toEqual([line("前"), ...all, line("后")]);
          expect(
            passagesOf(pasted.apply(pasted.tr.insertText("！")).doc)
              .at(-2)
              ?.content.at(-1),
          ).toSatisfy((last: Inline) => "text" in last && last.text.endsWith("！"));
        },
      ),
    );
  });

  test("paste anywhere without losing what is there or what comes", () => {
    const textIn = (all: readonly Passage[]) =>
      textOf(all.map((passage) => ({ ...passage, kind: "paragraph" as const })));
    // No caret ever stands within a character of two units.
    const oneUnit = passages.map((all): Passage[] => JSON.parse(JSON.stringify(all).replaceAll("𬭸", "众")));
    fc.assert(
      fc.property(oneUnit, passages, fc.nat(500), fc.nat(500), (there, all, a, b) => {
        if (all.length === 0) return;
        const state = stateOf(...there);
        const size = state.doc.content.size;
        const selection = TextSelection.between(state.doc.resolve(a % size), state.doc.resolve(b % size));
        const selected = state.apply(state.tr.setSelection(selection));
        const emptied = passagesOf(selected.apply(selected.tr.deleteSelection()).doc);
        const pasted = selected.apply(insertingPassages(selected, all)).doc;
        pasted.check();
        const letters = (of: readonly Passage[]) => [...textIn(of).replace(/\s/g, "")].sort().join("");
        expect(letters(passagesOf(pasted))).toBe(letters([...emptied, ...all]));
      }),
    );
  });
});

describe("a typed number", () => {
  test.each([
    ["收到申请|12件", "12"],
    ["收到申请12|件", "12"],
    ["收费1|2.50万元", "12.50"],
    ["2024|年", undefined],
    ["占比1|2%", undefined],
    ["收到|3件", undefined],
    ["12|12月", undefined],
    ["v12|0", undefined],
    ["收到申请12件|", undefined],
  ])("in %j is %j", (typed, number) => {
    const at = typed.indexOf("|");
    const state = EditorState.create({ doc: documentOf([line(typed.replace("|", ""))]) });
    const caret = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at + 1)));
    const found = numberAt(caret);
    expect(found?.text).toBe(number);
    if (found) expect(state.doc.textBetween(found.from, found.to)).toBe(found.text);
  });
});

describe("what a check offers", () => {
  const state = EditorState.create({
    doc: documentOf([
      paragraph(
        { text: "收到" },
        { text: "申請", bold: true },
        { figure: "requests.received.total" },
        { text: " 件 。" },
      ),
    ]),
  });
  test("replaces only what differs, as bold as it was", () => {
    const fix = fixing(state, { from: 1, to: 5, text: "收到申请" });
    expect(passagesOf(state.apply(fix as Transaction).doc)[0]?.content.slice(0, 2)).toEqual([
      { text: "收到" },
      { text: "申请", bold: true },
    ]);
    const removal = fixing(state, { from: 8, to: 10, text: "。" });
    expect(passagesOf(state.apply(removal as Transaction).doc)[0]?.content.at(-1)).toEqual({ text: " 件。" });
  });

  test("is not done where a chip would be lost", () => {
    expect(fixing(state, { from: 3, to: 8, text: "申请12件" })).toBeUndefined();
  });
});

describe("a change from elsewhere", () => {
  test("is taken over exactly, and touches nothing but what differs", () => {
    fc.assert(
      fc.property(passages, passages, (before, after) => {
        const state = EditorState.create({ doc: documentOf(before) });
        const transaction = replacingDocument(state, documentOf(after), false);
        transaction.doc.check();
        expect(passagesOf(transaction.doc)).toEqual(after);
      }),
    );
  });

  test("leaves the caret in a text that is still there", () => {
    const state = EditorState.create({ doc: documentOf([line("第一段。"), line("第二段。"), line("第三段。")]) });
    const caret = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 9)));
    const after = documentOf([line("新的第一段。"), line("第二段。"), line("别的。")]);
    const followed = caret.apply(replacingDocument(caret, after, false));
    expect(followed.selection.$from.parent.textContent.slice(0, followed.selection.$from.parentOffset)).toBe("第二");
  });

  test("and one made here meanwhile are both kept", () => {
    const base = documentOf([line("甲。"), line("乙。"), line("丙。")]);
    const mine = documentOf([line("甲。"), line("乙，补充。"), line("丙。")]);
    const merged = (...theirs: Passage[]) => passagesOf(mergedDocument(base, mine, documentOf(theirs)));
    expect(merged(line("甲甲。"), line("乙。"), line("丙。"), line("丁。"))).toEqual([
      line("甲甲。"),
      line("乙，补充。"),
      line("丙。"),
      line("丁。"),
    ]);
    expect(merged(line("甲。"), line("乙乙。"))).toEqual([line("甲。"), line("乙乙。"), line("乙，补充。")]);
  });

  test("that is none leaves the document alone", () => {
    fc.assert(
      fc.property(passages, (all) => {
        const state = EditorState.create({ doc: documentOf(all) });
        expect(replacingDocument(state, documentOf(all), true).docChanged).toBe(false);
        expect(sameValue(passagesOf(state.doc), all)).toBe(true);
      }),
    );
  });
});
