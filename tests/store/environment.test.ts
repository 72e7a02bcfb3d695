import { resolve } from "node:path";
import { expect, test } from "vitest";
import { environment } from "../../lib/env.ts";

test("nothing set means the embedded database on this machine alone", () => {
  const unset = { databaseUrl: undefined, dataDirectory: resolve("data"), port: 3000, host: "127.0.0.1" };
  expect(environment({})).toEqual(unset);
  expect(environment({ DATABASE_URL: "", DATA_DIR: "", PORT: "", HOST: "" })).toEqual(unset);
});

test("what is set is taken", () => {
  const set = { DATABASE_URL: "postgresql://clerk@db/reports", DATA_DIR: "/srv/x", PORT: "8080", HOST: "0.0.0.0" };
  expect(environment(set)).toEqual({
    databaseUrl: set.DATABASE_URL,
    dataDirectory: "/srv/x",
    port: 8080,
    host: "0.0.0.0",
  });
});

test.each([
  { DATABASE_URL: "mysql://clerk:secret@db/reports" },
  { DATABASE_URL: "secret" },
  { PORT: "0" },
  { PORT: "65536" },
  { PORT: "secret" },
  { PORT: "80.5" },
  { HOST: "secret host" },
])("a bad value is one line that names the variable and does not repeat the value: %j", (variables) => {
  const [name = ""] = Object.keys(variables);
  expect(() => environment(variables)).toThrow(new RegExp(`^环境变量 ${name} 有误：.+ / .+$`));
  expect(() => environment(variables)).not.toThrow(/secret/);
});
