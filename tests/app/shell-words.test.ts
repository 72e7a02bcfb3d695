import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const sources = globSync(["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"]);
const comments = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g;
/** A Latin word or a figure that touches Chinese text, and a counted number before its measure word. Dates are written together. */
const touching =
  /\p{sc=Han}[A-Za-z]|(?<!\\)[A-Za-z]\p{sc=Han}|\p{sc=Han}\d(?!\d*[年月日])|\d(?![年月日])\p{sc=Han}|\}(?:个|份|项|名|次|条|处|格|件|分钟|位|字|行|版|页|倍|天|段|句)/u;

test("texts of the interface set Latin words and counted numbers off by a blank", () => {
  const found = sources.flatMap((path) =>
    readFileSync(path, "utf8")
      .replace(comments, "")
      .split("\n")
      .filter((line) => touching.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(sources.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
