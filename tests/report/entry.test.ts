import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  entryProblem,
  fromYuan,
  isAllowedSlash,
  isFigure,
  parseEntry,
  printedEntry,
  typedEntry,
} from "../../lib/report/entry.ts";
import { delta, line, money, orSlash, printedWith, type Unit } from "../../lib/report/format.ts";

const row = line("row", "行");
const lineOf: Record<Unit, ReturnType<typeof line>> = {
  count: line("count", "件数"),
  delta: delta("delta", "增减"),
  money: money("money", "金额"),
};
const units = fc.constantFrom<Unit>("count", "delta", "money");
/** What fingers, clipboards and other files put into a cell. */
const typed = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(..."0123456789０１２３.．,，+-－−/ 　\t件e无") }),
  fc.integer().map(String),
  fc.double({ noNaN: true }).map(String),
);

describe("a count", () => {
  test.each([
    ["0", 0],
    ["007", 7],
    ["１２３", 123],
    [" 12 ", 12],
    ["　１２　", 12],
    ["1 234", 1234],
    ["1,234,567", 1234567],
    ["１，２３４", 1234],
    ["12.0", 12],
    ["0.00", 0],
    ["999999999999", 999999999999],
    [5, 5],
  ])("reads %j as %j", (text, figure) => {
    expect(parseEntry("count", text)).toBe(figure);
  });

  test.each(["", "   ", "　", "\t\n", null, undefined])("takes %j for a blank, which is not zero", (text) => {
    expect(parseEntry("count", text)).toBeNull();
  });

  test.each([
    ["-3", "signed"],
    ["－３", "signed"],
    ["+5", "signed"],
    ["1.5", "fraction"],
    [".5", "fraction"],
    ["1000000000000", "tooLarge"],
    ["1000000000000.0", "tooLarge"],
    ["/", "slash"],
    [" ／ ", "slash"],
    ["—", "slash"],
    ["——", "slash"],
    ["-", "slash"],
    ["无", "slash"],
    ["N/A", "slash"],
    ["一二", "notANumber"],
    ["12件", "notANumber"],
    ["1\t2", "notANumber"],
    ["1\n2", "notANumber"],
    ["1e5", "notANumber"],
    ["12,34", "notANumber"],
    ["10²", "notANumber"],
    ["①", "notANumber"],
    ["0x10", "notANumber"],
    ["Infinity", "notANumber"],
    [" 约 20 ", "notANumber"],
  ])("keeps %j exactly as it was typed and says why it is no figure", (text, problem) => {
    expect(parseEntry("count", text)).toBe(text);
    expect(entryProblem("count", text)).toBe(problem);
    expect(isFigure("count", text)).toBe(false);
  });

  test("given as a number that is no count becomes the text of that number", () => {
    expect(parseEntry("count", -3)).toBe("-3");
    expect(parseEntry("count", 1.5)).toBe("1.5");
    expect(parseEntry("count", 1e21)).toBe("1e+21");
  });
});

describe("a change since last year", () => {
  test.each([
    ["+5", 5],
    ["＋５", 5],
    ["-3", -3],
    ["－3", -3],
    ["−3", -3],
    ["-0", 0],
    ["-1,036", -1036],
  ])("reads %j as %j", (text, figure) => {
    expect(parseEntry("delta", text)).toBe(figure);
  });

  test.each([
    ["-1.5", "fraction"],
    ["-1000000000000", "tooLarge"],
    ["+-3", "notANumber"],
  ])("keeps %j as it was typed", (text, problem) => {
    expect(parseEntry("delta", text)).toBe(text);
    expect(entryProblem("delta", text)).toBe(problem);
  });
});

describe("an amount of money", () => {
  test.each([
    ["12.5", "12.5"],
    ["１２．５０", "12.5"],
    ["0.00", "0"],
    ["00.10", "0.1"],
    [".5", "0.5"],
    ["5.", "5"],
    ["59,237.2449", "59237.2449"],
    ["0.0001", "0.0001"],
    [12.5, "12.5"],
    [0, "0"],
  ])("reads %j as the decimal %j", (text, amount) => {
    expect(parseEntry("money", text)).toBe(amount);
    expect(isFigure("money", amount)).toBe(true);
  });

  test.each([
    ["-3", "signed"],
    ["+3", "signed"],
    ["/", "slash"],
    ["12.5万元", "notANumber"],
    [".", "notANumber"],
    ["1e5", "notANumber"],
    ["1234567890123456", "tooLarge"],
  ])("keeps %j as it was typed", (text, problem) => {
    expect(parseEntry("money", text)).toBe(text);
    expect(entryProblem("money", text)).toBe(problem);
  });

  test("is exact where a double is not", () => {
    expect(parseEntry("money", "123456789012345.123456")).toBe("123456789012345.123456");
  });
});

test("what is read twice is read the same", () => {
  fc.assert(
    fc.property(units, typed, (unit, text) => {
      const once = parseEntry(unit, text);
      expect(parseEntry(unit, once)).toBe(once);
    }),
  );
});

test("nothing typed is lost: it is blank, a figure, or there to the last character", () => {
  fc.assert(
    fc.property(units, typed, (unit, text) => {
      const entry = parseEntry(unit, text);
      if (entry === null) expect(text.replace(/[\s\u200b\ufeff]/g, "")).toBe("");
      else if (!isFigure(unit, entry)) expect(entry).toBe(text);
    }),
  );
});

test("every entry is a figure, a blank, or has a problem that is named", () => {
  fc.assert(
    fc.property(units, typed, (unit, text) => {
      const entry = parseEntry(unit, text);
      const isFine = entry === null || isFigure(unit, entry);
      expect(entryProblem(unit, entry) === undefined).toBe(isFine);
    }),
  );
});

test("a printed figure reads as the figure it was", () => {
  const figures = fc.oneof(
    fc.record({ unit: fc.constant<Unit>("count"), figure: fc.nat() }),
    fc.record({ unit: fc.constant<Unit>("delta"), figure: fc.integer() }),
    fc.record({ unit: fc.constant<Unit>("money"), figure: fc.nat({ max: 999_999 }).map((wan) => `${wan}.05`) }),
  );
  fc.assert(
    fc.property(figures, ({ unit, figure }) => {
      expect(parseEntry(unit, printedEntry(row, lineOf[unit], figure))).toBe(figure);
    }),
  );
});

describe("in print", () => {
  test("a blank is empty, zero is 0, a growth has its plus, and what is no figure stands as typed", () => {
    expect(printedEntry(row, lineOf.count, null)).toBe("");
    expect(printedEntry(row, lineOf.count, 0)).toBe("0");
    expect(printedEntry(row, lineOf.count, 11398889)).toBe("11398889");
    expect(printedEntry(row, lineOf.count, "12件")).toBe("12件");
    expect(printedEntry(row, lineOf.delta, 1036)).toBe("+1036");
    expect(printedEntry(row, lineOf.delta, -4)).toBe("-4");
    expect(printedEntry(row, lineOf.delta, 0)).toBe("0");
  });

  test("an amount carries the unit that its heading leaves out, zero does not", () => {
    const column = printedWith("万元", money("amount", "总金额"));
    expect(printedEntry(row, column, "25.1")).toBe("25.1万元");
    expect(printedEntry(row, column, "0")).toBe("0");
    expect(printedEntry(row, lineOf.money, "25.1")).toBe("25.1");
    expect(printedEntry(row, column, "约25")).toBe("约25");
  });
});

test("a slash is only accepted where the notice accepts it", () => {
  const column = orSlash(line("items", "项目数量"));
  expect(isAllowedSlash(row, column, "/")).toBe(true);
  expect(isAllowedSlash(row, column, "／")).toBe(true);
  expect(isAllowedSlash(row, lineOf.count, "/")).toBe(false);
  expect(isAllowedSlash(row, column, "没有")).toBe(false);
  expect(isAllowedSlash(row, column, 0)).toBe(false);
});

test.each([
  ["125000", "12.5"],
  ["１２５，０００", "12.5"],
  ["1", "0.0001"],
  ["0.01", "0.000001"],
  ["0.10", "0.00001"],
  ["1,032,500.05", "103.250005"],
  ["0", "0"],
  ["00010000", "1"],
  ["999999999999999.99", "99999999999.999999"],
  ["0.001", undefined],
  ["-5", undefined],
  ["1,23", undefined],
  ["约5000", undefined],
  ["", undefined],
])("%j 元 is %j 万元", (yuan, amount) => {
  expect(fromYuan(yuan)).toBe(amount);
});

test("0.1 元 and 0.2 元 are exact, as is every amount to the 分", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), (fen) => {
      const yuan = `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
      const [whole = "0", fraction = ""] = (fromYuan(yuan) ?? "").split(".");
      expect(BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"))).toBe(fen);
    }),
  );
});

test.each<[Parameters<typeof typedEntry>[0], string, ReturnType<typeof typedEntry>]>([
  ["money", "125000元", "12.5"],
  ["money", "125,000 元", "12.5"],
  ["money", "12.5万元", "12.5"],
  ["money", "十二万元", "十二万元"],
  ["money", "12.5", "12.5"],
  ["money", "几元", "几元"],
  ["count", "5元", "5元"],
  ["count", "５", 5],
])("typed as %s, %j is %j", (unit, typed, entry) => {
  expect(typedEntry(unit, typed)).toBe(entry);
});
