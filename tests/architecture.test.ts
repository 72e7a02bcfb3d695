import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { leaves } from "../lib/report/format.ts";
import { formats } from "../templates/index.ts";

/**
 * Which room may import what: other rooms, single files, packages (`node:` stands for every builtin). A file belongs to
 * the longest entry that its path begins with, and may always import its own room.
 */
const mayImport: Record<string, readonly string[]> = {
  "lib/report": ["zod"],
  "lib/checks": ["lib/report", "zod"],
  "lib/workflow": ["lib/report", "lib/checks", "zod"],
  // The chain of the record; what events are called is shared with the browser.
  "lib/audit": ["node:"],
  "lib/layout": ["lib/report"],
  // Printed tables and the cells they mean: shared by reading files on the server and pasting in the browser.
  "lib/sheet": ["lib/report"],
  "lib/glossary.ts": [],
  "lib/env.ts": ["node:", "zod", "server-only"],
  "lib/import": [
    ...["lib/report", "lib/checks", "lib/sheet", "templates/index.ts"],
    ...["parse5", "saxes", "unpdf", "read-excel-file", "zod", "node:"],
  ],
  "lib/export": [
    "lib/report",
    "lib/checks",
    "lib/workflow",
    "lib/layout",
    "templates/index.ts",
    "templates/document",
    ...["fflate", "write-excel-file", "node:"],
  ],
  "lib/store": [
    ...["lib/report", "lib/checks", "lib/workflow", "lib/audit", "lib/env.ts", "templates/index.ts"],
    ...["kysely", "pg", "zod", "server-only", "node:"],
  ],
  "lib/auth": ["lib/store", "lib/workflow", "lib/report", "lib/env.ts", "next", "react", "zod", "server-only", "node:"],
  "lib/cli": ["lib", "templates", "next", "node:", "zod"],
  "lib/cli/bench": [
    ...["lib", "templates", "node:", "react", "@react-pdf/renderer", "fflate", "@playwright/test"],
    // The naive form that typing is compared with, and what bundles it for the browser.
    ...["react-dom", "react-hook-form", "zod", "rolldown"],
  ],
  "templates/index.ts": ["lib/report/format.ts", ...formats.map(({ id }) => `templates/${id}/index.ts`)],
  ...Object.fromEntries(formats.map(({ id }) => [`templates/${id}`, ["lib/report/format.ts"]])),
  "templates/samples.ts": ["lib/report", ...formats.map(({ id }) => `templates/${id}`), "templates/index.ts"],
  "templates/document": ["lib/report", "lib/layout", "docx", "fflate", "@react-pdf/renderer", "react", "node:"],
  "templates/document/office-fonts.ts": ["lib/layout", "templates/document", "node:"],
  "templates/document/fonts.ts": ["lib/report", "lib/layout", "templates/document", "@react-pdf/renderer", "node:"],
  "components/ui": ["react", "next"],
  components: [
    ...[
      "lib/report",
      "lib/checks",
      "lib/layout",
      "lib/sheet",
      "lib/workflow",
      "lib/glossary.ts",
      "lib/export/kinds.ts",
    ],
    ...["templates/index.ts", "templates/document/style.ts", "components/ui"],
    ...["react", "react-dom", "react-hook-form", "next", "zod"],
  ],
  "components/report/text": [
    ...["components", "lib/report", "lib/checks", "lib/workflow", "react"],
    ...["model", "state", "view", "commands", "keymap"].map((part) => `prosemirror-${part}`),
  ],
  app: [
    ...["components", "lib/auth", "lib/store", "lib/import", "lib/export", "lib/env.ts"],
    ...["lib/report", "lib/checks", "lib/workflow", "lib/audit", "lib/glossary.ts", "templates/index.ts"],
    ...[
      "docs/requirements/example.json",
      "templates/samples.ts",
      "templates/document/fonts.ts",
      "templates/document/html.ts",
      "templates/document/web-fonts.ts",
      "react",
      "next",
      "zod",
      // The QR code of a second factor.
      "uqr",
      "write-excel-file",
    ],
  ],
  "instrumentation.ts": ["lib/auth", "lib/export"],
};

/** Rooms that do nothing but compute: the same answer for the same arguments, in any browser and any process. */
const pureRooms = ["lib/report", "lib/checks", "lib/layout", "lib/sheet", "lib/workflow", "lib/glossary.ts"];
const sharedRooms = ["lib/", "components/", "app/"];

type Source = { path: string; code: string; imports: { statement: string; target: string }[] };
const rooms = ["lib", "templates", "components", "app"];
const sources = [...rooms.flatMap(filesBelow), "instrumentation.ts"].map(readSource);
const inRooms = (rooms: readonly string[]) => sources.filter(({ path }) => rooms.some((room) => covers(room, path)));

test("the scan sees the whole tree and its imports", () => {
  expect(sources.length).toBeGreaterThan(40);
  expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
  expect(
    importsOf(`import "a"; import { b } from "b"; export * from "c"; const d = await import("d"); require("e");
    import type { F } from "f"; type G = import("g").G; new Worker(new URL("./h.ts", import.meta.url));`),
  ).toHaveLength(8);
});

test("every room imports only what it may", () => {
  const offences = sources.flatMap(({ path, imports }) => {
    const room = roomOf(path);
    if (!room) return [`${path} stands in no room`];
    return imports
      .filter(({ target }) => ![room, ...(mayImport[room] ?? [])].some((allowed) => covers(allowed, target)))
      .map(({ target }) => `${path} imports ${target}`);
  });
  expect(offences).toEqual([]);
});

test("what runs in the product is installed with it", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };
  const own = ["lib", "templates", "components", "app", "docs/requirements/example.json"];
  const installed = [...Object.keys(dependencies), "node:", ...own];
  const product = sources.filter(({ path }) => !covers("lib/cli/bench", path));
  const offences = product.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => !installed.some((allowed) => covers(allowed, target)))
      .map(({ target }) => `${path} imports ${target}`),
  );
  expect(offences).toEqual([]);
});

test("every browser test is one that watches over the content security policy", () => {
  const files = readdirSync("tests/e2e").filter((name) => name.endsWith(".e2e.ts"));
  const unwatched = files.filter((name) => {
    const code = readFileSync(join("tests/e2e", name), "utf8");
    return !/import \{[^}]*\btest\b[^}]*\} from "\.\/watched\.ts"/.test(code);
  });
  expect(unwatched).toEqual([]);
});

test("what is imported is always written out", () => {
  const computed = /\bimport\s*\((?!\s*["'])|\brequire\s*\((?!\s*["'])/;
  expect(sources.filter(({ code }) => computed.test(code)).map(({ path }) => path)).toEqual([]);
});

test("the page layout takes nothing but types from the report", () => {
  const values = inRooms(["lib/layout"]).flatMap(({ path, imports }) =>
    imports
      .filter(({ target, statement }) => !covers("lib/layout", target) && !/^import\s+type\b/.test(statement))
      .map(({ target }) => `${path} imports ${target}`),
  );
  expect(values).toEqual([]);
});

test("the pure rooms read no clock, no chance, no process and no network", () => {
  const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bfetch\(|\bglobalThis\b|\blocalStorage\b/;
  const pure = inRooms(pureRooms);
  expect(pure.length).toBeGreaterThan(10);
  expect(pure.filter(({ code }) => impure.test(code)).map(({ path }) => path)).toEqual([]);
});

test("what pages and routes take from storage and sessions cannot be bundled for the browser", () => {
  const doors = new Set(inRooms(["app", "components"]).flatMap(({ imports }) => imports.map(({ target }) => target)));
  const entered = inRooms(["lib/store", "lib/auth"]).filter(({ path }) => doors.has(path));
  expect(entered.length).toBeGreaterThan(1);
  const open = entered.filter(({ imports }) => !imports.some(({ target }) => target === "server-only"));
  expect(open.map(({ path }) => path)).toEqual([]);
});

test("no shared code names a format", () => {
  const shared = inRooms(sharedRooms);
  expect(shared.length).toBeGreaterThan(30);
  const offences = shared.flatMap(({ path, code }) =>
    formats.filter(({ id }) => code.includes(id)).map(({ id }) => `${path} names ${id}`),
  );
  expect(offences).toEqual([]);
});

test("row and column labels are written in the formats and in the glossary only", () => {
  const lines = formats
    .flatMap(({ tables }) => tables)
    .flatMap(({ bands }) => bands)
    .flatMap(({ rows, columns }) => [...leaves(rows), ...leaves(columns)]);
  const labels = [...new Set(lines.map(({ label }) => label))].filter((label) => label.length >= 4);
  expect(labels.length).toBeGreaterThan(40);
  const offences = inRooms(sharedRooms)
    .filter(({ path }) => path !== "lib/glossary.ts")
    .flatMap(({ path, code }) => labels.filter((label) => code.includes(label)).map((label) => `${path}: ${label}`));
  expect(offences).toEqual([]);
});

test("nothing runs on the server that a page calls by name, and no markup is taken as it comes", () => {
  const banned = /["']use server["']|dangerouslySetInnerHTML/;
  expect(sources.filter(({ code }) => banned.test(code)).map(({ path }) => path)).toEqual([]);
});

test("no file only passes on what others export", () => {
  const barrel = /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\b/m;
  expect(sources.filter(({ code }) => barrel.test(code)).map(({ path }) => path)).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|js|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function readSource(path: string): Source {
  const code = withoutComments(readFileSync(path, "utf8"));
  const imports = importsOf(code).map(({ statement, target }) => ({ statement, target: resolved(path, target) }));
  return { path, code, imports };
}

/** Static and dynamic imports, types that are imported in passing, and workers. */
function importsOf(code: string): { statement: string; target: string }[] {
  const imported =
    /(?:\b(?:import|export)\b[^"'`;]*?\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\brequire\s*\(\s*|\bnew URL\(\s*)["'`]([^"'`\n]+)["'`]/g;
  return [...code.matchAll(imported)]
    .map((match) => ({ statement: match[0], target: match[1] ?? "" }))
    .filter(({ target }) => !/^https?:|^\//.test(target));
}

/** The path from the root of the project, or the name of a package. */
function resolved(from: string, target: string): string {
  if (target.startsWith("@/")) return target.slice(2);
  return target.startsWith(".") ? join(dirname(from), target) : target;
}

function roomOf(path: string): string | undefined {
  const rooms = Object.keys(mayImport).filter((room) => covers(room, path));
  return rooms.sort((a, b) => b.length - a.length)[0];
}

/** A room covers what lies below it, a file itself, a package its parts. */
function covers(room: string, path: string): boolean {
  return path === room || path.startsWith(/[:/]$/.test(room) ? room : `${room}/`);
}

/** Strings stay, so that an address in one is not taken for a comment. */
function withoutComments(code: string): string {
  return code.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/.*/g, "$1");
}
