import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { clientAddress } from "../../lib/cli/client-address.ts";

const CONNECTION = "10.9.9.9";
const addressOf = (proxies: number, forwarded: string | undefined, others: IncomingMessage["headers"] = {}) => {
  const headers = { ...others, ...(forwarded !== undefined && { "x-forwarded-for": forwarded }) };
  return clientAddress({ headers, socket: { remoteAddress: CONNECTION } as IncomingMessage["socket"] }, proxies);
};

/** What stands in X-Forwarded-For, how many proxies are ours, and whom they name. */
const cases: [proxies: number, forwarded: string | undefined, address: string][] = [
  [0, undefined, CONNECTION],
  [0, "203.0.113.7", CONNECTION],
  [0, "203.0.113.7, 10.0.0.1", CONNECTION],
  [0, "127.0.0.1", CONNECTION],
  [1, undefined, CONNECTION],
  [1, "", CONNECTION],
  [1, "203.0.113.7", "203.0.113.7"],
  [1, " 203.0.113.7 ", "203.0.113.7"],
  [1, "127.0.0.1, 203.0.113.7", "203.0.113.7"],
  [1, "127.0.0.1,203.0.113.7", "203.0.113.7"],
  [1, "a, b, c, 203.0.113.7", "203.0.113.7"],
  [1, "203.0.113.7,", CONNECTION],
  [1, "unknown", CONNECTION],
  [1, "203.0.113.7; drop table session", CONNECTION],
  [1, "<script>alert(1)</script>", CONNECTION],
  [1, "2001:db8::7", "2001:db8::7"],
  [1, "1.1.1.1, 2001:db8::7", "2001:db8::7"],
  [1, "203.0.113.999", CONNECTION],
  [2, "203.0.113.7, 10.0.0.1", "203.0.113.7"],
  [2, "1.1.1.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"],
  [2, "127.0.0.1, unknown, 10.0.0.1", CONNECTION],
  [2, "203.0.113.7", CONNECTION],
  [3, "203.0.113.7, 10.0.0.2, 10.0.0.1", "203.0.113.7"],
];

test.each(cases)("behind %i proxies %j names %s", (proxies, forwarded, address) => {
  expect(addressOf(proxies, forwarded)).toBe(address);
});

test("no other header names anybody, however many proxies there are", () => {
  const names = [
    "x-real-ip",
    "x-client-ip",
    "x-client-address",
    "true-client-ip",
    "cf-connecting-ip",
    "forwarded",
    "via",
  ];
  const others = Object.fromEntries(names.map((name) => [name, "203.0.113.7"]));
  for (const proxies of [0, 1, 2]) expect(addressOf(proxies, undefined, others)).toBe(CONNECTION);
  expect(cases.length).toBeGreaterThanOrEqual(20);
});
