import { describe, expect, test } from "vitest";
import { compose } from "../../lib/report/compose.ts";
import { grid } from "../../lib/report/grid.ts";
import { renderHtmlFragment, renderHtmlPage } from "../../templates/document/html.ts";
import { formats } from "../../templates/index.ts";
import { all, type Element, elementsOf, first, readMarkup, textOf } from "./read-markup.ts";
import { sampleReport } from "./reports.ts";

const everyElement = (element: Element): Element[] =>
  elementsOf(element).flatMap((child) => [child, ...everyElement(child)]);

describe.each(formats)("the HTML of $id", (format) => {
  const document = compose(format, sampleReport(format), false);
  const fragment = readMarkup(renderHtmlFragment(document));

  test("uses only what a website's editor keeps: plain elements with styles of their own", () => {
    const elements = everyElement(fragment);
    expect(elements.length).toBeGreaterThan(300);
    const names = [...new Set(elements.map((element) => element.name))].sort();
    expect(names).toEqual(
      ["br", "col", "colgroup", "div", "h2", "h3", "h4", "p", "span", "strong"].concat([
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
      ]),
    );
    const attributes = new Set(elements.flatMap((element) => Object.keys(element.attributes)));
    for (const dropped of ["class", "id", "onclick", "src", "href"]) expect(attributes).not.toContain(dropped);
    const cells = elements.filter((element) => element.name === "td" || element.name === "th");
    expect(cells.every((cell) => cell.attributes.style?.includes("border:1px solid #000"))).toBe(true);
  });

  test("spans its cells as the grid says and repeats the heading rows", () => {
    const tables = all(fragment, "table");
    expect(tables).toHaveLength(format.tables.length);
    for (const [index, table] of format.tables.entries()) {
      const element = tables[index];
      if (!element) throw new Error(`no table ${table.id}`);
      const printed = grid(table);
      const spans = all(element, "tr").map((row) =>
        elementsOf(row).map(({ attributes }) => [Number(attributes.rowspan ?? 1), Number(attributes.colspan ?? 1)]),
      );
      expect(spans).toEqual(printed.rows.map((row) => row.cells.map((cell) => [cell.rowSpan, cell.colSpan])));
      expect(all(element, "thead").flatMap((head) => all(head, "tr"))).toHaveLength(printed.headRows);
      expect(all(element, "col")).toHaveLength(printed.columns);
    }
  });

  test("says which cells each heading heads, and names every table", () => {
    const [, requests] = all(fragment, "table");
    if (!requests) throw new Error("no table");
    expect(requests.attributes["aria-label"]).toBe("三、收到和处理政府信息公开申请情况");
    const scopes = Object.fromEntries(all(requests, "th").map((cell) => [textOf(cell), cell.attributes.scope]));
    expect(scopes).toMatchObject({
      申请人情况: "colgroup",
      自然人: "col",
      "三、本年度办理结果": "rowgroup",
      "1.属于国家秘密": "row",
    });
    expect(all(requests, "td").every((cell) => cell.attributes.scope === undefined)).toBe(true);
  });

  test("leaves the first heading to the site and numbers its own below it", () => {
    expect(first(fragment, "p").attributes).toMatchObject({ role: "heading", "aria-level": "1" });
    expect(all(fragment, "h2").map(textOf)).toEqual(format.sections.map((section) => section.heading));
    expect(all(fragment, "h3").map(textOf)).toContain("（二）依申请公开情况");
    expect(all(fragment, "h4").map(textOf)).toEqual(["1.受理渠道"]);
  });

  test("stands the date two characters behind the beginning of the signature, on the page of the text", () => {
    const lines = all(fragment, "p").slice(-3, -1);
    expect(lines.map(textOf)).toEqual([document.organisation, `${format.years.from + 1}年1月21日`]);
    const styles = lines.map((line) => line.attributes.style ?? "");
    expect(styles.map((style) => Number(/padding-right:([\d.]+)em/.exec(style)?.[1]))).toEqual([
      2,
      document.organisation.length - 6.5,
    ]);
    for (const style of styles) expect(style).toContain("break-before:avoid");
  });

  test("stretches no line before an address that is never broken", () => {
    const aligned = (opening: string) => {
      const markup = renderHtmlFragment(compose(format, sampleReport(format, { opening }), false));
      return all(readMarkup(markup), "p").find((paragraph) => textOf(paragraph) === opening)?.attributes.style;
    };
    expect(aligned("全年公开信息128条。")).toContain("text-align:justify");
    expect(aligned("网址https://www.yunling.example.cn/zwgk。")).toContain("text-align:left");
  });

  test("becomes a page of its own in Chinese, for A4, with the fragment in it", () => {
    const markup = renderHtmlPage(document);
    expect(markup.startsWith("<!doctype html>")).toBe(true);
    const page = readMarkup(markup);
    expect(first(page, "html").attributes.lang).toBe("zh-CN");
    expect(textOf(first(page, "title"))).toBe(document.title);
    expect(first(page, "meta").attributes.charset).toBe("utf-8");
    const style = textOf(first(page, "style"));
    expect(style).toContain("margin: 37mm 26mm 35mm 28mm");
    expect(style).toContain("table-header-group");
    expect(markup).toContain(renderHtmlFragment(document));
    expect(markup).not.toContain("草稿");
  });

  test("bears the mark of a draft, also on every printed page", () => {
    const draft = { ...document, draft: true };
    expect(textOf(first(readMarkup(renderHtmlFragment(draft)), "p"))).toBe("草稿");
    expect(textOf(first(readMarkup(renderHtmlPage(draft)), "style"))).toContain('@top-center { content: "草稿"');
  });
});

test("text that looks like markup stays text, control characters are left out", () => {
  const [format] = formats;
  if (!format) throw new Error("no format");
  const opening = `<script>alert("1")</script>&amp; '\u0007末`;
  const report = sampleReport(format, { opening, organisation: { name: '云岭区"<b>档案馆' } });
  const markup = renderHtmlPage(compose(format, report, false));
  expect(markup).not.toContain("<script");
  expect(markup).not.toContain("\u0007");
  expect(all(readMarkup(markup), "p").map(textOf)).toContain(`<script>alert("1")</script>&amp; '末`);
});
