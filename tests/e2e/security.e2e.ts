import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { dirname, relative } from "node:path";
import { firstOrganisation } from "./people.ts";
import { AppServer, firstUser } from "./server.ts";
import { expect, test } from "./watched.ts";

const agency = "青川市云岭区档案馆";
const secret = "只给本单位看的开头语";
const server = new AppServer({ organisation: agency });
let report = "";
let organisation = "";
let pages: string[] = [];

test.beforeAll(async () => {
  await server.start();
  const { id } = await server.ask<{ id: string }>("/api/reports", "POST", { year: 2024 });
  report = `/reports/${id}`;
  const edits = [{ path: "opening", value: secret }];
  await server.ask(`/api/reports/${id}`, "PATCH", { baseVersion: 1, operationId: "security-1", edits });
  organisation = await firstOrganisation(server);
  const user = /\/administration\/users\/([\w-]{36})/.exec(await (await server.fetch("/administration")).text())?.[1];
  pages = readdirSync("app", { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === "page.tsx")
    .map(({ parentPath }) => `/${relative("app", dirname(`${parentPath}/page.tsx`))}`)
    .filter((path) => path !== "/login" && path !== "/setup")
    .map((path) =>
      path
        .replace("/reports/[id]", report)
        .replace("units/[id]", `units/${organisation}`)
        .replace("users/[id]", `users/${user}`)
        .replace("[step]", "opening")
        .replace("[number]", "1"),
    );
});
test.afterAll(() => server.stop());

const anonymous = (path: string, init: RequestInit = {}) => server.fetch(path, init, "");
const policyOf = (answer: Response) => answer.headers.get("content-security-policy") ?? "";
const nonceOf = (answer: Response) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? "";

const PROTECTION = {
  "content-security-policy":
    "default-src 'none'; script-src 'nonce-*' 'strict-dynamic'; style-src 'self' 'nonce-*'; style-src-attr 'unsafe-inline'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-powered-by": null,
  server: null,
};

test("every answer carries the same protection: pages, files, errors and refusals", async () => {
  const chunk = /\/_next\/static\/[^"]+\.js/.exec(await (await anonymous("/login")).text())?.[0] ?? "";
  const styles = /\/_next\/static\/[^"]+\.css/.exec(await (await anonymous("/login")).text())?.[0] ?? "";
  const asked: [path: string, status: number, init?: RequestInit][] = [
    ...pages.filter((path) => !/^.$|audit|overview|receipts/.test(path)).map((path): [string, number] => [path, 200]),
    ["/", 307],
    ["/audit", 404],
    ["/overview", 404],
    ["/login", 307],
    ["/nowhere", 404],
    ["/api/nowhere", 404],
    ["/api/health", 200],
    [`/api${report}`, 200],
    [`/api${report}x`, 404],
    ["/api/reports", 422, { method: "POST", body: "{}" }],
    ["/api/reports", 403, { method: "POST", body: "{}", headers: { origin: "http://elsewhere.example" } }],
    [`${report}/export/json`, 200],
    [`${report}/export/docx`, 200],
    ["/api/fonts", 307],
    ["/supported.js", 200],
    ["/unsupported.html", 200],
    ["/icon.svg", 200],
    [chunk, 200],
    [styles, 200],
    ["/_next/static/none.js", 404],
    ["/_next/image?url=%2Ficon.svg&w=64&q=75", 404],
    ["/reports", 405, { method: "POST", body: "{}" }],
    ["/%", 404],
  ];
  for (const [path, status, init] of asked) {
    const answer = await server.fetch(path, init);
    const carried = Object.fromEntries(
      Object.keys(PROTECTION).map((name) => [
        name,
        answer.headers.get(name)?.replace(/'nonce-[\w+/]{22}=='/g, "'nonce-*'") ?? null,
      ]),
    );
    expect.soft({ path, status: answer.status, ...carried }).toEqual({ path, status, ...PROTECTION });
    await answer.arrayBuffer();
  }
});

test("each answer has a nonce of its own, and every script and style of a page carries it", async () => {
  const nonces = new Set<string>();
  for (const path of [...pages, "/nowhere", "/unsupported.html"]) {
    const answer = await server.fetch(path, { redirect: "follow" });
    const html = await answer.text();
    const nonce = nonceOf(answer);
    nonces.add(nonce);
    const tags = html.match(/<(?:script|style)\b[^>]*>/g) ?? [];
    expect.soft(tags.length, path).toBeGreaterThan(0);
    expect
      .soft(
        tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
        path,
      )
      .toEqual([]);
    expect.soft(html.match(/<[a-z][^>]*\son[a-z]+=/gi) ?? [], path).toEqual([]);
  }
  expect(nonces.size).toBe(pages.length + 2);
});

test("a script that found its way into a page is not run", async ({ page, context, violations }) => {
  await server.logIn(context);
  await page.route(`**${report}/opening`, async (route) => {
    const answer = await server.fetch(`${report}/opening`);
    const body = (await answer.text()).replace(
      "</body>",
      `<script>window.stolen = "inline"</script>
      <script nonce="guessed">window.stolen = "guessed"</script>
      <script src="/supported.js?stolen"></script>
      <img src="/none.png" onerror="window.stolen = 'handler'">
      <iframe srcdoc="<script>parent.stolen = 'frame'</script>"></iframe>
      <object data="/icon.svg"></object>
      <a id="link" href="javascript:void(window.stolen = 'link')">x</a></body>`,
    );
    const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policyOf(answer) };
    await route.fulfill({ headers, body });
  });
  const asked: string[] = [];
  page.on("response", (response) => asked.push(response.url()));
  await page.goto(`${server.origin}${report}/opening`);
  await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", "<img src='/none.png' onerror='window.stolen = 1'>");
    document.getElementById("link")?.click();
  });
  await expect.poll(() => violations.length).toBeGreaterThanOrEqual(6);
  expect(await page.evaluate(() => (window as { stolen?: string }).stolen)).toBeUndefined();
  expect(asked.filter((url) => url.includes("stolen"))).toEqual([]);
  const evaluated = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", ({ blockedURI }) => resolve(blockedURI), { once: true });
        setTimeout("window.stolen = 'timer'");
      }),
  );
  expect(evaluated).toBe("eval");
  violations.length = 0;
});

/** Titles whose text may all stand in the name of a file. */
const harmless = [
  ...["云岭区档案馆2024年报告", "𠮷田𬭸𫘧报告", "㙦䶮报告", "🙂报告", "it's a report", "甲;乙", "甲,乙=丙", "报告..."],
  ...["a;filename=b.exe", "百分%0d%0a号", "%2e%2e%2f报告", "%00报告", "UTF-8''%41", "＂全角：＊？＂", "&lt;报告&gt;"],
  ...["$(reboot)`ls`", "-rf 报告", "报告+2024&x", "desktop.ini", "a.exe", "报告.docx", "é ß İ 报告", "100%报告"],
];
/** Others, and the names under which they are saved. */
const changed: [typed: string, saved: string][] = [
  ['他说"公开"了', "他说公开了"],
  ['x"; filename="b.exe', "x; filename=b.exe"],
  ["第一行\n第二行", "第一行第二行"],
  ["甲\r\nset-cookie: a=b", "甲set-cookie a=b"],
  ["..报告", "报告"],
  [".htaccess", "htaccess"],
  ["../../etc/passwd", "etcpasswd"],
  ["C:\\Windows\\x", "CWindowsx"],
  ["a*b?c<d>e|f", "abcdef"],
  ["#报告?x=1", "#报告x=1"],
  ["<b>报告</b>", "b报告b"],
  ["\u202e报告", "报告"],
  ["公\u00ad开\ufeff报告", "公开报告"],
  ["👩\u200d👧报告", "👩👧报告"],
  ["甲\t乙", "甲乙"],
  ["NUL.2024", "年度报告NUL.2024"],
  ["长".repeat(200), `${"长".repeat(29)}…${"长".repeat(26)}`],
  ["𬭸".repeat(200), `${"𬭸".repeat(29)}…${"𬭸".repeat(26)}`],
];

test("a file is saved under the name of its report, whatever stands in that", async ({ page, context }) => {
  const { id } = await server.ask<{ id: string }>("/api/reports", "POST", { year: 2022 });
  await server.logIn(context);
  await page.goto(`${server.origin}/unsupported.html`);
  const titles = [...harmless.map((title) => [title, title] as const), ...changed];
  for (const [index, [typed, saved]] of titles.entries()) {
    const edits = [{ path: "title", value: typed }];
    await server.ask(`/api/reports/${id}`, "PATCH", { baseVersion: index + 1, operationId: `names-${index}-x`, edits });
    const path = `/reports/${id}/export/txt`;
    const { headers } = await server.fetch(path);
    expect(headers.get("content-disposition"), typed).toMatch(
      /^attachment; filename="report\.txt"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/,
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.evaluate((href) => {
        const link = Object.assign(document.createElement("a"), { href });
        document.body.append(link);
        link.click();
      }, path),
    ]);
    expect.soft(file.suggestedFilename(), typed).toBe(`${saved}（草稿）.txt`);
  }
  expect(titles.length).toBeGreaterThanOrEqual(40);
});

test("no page is got around to: not by other spellings, headers or kinds of requests", async () => {
  const pageForms: [(path: string) => string, Record<string, string>][] = [
    [(path) => path, { "x-middleware-subrequest": "middleware" }],
    [(path) => path, { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware" }],
    [(path) => path, { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" }],
    [(path) => path, { "x-middleware-rewrite": "/sample", "x-middleware-next": "1", "x-invoke-path": "/sample" }],
    [(path) => path, { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "session=x" }],
    [(path) => path, { "x-matched-path": "/sample", "x-now-route-matches": "1=x", "x-nextjs-data": "1" }],
    [(path) => path, { rsc: "1" }],
    [(path) => path, { rsc: "1", "next-router-prefetch": "1", "next-url": path0 }],
    [(path) => path, { rsc: "1", "next-router-segment-prefetch": "/_tree", "next-router-prefetch": "1" }],
    [(path) => path, { "x-forwarded-host": "127.0.0.1", "x-original-url": "/sample", "x-rewrite-url": "/sample" }],
    [(path) => path, { cookie: "session=; __Host-session=" }],
    [(path) => path, { cookie: `session=${"a".repeat(43)}` }],
    [(path) => path, { authorization: "Basic bGltaW5nOg==", "x-client-address": "127.0.0.1" }],
    [(path) => `${path}.rsc`, {}],
    [(path) => `${path}.rsc`, { rsc: "1" }],
    [(path) => `${path}.txt`, {}],
    [(path) => `${path}.json`, {}],
    [(path) => `${path}.segments/_tree.segment.rsc`, {}],
    [(path) => `${path}.prefetch.rsc`, {}],
    [(path) => `/_next/data/build${path}.json`, {}],
    [(path) => `/_next/data/build${path}.json`, { "x-nextjs-data": "1" }],
    [(path) => `/zh-CN${path}`, {}],
    [(path) => `/%2e${path}`, {}],
    [(path) => `/%2e%2e${path}`, {}],
    [(path) => `/.${path}`, {}],
    [(path) => `/${path}`, {}],
    [(path) => `${path}/`, {}],
    [(path) => `${path}//`, {}],
    [(path) => `${path};x=1`, {}],
    [(path) => `${path}%00`, {}],
    [(path) => `${path}%2f`, {}],
    [(path) => `${path}?nxtPid=1&nxtPstep=opening&nxtIid=1`, {}],
    [(path) => `${path}?_rsc=1`, {}],
    [(path) => path.toUpperCase(), {}],
    [(path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`), {}],
    [(path) => path.replaceAll("/", "\\"), {}],
  ];
  const known = [secret, agency, "李明"];
  let cases = 0;
  for (const path of pages) {
    for (const [form, headers] of pageForms) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await raw(method, form(path), headers);
        expect
          .soft(answer.slice(0, 12), `${method} ${form(path)} ${JSON.stringify(headers)}`)
          .toMatch(/^HTTP\/1\.1 (?:30[278]|40[0145]|200)/);
        expect
          .soft(
            known.filter((text) => answer.includes(text)),
            `${method} ${form(path)}`,
          )
          .toEqual([]);
        cases++;
      }
    }
  }
  expect(cases).toBeGreaterThan(1000);
});
const path0 = "/reports";

test("a page that comes by HTTPS does not take the session that plain HTTP gave", async () => {
  const cookie = await server.session(firstUser);
  const ask = (scheme: string) => raw("GET", report, { cookie, "x-forwarded-proto": scheme });
  expect(await ask("http")).toMatch(/^HTTP\/1\.1 200/);
  expect(await ask("https")).toMatch(/^HTTP\/1\.1 307/);
});

test("the server asks no other server, whatever a request names", async () => {
  let hits = 0;
  const other = createServer((_request, response) => {
    hits++;
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  const elsewhere = `http://127.0.0.1:${port}`;
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-key": "x",
    "sec-websocket-version": "13",
  };
  const answers = [
    await raw("GET", `${elsewhere}/reports`),
    await raw("GET", `${elsewhere}/reports`, upgrade),
    await raw("GET", `//127.0.0.1:${port}/reports`, upgrade),
    await raw("GET", "/reports", { ...upgrade, host: `127.0.0.1:${port}` }),
    await raw("GET", "/_next/webpack-hmr", upgrade),
    await raw("GET", `/_next/image?url=${encodeURIComponent(elsewhere)}&w=64&q=75`),
    await raw("GET", "/login", { host: `127.0.0.1:${port}`, "x-forwarded-host": `127.0.0.1:${port}` }),
    await raw("CONNECT", `127.0.0.1:${port}`),
    await raw("OPTIONS", "*"),
  ];
  expect(answers.map((answer) => /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? "closed")).toEqual([
    ...["400", "400", "308", "307", "404", "404", "200", "closed", "400"],
  ]);
  other.close();
  expect(hits).toBe(0);
});

test("only reading is possible outside of /api, and nothing but what a route knows inside", async () => {
  for (const path of ["/", "/reports", report, "/login", "/setup", "/nowhere", "/icon.svg", "/supported.js"]) {
    for (const method of ["TRACE", "OPTIONS", "PROPFIND", "POST", "PUT", "DELETE", "PATCH", "QUERY"]) {
      expect.soft(await raw(method, path, { "content-length": "0" }), `${method} ${path}`).toMatch(/^HTTP\/1\.1 405/);
    }
  }
  for (const path of ["/api/session", "/api/reports", `/api${report}`, "/api/nowhere"]) {
    for (const method of ["TRACE", "OPTIONS", "PROPFIND", "QUERY"]) {
      expect.soft(await raw(method, path), `${method} ${path}`).toMatch(/^HTTP\/1\.1 405/);
    }
  }
  expect((await server.fetch("/api/reports", { method: "DELETE" })).status).toBe(405);
  expect((await server.fetch("/api/reports", { method: "PUT", body: "{}" })).status).toBe(405);
});

test("nothing of the program lies open", async () => {
  const chunk = /\/_next\/static\/[^"]+\.js/.exec(await (await anonymous("/login")).text())?.[0] ?? "";
  for (const path of [
    ...[`${chunk}.map`, "/.git/HEAD", "/.env", "/package.json", "/package-lock.json", "/next.config.js"],
    ...["/_next/server/server-reference-manifest.json", "/server/server-reference-manifest.json", "/data/data.db"],
    ...["/_next/static/../server/server-reference-manifest.json", "/_next/static/%2e%2e/%2e%2e/package.json"],
    ...[
      "/..%2f..%2fetc/passwd",
      "/_next/static/..%2f..%2fpackage.json",
      "/lib/env.ts",
      "/app/page.tsx",
      "/__nextjs_source-map",
    ],
  ]) {
    const answer = await raw("GET", path);
    expect.soft(answer, path).toMatch(/^HTTP\/1\.1 (?:404|400|308)/);
    expect.soft(answer, path).not.toMatch(/dependencies|root:|sourcesContent|ref: refs/);
  }
  expect(await (await anonymous(chunk)).text()).not.toContain("sourceMappingURL");
});

test("there is no server function to call, and a request for one runs nothing", async () => {
  const manifest = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as object;
  expect(manifest).toMatchObject({ node: {}, edge: {} });
  const chunks: Record<string, string>[] = [
    {
      "0": '"$1"',
      "1": '{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{}","_response":{}}',
    },
    { "0": '{"then":"$1:constructor:constructor"}', "1": '"$@0"' },
    { "0": '["$F1"]', "1": '{"id":"child_process#execSync","bound":null}' },
    { "1_$ACTION_REF_1": "", "$ACTION_1:0": '{"id":"vm#runInThisContext","bound":["process.exit(1)"]}' },
    { $ACTION_KEY: "k", $ACTION_ID_0000000000000000000000000000000000000000: "" },
    { "0": "[".repeat(10_000) },
  ];
  for (const parts of chunks) {
    for (const path of ["/", "/login", "/api/nowhere", "/api/session", "/api/imports"]) {
      for (const action of ["0".repeat(42), "child_process#execSync", undefined]) {
        const body = new FormData();
        for (const [name, value] of Object.entries(parts)) body.append(name, value);
        const headers = { origin: server.origin, ...(action && { "next-action": action }) };
        const answer = await fetch(server.origin + path, { method: "POST", body, headers, redirect: "manual" });
        const wanted = path.startsWith("/api/") ? [401, 404, 409, 415] : [405];
        expect.soft(wanted, `${path} ${action} ${JSON.stringify(parts).slice(0, 80)}`).toContain(answer.status);
        await answer.arrayBuffer();
      }
    }
  }
  expect((await server.fetch("/api/health")).status).toBe(200);
});

/** Sends what no client would, over a connection of its own; the whole answer as text. */
function raw(method: string, target: string, headers: Record<string, string> = {}): Promise<string> {
  const { hostname, port, host } = new URL(server.origin);
  const lines = Object.entries({ host, ...headers, ...(!headers.connection && { connection: "close" }) });
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
      );
    });
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      answer += text;
      if (headers.connection) socket.end();
    });
    socket.once("error", reject).once("close", () => resolve(answer));
  });
}
