import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { isAllowed, type Route, routes } from "../../lib/auth/routes.ts";
import { organisationKindNames, organisationKinds } from "../../lib/workflow/organisation-kinds.ts";
import { roleDuties, roleNames, roles } from "../../lib/workflow/roles.ts";

const files = readdirSync("app", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /^(?:route\.ts|page\.tsx)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

/** What a file serves: of a route handler every method that it exports, of a page GET. */
const served = files.flatMap((file) => {
  const path = `/${relative("app", dirname(file))}`;
  const code = readFileSync(file, "utf8");
  const methods = file.endsWith("page.tsx")
    ? ["GET"]
    : [...code.matchAll(/export\s+(?:const|(?:async\s+)?function)\s+([A-Z]+)\b/g)].map((match) => match[1]);
  return methods.map((method) => ({ file, code, route: `${method} ${path}` }));
});

test("every route and every page has a row, and every row a route", () => {
  expect(served.length).toBeGreaterThan(20);
  expect(served.map(({ route }) => route).sort()).toEqual(Object.keys(routes).sort());
});

test("each is wrapped under its own name", () => {
  const offences = served.filter(({ file, code, route }) => {
    const isOpen = isAllowed(route as Route, []) && routes[route as Route].may === "anyone";
    if (file.endsWith("page.tsx")) return !isOpen && !code.includes(`page("${route}"`);
    const wrapper = isOpen ? "openHandler" : "handler";
    const method = route.split(" ")[0];
    const written = new RegExp(`export const ${method} = ${wrapper}\\(\\s*"${route.replace(/[[\]]/g, "\\$&")}"`);
    return !written.test(code);
  });
  expect(offences.map(({ route }) => route)).toEqual([]);
});

test("roles and kinds of organisations have their terms", () => {
  expect(Object.keys(organisationKindNames)).toEqual([...organisationKinds]);
  expect(Object.keys(roleNames)).toEqual([...roles]);
  expect(Object.keys(roleDuties)).toEqual([...roles]);
});
