import { describe, expect, test } from "vitest";
import { printedPassages } from "../../lib/report/chips.ts";
import { parsePassages, plainText } from "../../lib/report/prose.ts";
import { withReplacements } from "../../lib/report/replace.ts";
import type { Passage } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";

const format = formatForYear(2024);
if (!format) throw new Error("no format");
const tables = { requests: { received: { natural: 1234 } } };
const passages: readonly Passage[] = [
  { kind: "heading2", content: [{ text: "（一）2023年情况" }] },
  { kind: "item", content: [{ text: "2023年收到" }, { figure: "requests.received.natural" }, { text: "件，" }] },
  { kind: "item", content: [{ text: "比20" }, { text: "22年", bold: true }, { text: "多。" }] },
];
const printed = plainText(printedPassages(format, tables, passages));
const at = (words: string, text: string, after = 0) => {
  const from = printed.indexOf(words, after);
  return { from, to: from + words.length, text };
};

describe("words replaced in a section", () => {
  test("are found behind numbers of items and chips, which stay", () => {
    const result = withReplacements(format, tables, passages, [
      at("2023年", "2024年"),
      at("2023年", "2024年", 10),
      at("件，", "件。"),
      at("2022年", "2023年"),
    ]);
    expect(plainText(printedPassages(format, tables, result))).toBe(
      "（一）2024年情况\n1.2024年收到1234件。\n2.比2023年多。",
    );
    expect(result[1]?.content[1]).toEqual({ figure: "requests.received.natural" });
  });

  test("leave the other passages as they are", () => {
    const result = withReplacements(format, tables, passages, [at("多", "少")]);
    expect(result[0]).toBe(passages[0]);
    expect(result[1]).toBe(passages[1]);
    expect(result[2]?.content.at(-1)).toEqual({ text: "少。" });
  });

  test("may be taken out", () => {
    const simple = parsePassages("共2023年。");
    const result = withReplacements(format, tables, simple, [{ from: 1, to: 6, text: "" }]);
    expect(plainText(printedPassages(format, tables, result))).toBe("共。");
  });
});
