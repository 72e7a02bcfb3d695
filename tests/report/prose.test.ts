import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  itemNumbers,
  kindOfLine,
  leadInLength,
  parsePassages,
  passageText,
  plainText,
  splitInlines,
} from "../../lib/report/prose.ts";
import type { PrintedInline, PrintedPassage } from "../../lib/report/report.ts";

const paragraph = (...content: PrintedInline[]): PrintedPassage => ({ kind: "paragraph", content });
const text = fc.string({ unit: fc.constantFrom(..."（一）(二)1.．公开信息。：；、 　\t\n\r\v2024“”") });
const normalised = (of: string) =>
  of
    .split(/\r\n|[\n\r\v\u2028\u2029]/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");

describe("plain text", () => {
  test("becomes passages and comes back, apart from blank lines and blanks around a line", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (typed) => {
        expect(plainText(parsePassages(typed))).toBe(normalised(typed));
      }),
    );
  });

  test("that was read once is read the same again", () => {
    fc.assert(
      fc.property(text, (typed) => {
        const passages = parsePassages(typed);
        expect(parsePassages(plainText(passages))).toEqual(passages);
      }),
    );
  });

  test("is a line a passage, whatever ends the line", () => {
    const typed = "　　第一段。\r\n\r\n第二段。\r第三段。\u2028第四段。\v第五段。  ";
    expect(parsePassages(typed).map(passageText)).toEqual(["第一段。", "第二段。", "第三段。", "第四段。", "第五段。"]);
    expect(parsePassages(" \n　\n")).toEqual([]);
  });
});

describe("a line", () => {
  test.each([
    ["（一）主动公开情况", "heading2"],
    ["（一）主动公开情况。", "heading2"],
    ["(二)依申请公开情况", "heading2"],
    ["（十一）其他", "heading2"],
    ["1.栏目更新不及时", "heading3"],
    ["2．培训次数偏少", "heading3"],
    ["（一）主动公开情况。全年公开信息12条。", "paragraph"],
    ["（一）主动公开情况：全年公开信息12条", "paragraph"],
    ["1.5万余人次浏览了专栏", "paragraph"],
    ["（1）网站栏目", "paragraph"],
    ["全年公开信息12条。", "paragraph"],
    ["一是更新不及时。", "paragraph"],
    [`（一）${"很".repeat(40)}长`, "paragraph"],
  ])("%j is a %s", (line, kind) => {
    expect(kindOfLine(line)).toBe(kind);
  });
});

describe("a lead-in", () => {
  test.each([
    ["（一）主动公开情况。全年公开信息12条。", "（一）主动公开情况。"],
    ["(二)依申请公开情况：没有收到申请。", "(二)依申请公开情况："],
    ["（三）政府信息管理情况", ""],
    ["全年公开信息12条。其中网站10条。", ""],
    [`（四）${"很".repeat(40)}。后文`, ""],
    ["（五）监督保障情况。", ""],
  ])("of %j is %j", (line, leadIn) => {
    expect(line.slice(0, leadInLength(paragraph({ text: line })))).toBe(leadIn);
  });

  test("is found across changes of emphasis", () => {
    const passage = paragraph({ text: "（一）主动", bold: true }, { text: "公开。后文。" });
    expect(leadInLength(passage)).toBe("（一）主动公开。".length);
  });

  test("is none of a heading", () => {
    expect(leadInLength({ kind: "heading2", content: [{ text: "（一）主动公开情况。后文" }] })).toBe(0);
  });
});

test("cutting a passage anywhere loses no character and no emphasis", () => {
  const inlines = fc.array(
    fc.oneof(fc.record({ text: fc.string() }), fc.record({ text: fc.string(), bold: fc.constant(true as const) })),
  );
  const characters = (content: readonly PrintedInline[]) =>
    content.flatMap((inline) => inline.text.split("").map((character) => ({ character, bold: inline.bold })));
  fc.assert(
    fc.property(inlines, fc.nat({ max: 60 }), (content, at) => {
      const [head, tail] = splitInlines(content, at);
      const all = characters(content);
      expect(characters(head)).toEqual(all.slice(0, at));
      expect(characters(tail)).toEqual(all.slice(at));
    }),
  );
});

describe("the numbers of items", () => {
  const item = (text: string) => ({ kind: "item" as const, content: text ? [{ text }] : [] });
  const other = paragraph({ text: "其他。" });

  test("count every run of items from 1, and leave out those that are empty", () => {
    const passages = [item("甲"), item(""), item("乙"), other, item("丙"), other, other, item("丁"), item("戊")];
    expect([...itemNumbers(passages)]).toEqual([
      [0, 1],
      [2, 2],
      [4, 1],
      [7, 1],
      [8, 2],
    ]);
    expect(itemNumbers([other]).size).toBe(0);
  });
});
