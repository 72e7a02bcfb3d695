import { resolve } from "node:path";
import { expect, test } from "vitest";
import { environment } from "../../lib/env.ts";

const minute = 60_000;
const usual = {
  password: { length: 10, classes: 3, history: 5, lifetime: 90 * 24 * 60 * minute },
  lockout: { failures: 5, wait: minute, longestWait: 30 * minute },
  session: { idle: 30 * minute, longest: 12 * 60 * minute },
};

test("nothing set means the embedded database on this machine alone", () => {
  const unset = {
    databaseUrl: undefined,
    dataDirectory: resolve("data"),
    port: 3000,
    host: "127.0.0.1",
    proxies: 0,
    access: usual,
  };
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
    proxies: 0,
    access: usual,
  });
  const { access, proxies } = environment({ PASSWORD_DAYS: "0", SESSION_IDLE_MINUTES: "480", TRUSTED_PROXIES: "1" });
  expect(access.password.lifetime).toBe(Number.POSITIVE_INFINITY);
  expect(access.session.idle).toBe(8 * 60 * minute);
  expect(proxies).toBe(1);
});

test.each([
  { DATABASE_URL: "mysql://clerk:secret@db/reports" },
  { DATABASE_URL: "secret" },
  { PORT: "0" },
  { PORT: "65536" },
  { PORT: "secret" },
  { PORT: "80.5" },
  { HOST: "secret host" },
  { PASSWORD_LENGTH: "7" },
  { SESSION_IDLE_MINUTES: "0" },
  { LOGIN_FAILURES: "secret" },
])("a bad value is one line that names the variable and does not repeat the value: %j", (variables) => {
  const [name = ""] = Object.keys(variables);
  expect(() => environment(variables)).toThrow(new RegExp(`^环境变量 ${name} 有误：.+ / .+$`));
  expect(() => environment(variables)).not.toThrow(/secret/);
});
