import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copiedMarkup, copiedText } from "../../components/report/text/copy.ts";
import type { Markup } from "../../components/report/text/markup.ts";
import { pastedMarkup, pastedText } from "../../components/report/text/paste.ts";
import { isChip } from "../../lib/report/chips.ts";
import type { Passage } from "../../lib/report/report.ts";
import { markupOf } from "./clipboard.ts";
import { passages } from "./text-samples.ts";

const folder = join(import.meta.dirname, "../fixtures/clipboard-text");
const names = readdirSync(folder).flatMap((name) => (name.endsWith(".html") ? [name.slice(0, -".html".length)] : []));
const isKnown = (figure: string) => figure === "requests.received.total" || figure.startsWith("t.");
const paste = (html: string) => pastedMarkup(markupOf(html), isKnown);

test("there are clipboards of every program", () => {
  for (const program of ["word-", "wps-", "browser-"]) {
    expect(names.filter((name) => name.startsWith(program)).length).toBeGreaterThan(4);
  }
  expect(names.length).toBeGreaterThan(25);
});

test.each(names)("%s becomes exactly these passages, and what is left out is said", (name) => {
  const html = readFileSync(join(folder, `${name}.html`), "utf8");
  expect(paste(html)).toEqual(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")));
});

describe("plain text", () => {
  test("is a passage a line, sub-headings told by their number", () => {
    expect(pastedText("　　（一）公开情况\r\n\r\n　　公开信息九条。\v1.网站\n").passages).toEqual([
      { kind: "heading2", content: [{ text: "（一）公开情况" }] },
      { kind: "paragraph", content: [{ text: "公开信息九条。" }] },
      { kind: "heading3", content: [{ text: "1.网站" }] },
    ]);
  });
});

describe("any markup", () => {
  const text = fc.string({
    unit: fc.constantFrom("公", "开", "1", ".", "（一）", " ", "\n", "\u00a0", "　", "a", "。"),
  });
  const element = fc.letrec<{ tree: Markup | string; node: Markup }>((tie) => ({
    tree: fc.oneof({ depthSize: "small" }, text, tie("node")),
    node: fc.record({
      tag: fc.constantFrom("p", "div", "span", "b", "li", "ol", "ul", "br", "td", "tr", "table", "h2", "pre", "ins"),
      attributes: fc.constantFrom<Record<string, string>>(
        {},
        { style: "font-weight:bold" },
        { style: "mso-outline-level:2" },
        { start: "4" },
        { "data-figure": "t.a.b" },
      ),
      children: fc.array(tie("tree"), { maxLength: 4 }),
    }),
  })).node;
  const lettersOf = (markup: Markup): string =>
    "data-figure" in markup.attributes
      ? "@"
      : markup.tag === "br"
        ? ""
        : markup.children.map((child) => (typeof child === "string" ? child : lettersOf(child))).join("");

  test("loses no sign of its text", () => {
    fc.assert(
      fc.property(element, (markup) => {
        const pasted = pastedMarkup(markup, isKnown).passages;
        const found = pasted.flatMap(({ content }) => content.map((inline) => (isChip(inline) ? "@" : inline.text)));
        const signs = (of: string) => [...of.replace(/\s/g, "")];
        const left = signs(found.join(""));
        for (const sign of signs(lettersOf(markup))) {
          expect(left).toContain(sign);
          left.splice(left.indexOf(sign), 1);
        }
        // Numbers of lists, which markup does not spell out, are all there is besides.
        expect(left.join("")).toMatch(/^[\d.（）]*$/);
      }),
    );
  });

  test("becomes passages that are stored as they are: no blank ends, no empty stretch, no neighbours alike", () => {
    fc.assert(
      fc.property(element, (markup) => {
        for (const { content } of pastedMarkup(markup, isKnown).passages) {
          expect(content.length).toBeGreaterThan(0);
          const shown = content.map((inline) => (isChip(inline) ? "@" : inline.text)).join("");
          expect(shown).toBe(shown.trim());
          for (const [index, inline] of content.entries()) {
            const next = content[index + 1];
            if (isChip(inline)) continue;
            expect(inline.text).not.toBe("");
            if (next && !isChip(next)) expect(Boolean(next.bold)).not.toBe(Boolean(inline.bold));
          }
        }
      }),
    );
  });
});

describe("text that was copied here", () => {
  const chipText = () => "12";
  test("is pasted again as it was", () => {
    fc.assert(
      fc.property(passages, (all) => {
        const pasted = pastedMarkup(markupOf(copiedMarkup(all, chipText)), () => true);
        expect(pasted).toEqual({ passages: all, dropped: [] });
      }),
    );
  });

  test("is a line a passage elsewhere, with numbers and figures as they are printed", () => {
    const all: Passage[] = [
      { kind: "heading2", content: [{ text: "（一）公开<情况>" }] },
      { kind: "item", content: [{ text: "收到" }, { figure: "t.a.b", bold: true }, { text: "件；" }] },
      { kind: "item", content: [{ text: "没有结转。" }] },
    ];
    expect(copiedText(all, chipText)).toBe("（一）公开<情况>\n1.收到12件；\n2.没有结转。");
    expect(copiedMarkup(all, chipText)).toBe(
      '<h2 data-kind="heading2">（一）公开&lt;情况&gt;</h2><p data-kind="item"><span data-number="">1.</span>收到<strong><span data-figure="t.a.b">12</span></strong>件；</p><p data-kind="item"><span data-number="">2.</span>没有结转。</p>',
    );
  });
});
