import type { BrowserContext, Page } from "@playwright/test";
import type { Report } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";
import { docxText } from "../documents/read-docx.ts";
import { pdfText } from "../documents/read-pdf.ts";
import { vectors } from "./markup-vectors.ts";
import { paste } from "./paste.ts";
import { firstOrganisation, organisationBelow, person } from "./people.ts";
import { AppServer } from "./server.ts";
import { textField, typeLines } from "./text-field.ts";
import { expect, test } from "./watched.ts";

/** What somebody types, pastes, imports or names things by is shown to others as it was typed, and runs nowhere. */
const server = new AppServer({ organisation: "青川市云岭区人民政府办公室" });
const section = formatForYear(2024)?.sections.find(({ kind }) => kind === "prose")?.id ?? "";
/** Names of units are short, and a page shows so many of them. */
const names = vectors.filter(({ length }) => length <= 100).slice(-190);
const title = vectors.slice(0, 5).join(" ");
let organisation = "";
let clerk = "";
let reader = "";

test.beforeAll(async () => {
  await server.start();
  organisation = await firstOrganisation(server);
  const unit = await organisationBelow(server, organisation, names.at(-1) ?? "");
  clerk = await person(server, unit, { name: "<b>李&lt;明</b>", username: "vectors", roles: ["clerk", "reviewer"] });
  const roles = ["supervisor", "administrator"] as const;
  reader = await person(server, organisation, { name: "王芳", username: "reader", roles });
});
test.afterAll(() => server.stop());

async function ask<Answer>(path: string, method: string, body: unknown, cookie = clerk): Promise<Answer> {
  const sent = typeof body === "string" ? { body, headers: { "content-type": "application/octet-stream" } } : undefined;
  const answer = await server.fetch(path, { method, ...(sent ?? { body: JSON.stringify(body) }) }, cookie);
  const said = await answer.text();
  expect(answer.ok, `${method} ${path} ${said}`).toBe(true);
  return JSON.parse(said) as Answer;
}
const started = async (year: number) => (await ask<{ id: string }>("/api/reports", "POST", { year })).id;
const stored = async (id: string) =>
  (await (await server.fetch(`/api/reports/${id}`, {}, clerk)).json()) as { report: Report; version: number };
const linesOf = ({ prose }: Report) =>
  (prose[section] ?? []).map(({ content }) => content.map((part) => ("text" in part ? part.text : "")).join(""));

/** Sees whether anything ran, was asked of another server, or became an element or an attribute that runs something. */
async function watch(context: BrowserContext) {
  const wrong: string[] = [];
  const page = await context.newPage();
  page.on("dialog", (dialog) => {
    if (dialog.type() !== "beforeunload") wrong.push(`a dialog: ${dialog.message()}`);
    void dialog.accept();
  });
  page.on("request", (request) => {
    if (!/^(?:data:|blob:)/.test(request.url()) && !request.url().startsWith(server.origin)) wrong.push(request.url());
  });
  const look = async (where: string) => {
    const found = await page.evaluate(() => {
      const made = [
        ...document.querySelectorAll(
          "iframe, object, embed, base, math, video, audio, template, marquee, body script:not([nonce]), body style:not([nonce]), body meta, body link:not([nonce]):not([data-precedence]), main img, animate, set, foreignObject",
        ),
      ].map(({ outerHTML }) => outerHTML);
      const running = [...document.querySelectorAll("*")].flatMap((element) =>
        element
          .getAttributeNames()
          .filter(
            (name) =>
              /^on/.test(name) || /^\s*(?:javascript|vbscript|data:text)/i.test(element.getAttribute(name) ?? ""),
          )
          .map((name) => `${element.tagName} ${name}`),
      );
      return [...made, ...running, ...("stolen" in window ? ["something ran"] : [])];
    });
    wrong.push(...found.map((what) => `${where}: ${what}`));
    expect(wrong, where).toEqual([]);
  };
  const open = async (path: string) => {
    await page.goto(server.origin + path);
    await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
    await look(path);
  };
  return { page, look, open };
}
const paragraphs = (page: Page, within: string) => page.locator(`${within} p`).allTextContents();

test("there are more than two hundred of them", () => {
  expect(new Set(vectors).size).toBe(vectors.length);
  expect(vectors.length).toBeGreaterThanOrEqual(200);
  expect(names.length).toBeGreaterThanOrEqual(150);
});

test("what came by the interface is seen as it is by whoever wrote it and by whoever looks at it, and in every file", async ({
  context,
}) => {
  const id = await started(2024);
  const edits = [
    ...["title", "opening", "closing.signature", "closing.note", "organisation.address"].map((path) => ({
      path,
      value: title,
    })),
    { path: `prose.${section}`, value: vectors.map((text) => ({ kind: "paragraph", content: [{ text }] })) },
  ];
  await ask(`/api/reports/${id}`, "PATCH", { baseVersion: 1, operationId: "markup-01", edits });
  expect(linesOf((await stored(id)).report)).toEqual(vectors);
  for (let from = 0; from < vectors.length; from += 10) {
    const text = vectors
      .slice(from, from + 10)
      .join(" ")
      .slice(0, 500);
    await ask(`/api/reports/${id}/remarks`, "POST", { place: section, quote: vectors[from], text });
  }
  for (const cookie of [clerk, reader]) {
    await server.logIn(context, cookie);
    const { page, look, open } = await watch(context);
    for (const step of ["", "/opening", `/${section}`, "/closing", "/check", "/history", "/preview"]) {
      await open(`/reports/${id}${step}`);
    }
    await page.emulateMedia({ media: "print" });
    await look("in print");
    await page.emulateMedia({ media: null });
    await open(`/reports/${id}/${section}`);
    const shown = cookie === clerk ? await paragraphs(page, `[id="${section}"]`) : await paragraphs(page, "main");
    expect(vectors.filter((text) => !shown.includes(text))).toEqual([]);
    await open(cookie === clerk ? "/reports" : "/overview");
    await page.close();
  }

  const file = async (kind: string) =>
    new Uint8Array(await (await server.fetch(`/reports/${id}/export/${kind}`, {}, clerk)).arrayBuffer());
  const withoutBlanks = (text: string) => text.replace(/[\s\u2028\u200b]/g, "");
  const [html, docx, pdf, text] = await Promise.all(["html", "docx", "pdf", "txt"].map(file));
  const { page, look } = await watch(context);
  await page.setContent(new TextDecoder().decode(html));
  await look("the page that was downloaded");
  const inFiles = {
    html: (await page.locator("body").textContent()) ?? "",
    docx: docxText(docx ?? new Uint8Array()),
    pdf: pdfText(pdf ?? new Uint8Array()),
    txt: new TextDecoder().decode(text),
  };
  for (const [kind, content] of Object.entries(inFiles)) {
    const printed = withoutBlanks(content);
    expect(
      vectors.filter((vector) => !printed.includes(withoutBlanks(vector))),
      kind,
    ).toEqual([]);
  }

  // Taken from the Word file again, and kept as another report.
  const read = await server.fetch("/api/imports", { method: "POST", body: docx as never }, clerk);
  const { report } = (await read.json()) as { report: Report };
  expect(linesOf(report)).toEqual(vectors);
});

test("what is typed or pasted as text stays text; what is pasted as markup becomes nothing but passages", async ({
  browser,
}) => {
  // Nothing runs even where no policy forbids it.
  const context = await browser.newContext({ bypassCSP: true });
  const id = await started(2023);
  await server.logIn(context, clerk);
  const { page, look, open } = await watch(context);
  await open(`/reports/${id}/${section}`);
  const field = textField(page, section);
  await field.click();
  const typed = vectors.filter((_, index) => index % 12 === 0);
  await typeLines(page, `${typed.join("\n")}\n`);
  const pasted = vectors.filter((_, index) => index % 12 !== 0);
  await paste(page, { text: pasted.join("\n"), html: "" });
  await look("typed and pasted as text");
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 30_000 });
  expect(linesOf((await stored(id)).report)).toEqual([...typed, ...pasted]);

  await page.keyboard.press("Control+A");
  for (let from = 0; from < vectors.length; from += 20) {
    const html = vectors.slice(from, from + 20).join("<p>之后</p>");
    await paste(page, { text: "没有标记", html });
    await look(`pasted as markup from ${from}`);
  }
  const kinds = await field.evaluate((element) => [
    ...new Set([...element.querySelectorAll("*")].map((one) => one.tagName)),
  ]);
  expect(kinds.filter((kind) => !["P", "H2", "H3", "LI", "OL", "UL", "STRONG", "BR", "SPAN"].includes(kind))).toEqual(
    [],
  );
  expect(await field.textContent()).toContain("之后");
  await context.close();
});

test("a website that was saved with all of them in it brings nothing but text", async ({ context }) => {
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const heading = formatForYear(2024)?.sections.find(({ id }) => id === section)?.heading ?? "";
  const site = (year: number, body: string) =>
    `<!DOCTYPE html><meta charset=utf-8><h1>云岭区档案馆${year}年政府信息公开工作年度报告</h1><p>${heading}</p>${body}`;
  const bodies = [
    vectors.map((text) => `<p>${escaped(text)}。</p>`).join("\n"),
    ...[0, 1, 2].map((part) => vectors.filter((_, index) => index % 3 === part).join("<p>之后</p>\n")),
  ];
  await server.logIn(context, clerk);
  const { page, open } = await watch(context);
  for (const [index, body] of bodies.entries()) {
    const year = 2019 + index;
    const { report } = await ask<{ report: Report }>("/api/imports", "POST", site(year, body));
    const { id } = await ask<{ id: string }>("/api/reports", "POST", { year, content: report });
    if (index === 0) expect(linesOf((await stored(id)).report)).toEqual(vectors.map((text) => `${text}。`));
    await open(`/reports/${id}/${section}`);
    await expect(page.locator(`[id="${section}"]`)).toContainText(index === 0 ? (vectors.at(-1) ?? "") : "之后");
    await open(`/reports/${id}/preview`);
  }
});

test("units, people and files that are named so are called so", async ({ context }) => {
  for (const name of names.slice(0, -1)) await organisationBelow(server, organisation, name);
  await server.logIn(context, reader);
  const { page, look, open } = await watch(context);
  for (const path of ["/administration", "/overview"]) {
    await open(path);
    const shown = (await page.locator("main").textContent()) ?? "";
    expect(names.filter((name) => !shown.includes(name))).toEqual([]);
  }

  await server.logIn(context, clerk);
  await open("/checkup");
  const files = vectors.filter((_, index) => index % 8 === 0).map((called) => `${called}.txt`);
  const data = await page.evaluateHandle((sent) => {
    const transfer = new DataTransfer();
    for (const called of sent) transfer.items.add(new File(["没有报告的一行字。"], called));
    return transfer;
  }, files);
  const zone = page.getByText("要检查的年度报告").locator("..");
  await zone.dispatchEvent("dragenter", { dataTransfer: data });
  await zone.dispatchEvent("drop", { dataTransfer: data });
  for (const called of files) {
    await expect(page.locator("main")).toContainText(called.replaceAll(/\s+/g, " "), { timeout: 30_000 });
  }
  await look("names of files");
});
