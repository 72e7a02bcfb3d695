import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const sheets = ["app", "components"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith(".css"))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path, text: readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "") }));

/** The colour tokens of a rule of the one list: of `:root`, or of a look with those of `:root` that it leaves as they are. */
function coloursOf(selector: string): Record<string, string> {
  const list = sheets.find(({ path }) => path === join("app", "globals.css"))?.text ?? "";
  const rule = list.slice(list.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+):\s*(#[\da-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}
const themes = [
  { name: "usual", colours: coloursOf(":root") },
  { name: "high contrast", colours: coloursOf('[data-contrast="high"]') },
];

test("style sheets use nothing that Chromium 109 does not know", () => {
  expect(sheets.length).toBeGreaterThan(5);
  const unknown = /\b(?:oklch|oklab|lch|lab|color-mix|light-dark)\(|@scope|@starting-style|&/;
  expect(sheets.filter(({ text }) => unknown.test(text)).map(({ path }) => path)).toEqual([]);
});

test("style sheets load nothing from elsewhere", () => {
  expect(
    sheets.filter(({ text }) => /@import|url\(\s*["']?(?:https?:)?\/\//.test(text)).map(({ path }) => path),
  ).toEqual([]);
});

test("every colour token that a style sheet asks for exists", () => {
  const declared = new Set(sheets.flatMap(({ text }) => [...text.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name)));
  const asked = sheets.flatMap(({ path, text }) =>
    [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => ({ path, name })),
  );
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter(({ name }) => !declared.has(name)).map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
});

test.each([
  ["ink", "surface", 7],
  ["ink", "ground", 7],
  ["ink-soft", "surface", 4.5],
  ["ink-soft", "ground", 4.5],
  ["accent", "surface", 4.5],
  ["accent", "ground", 4.5],
  ["accent-strong", "accent-wash", 4.5],
  ["ink-soft", "accent-wash", 4.5],
  ["surface", "accent", 4.5],
  ["error", "surface", 4.5],
  ["error", "error-wash", 4.5],
  ["accent", "error-wash", 4.5],
  ["warning", "surface", 4.5],
  ["warning", "warning-wash", 4.5],
  ["done", "surface", 4.5],
  ["done", "done-wash", 4.5],
  ["line-strong", "surface", 3],
  ["line-strong", "ground", 3],
])("%s on %s has a contrast of at least %f", (front, back, least) => {
  for (const { name, colours } of themes) {
    expect(contrast(colours[front], colours[back]), name).toBeGreaterThanOrEqual(
      name === "usual" ? least : Math.max(least, 7),
    );
  }
});

test("sizes of type are tokens, so that 大字版 reaches all of them", () => {
  const literal = /font-size:(?!\s*(?:var\(|clamp\(var\(|inherit))[^;]+;/g;
  const own = sheets.filter(({ path }) => path !== join("app", "globals.css"));
  expect(own.flatMap(({ path, text }) => [...text.matchAll(literal)].map(([found]) => `${path}: ${found}`))).toEqual(
    [],
  );
  expect(own.filter(({ text }) => text.includes("var(--type")).length).toBeGreaterThan(10);
});

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours. */
function contrast(front = "", back = ""): number {
  const [light = 0, dark = 0] = [luminance(front), luminance(back)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
