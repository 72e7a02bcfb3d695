import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_END, NO_START } from "../../lib/layout/characters.ts";
import type { Metrics } from "../../lib/layout/display.ts";
import { breakEvenly, breakLines, charactersOf, type Line, lineRuns, type Measure } from "../../lib/layout/lines.ts";

/** Ideographs and marks one em, everything else half of it. */
const metrics: Metrics = {
  glyph: (face, character) => ({ font: face, advance: character > "\u2000" ? 1 : 0.5, drawn: character }),
};
const size = 16;
const body: Measure = { size, width: 442.2, indent: 31.6, pitch: -0.2, justify: true };
const set = (text: string) => charactersOf([{ text, face: "body" }], size, metrics);
const textOf = (line: Line) => line.characters.map((character) => character.text).join("");
const linesOf = (text: string, measure: Measure = body) => breakLines(set(text), measure).map(textOf);

/** What must stay whole, however it falls. */
const whole = fc.oneof(
  fc.nat({ max: 99_999_999 }).map(String),
  fc.nat({ max: 999_999 }).map((count) => (count / 100).toFixed(2)),
  fc.constantFrom("3,208", "97.5%", "0816-2345678", "xxgk@yunling-archives.example.cn", "2024", "WPS", "GB/T", "24:00"),
);
const ideographs = fc.string({
  unit: fc.constantFrom(..."本馆全年主动公开政府信息条受理申请件均已办结喆堃昇"),
  minLength: 1,
  maxLength: 12,
});
const mark = fc.constantFrom("，", "。", "、", "；", "：", "……", "——", "！”", "）。", "》、", "％");
const opened = fc.constantFrom("（", "《", "“", "〔", "（《", "“《");
const piece = fc.oneof(
  { weight: 4, arbitrary: ideographs.map((text) => ({ text, isWhole: false })) },
  { weight: 3, arbitrary: whole.map((text) => ({ text, isWhole: true })) },
  { weight: 2, arbitrary: fc.tuple(ideographs, mark).map(([text, end]) => ({ text: text + end, isWhole: false })) },
  {
    weight: 2,
    arbitrary: fc.tuple(opened, ideographs).map(([start, text]) => ({ text: start + text, isWhole: false })),
  },
);
const paragraph = fc.tuple(fc.array(piece, { minLength: 10, maxLength: 80 }), fc.constantFrom(442.2, 300, 517.3));

describe("breaking a paragraph into lines", () => {
  test("keeps every character in its order", () => {
    fc.assert(
      fc.property(paragraph, ([pieces, width]) => {
        const text = pieces.map((each) => each.text).join("");
        expect(linesOf(text, { ...body, width }).join("")).toBe(text);
      }),
    );
  });

  test("begins no line with a closing mark and ends none with an opening one", () => {
    let lineBreaks = 0;
    fc.assert(
      fc.property(paragraph, ([pieces, width]) => {
        const lines = linesOf(pieces.map((each) => each.text).join(""), { ...body, width });
        lineBreaks += lines.length - 1;
        for (const line of lines.slice(1)) expect(NO_START.has([...line][0] ?? "")).toBe(false);
        for (const line of lines.slice(0, -1)) expect(NO_END.has([...line].at(-1) ?? "")).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(lineBreaks).toBeGreaterThan(1000);
  });

  test("leaves numbers, words, telephone numbers and e-mail addresses whole", () => {
    fc.assert(
      fc.property(paragraph, ([pieces, width]) => {
        const separated = pieces.flatMap((each, index) =>
          each.isWhole && pieces[index - 1]?.isWhole ? [{ text: "和", isWhole: false }, each] : [each],
        );
        const lines = linesOf(separated.map((each) => each.text).join(""), { ...body, width });
        const ends = new Set(lines.map((_, index) => lines.slice(0, index + 1).join("").length));
        let start = 0;
        for (const { text, isWhole } of separated) {
          const inside = [...text].map((_, index) => start + index).slice(1);
          if (isWhole) for (const position of inside) expect(ends.has(position)).toBe(false);
          start += text.length;
        }
      }),
      { numRuns: 500 },
    );
  });

  test("keeps every line within its width, but for the blank half of a mark", () => {
    fc.assert(
      fc.property(paragraph, ([pieces, width]) => {
        const lines = breakLines(set(pieces.map((each) => each.text).join("")), { ...body, width });
        for (const line of lines) {
          expect(line.hang.end).toBeLessThanOrEqual(size / 2);
          expect(line.indent + line.width - line.hang.end).toBeLessThanOrEqual(width + 0.001);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("fills every line but the last exactly, or leaves it ragged rather than spaced out", () => {
    fc.assert(
      fc.property(paragraph, ([pieces, width]) => {
        const lines = breakLines(set(pieces.map((each) => each.text).join("")), { ...body, width });
        for (const line of lines.slice(0, -1)) {
          const rest = width - line.indent - (line.width - line.hang.end);
          const gaps = line.characters.length - 1;
          const average = line.characters.reduce((all, { width: own }) => all + own, 0) / line.characters.length;
          if (Math.abs(rest) > 0.001) expect(rest / gaps).toBeGreaterThan(average / 8);
          expect(line.spacing).toBeLessThanOrEqual(size / 8);
          expect(line.spacing).toBeGreaterThan(-size / 25);
        }
      }),
    );
  });

  test("sets 28 characters on a full line and indents the first by two", () => {
    const lines = linesOf("公".repeat(60), { ...body, pitch: 442.2 / 28 - 16, indent: (2 * 442.2) / 28 });
    expect(lines.map((line) => line.length)).toEqual([26, 28, 6]);
  });

  test("parts an address only if it is longer than a line, and then behind a slash", () => {
    const short = "网址https://www.yunling.example.cn/zwgk可查";
    expect(linesOf(`${"公".repeat(20)}${short}`)[1]).toContain("https://www.yunling.example.cn/zwgk");
    const long = `https://www.yunling.example.cn/${"zhengwugongkai/".repeat(4)}2024.html`;
    const lines = linesOf(`详见${long}。`);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/\/$/);
  });

  test("parts the name of a host that is longer than a line behind its dots", () => {
    const lines = linesOf(`邮箱office@${"department.".repeat(8)}example.gov.cn。`);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/[.@]$/);
  });

  test("drops blanks at the ends of lines only", () => {
    const lines = linesOf("annual report on government information disclosure ".repeat(4));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toBe(line.trim());
    expect(lines.join(" ")).toBe("annual report on government information disclosure ".repeat(4).trim());
  });

  test("keeps together what a no-break space joins", () => {
    for (const space of "\u00a0\u2007\u202f") {
      for (let before = 20; before < 30; before++) {
        for (const line of linesOf(`${"公".repeat(before)}第${space}条${"开".repeat(9)}`)) {
          expect(line).not.toMatch(/^[\u00a0\u2007\u202f条]|[\u00a0\u2007\u202f第]$/);
        }
      }
    }
  });

  test("breaks by what was typed, whatever stands in for it", () => {
    const drawnAs: Metrics = { glyph: (face) => ({ font: face, advance: 1, drawn: "〓" }) };
    const lines = breakLines(charactersOf([{ text: `${"公".repeat(26)}。开`, face: "body" }], size, drawnAs), body);
    expect(lines.map(textOf)).toEqual([`${"公".repeat(25)}`, "公。开"]);
    expect(lineRuns(lines[1] as Line, 0, 0, size, { kind: "pageNumber" })[0]?.text).toBe("〓〓〓");
  });

  test("draws no formatting characters and takes control characters for blanks", () => {
    expect(linesOf("公\u200b开\ufeff信\u0007息")).toEqual(["公开信 息"]);
  });
});

describe("breaking a title evenly", () => {
  const title = { size: 22, width: 442.2 };
  const titleLines = (text: string) =>
    breakEvenly(charactersOf([{ text, face: "title" }], 22, metrics), title).map(textOf);

  test("breaks behind the name of a place", () => {
    expect(titleLines("内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗住房和城乡建设局")).toEqual([
      "内蒙古自治区呼伦贝尔市",
      "莫力达瓦达斡尔族自治旗住房和城乡建设局",
    ]);
  });

  test("breaks behind an agency rather than within a word or a remark in brackets", () => {
    expect(titleLines("青川市云岭区民族宗教事务委员会、宗教事务局（合署）")).toEqual([
      "青川市云岭区民族宗教事务委员会、",
      "宗教事务局（合署）",
    ]);
    expect(titleLines("青川市云岭彝族自治县人力资源和社会保障局（医疗保障局、退役军人事务局）")).toEqual([
      "青川市云岭彝族自治县人力资源和社会保障局",
      "（医疗保障局、退役军人事务局）",
    ]);
    expect(titleLines("2024年云岭区人民政府办公室（区外事办公室）政府信息公开工作年度报告")).toEqual([
      "2024年云岭区人民政府办公室（区外事办公室）",
      "政府信息公开工作年度报告",
    ]);
  });

  test("needs no more lines than it would have to, each within the width", () => {
    fc.assert(
      fc.property(ideographs, fc.nat({ max: 8 }), (text, times) => {
        const long = text.repeat(times + 1);
        const characters = charactersOf([{ text: long, face: "title" }], 22, metrics);
        const lines = breakEvenly(characters, title);
        expect(lines.map(textOf).join("")).toBe(long);
        expect(lines).toHaveLength(breakLines(characters, title).length);
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(442.2);
      }),
    );
  });

  test("breaks a label between pairs of characters", () => {
    const lines = breakEvenly(charactersOf([{ text: "法律服务机构", face: "table" }], 9, metrics), {
      size: 9,
      width: 40,
    });
    expect(lines.map(textOf)).toEqual(["法律", "服务机构"]);
  });
});
