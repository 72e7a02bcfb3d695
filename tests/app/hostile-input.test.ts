import fc from "fast-check";
import { expect, test } from "vitest";
import { PATCH as patchReport, GET as readReport } from "../../app/api/reports/[id]/route.ts";
import { POST as postReport } from "../../app/api/reports/route.ts";
import { POST as postSession } from "../../app/api/session/route.ts";
import { POST as postUser } from "../../app/api/users/route.ts";
import { formatForYear } from "../../templates/index.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, logIn, nameOrganisation, request, startReport } from "./api-client.ts";

freshDatabasePerTest();

const SENTENCE = /^[“”\p{Script=Han}].*。$/su;
const REPORT = "/api/reports";

test("whatever is put into a field or added to a body is refused with a sentence, and nothing is done", async () => {
  const organisation = await organisationNamed("云岭区科技局");
  await logIn(await userIn(organisation, ["clerk", "administrator"]));
  const user = { organisationId: organisation.id, name: "王芳", username: "wangfang", memberships: [] };
  type Post = (request: Request, context: { params: Promise<object> }) => Promise<Response>;
  const asked: [string, Post, Record<string, unknown>][] = [
    [REPORT, postReport, { year: 2024 }],
    ["/api/users", postUser, user],
    ["/api/session", postSession, { username: "wangfang", password: "Yunling-Hill-9" }],
  ];
  const wrong: unknown[] = [{ $ne: 1 }, { $gt: "" }, ["a"], [[]], {}, true, { toString: "x" }, { length: 3 }, null];
  let cases = 0;
  for (const [path, post, body] of asked) {
    const bodies: string[] = [
      ...["null", "[]", '"text"', "1", "true", "{}", "[{}]", '{"":""}'],
      ...["role", "isAdministrator", "constructor", "prototype", "organisation_id", "id", "__proto__"].flatMap((name) =>
        [{ a: 1 }, "x", 1].map((value) => added(body, name, value)),
      ),
      ...Object.keys(body).flatMap((name) => [
        ...wrong.map((value) => added({ ...body, [name]: undefined }, name, value)),
        added({ ...body, [name]: undefined }, name, "NUMBER").replace('"NUMBER"', "1e400"),
        JSON.stringify({ ...body, [name]: undefined }),
      ]),
    ].filter((text) => text !== JSON.stringify(body));
    for (const text of bodies) {
      const answer = await post(request("POST", path, text), at({}));
      const { message } = await answer.json();
      expect.soft({ text, status: answer.status }).toEqual({ text, status: 422 });
      expect.soft(message, text).toMatch(SENTENCE);
      cases++;
    }
  }
  expect(cases).toBeGreaterThan(150);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { a?: number }).a).toBeUndefined();
});

/** The body with one more field as it is written, also under a name that an object literal takes for its prototype. */
function added(body: object, name: string, value: unknown): string {
  const text = JSON.stringify(body).slice(0, -1);
  return `${text}${text.length > 1 ? "," : ""}${JSON.stringify(name)}:${JSON.stringify(value)}}`;
}

test("property: passages that are not of the schema are refused, and the report stays as it was", async () => {
  await nameOrganisation();
  const id = await startReport(2024);
  const prose = formatForYear(2024)?.sections.find(({ kind }) => kind === "prose")?.id ?? "";
  const inline = fc.oneof(
    fc.record({ text: fc.string(), href: fc.constantFrom("javascript:alert(1)", "http://elsewhere.example") }),
    fc.record({ text: fc.string(), onclick: fc.string() }),
    fc.record({ text: fc.string(), bold: fc.constantFrom(false, "true", 1, {}) }),
    fc.record({ text: fc.oneof(fc.integer(), fc.constant(null), fc.object()) }),
    fc.record({ html: fc.constant("<img src=x onerror=alert(1)>") }),
    fc.record({ type: fc.constantFrom("script", "iframe", "image"), attrs: fc.object() }),
    fc.record({ figure: fc.string(), text: fc.string() }),
    fc.array(fc.record({ text: fc.string() })),
    fc.constant(null),
  );
  const passage = fc.oneof(
    fc.record({ kind: fc.constant("paragraph"), content: fc.array(inline, { minLength: 1, maxLength: 3 }) }),
    fc.record({
      kind: fc.constantFrom("script", "heading1", "table", "__proto__", "constructor", 1, null),
      content: fc.constant([]),
    }),
    fc.record({ kind: fc.constant("paragraph"), content: fc.oneof(fc.string(), fc.object(), fc.constant(null)) }),
    fc.record({ kind: fc.constant("paragraph"), content: fc.constant([]), attrs: fc.object() }),
    fc.record({ kind: fc.constant("item"), children: fc.array(fc.anything({ maxDepth: 2 })) }),
    fc.integer(),
    fc.string(),
  );
  const save = async (value: unknown) => {
    const body = { baseVersion: 1, operationId: crypto.randomUUID(), edits: [{ path: `prose.${prose}`, value }] };
    return patchReport(request("PATCH", `${REPORT}/${id}`, body), at({ id }));
  };
  await fc.assert(
    fc.asyncProperty(fc.array(passage, { minLength: 1, maxLength: 3 }), async (passages) => {
      const answer = await save(passages);
      const { message } = await answer.json();
      expect(answer.status).toBe(422);
      expect(message).toMatch(/[\p{Script=Han}].*。$/su);
    }),
    { numRuns: 500 },
  );
  const stored = await (await readReport(request("GET", `${REPORT}/${id}`), at({ id }))).json();
  expect(stored.version).toBe(1);

  const nested = `{"baseVersion":1,"operationId":"12345678","edits":[{"path":"prose.${prose}","value":${"[".repeat(10_000)}${"]".repeat(10_000)}}]}`;
  expect((await patchReport(request("PATCH", `${REPORT}/${id}`, nested), at({ id }))).status).toBe(422);
  const million = `{"baseVersion":1,"operationId":"12345678","edits":[{"path":"prose.${prose}","value":[${"{},".repeat(999_999)}{}]}]}`;
  expect((await patchReport(request("PATCH", `${REPORT}/${id}`, million), at({ id }))).status).toBe(413);
});
