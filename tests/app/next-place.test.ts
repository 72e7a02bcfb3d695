import fc from "fast-check";
import { expect, test } from "vitest";
import { logInAddress, placeHere } from "../../lib/auth/next-place.ts";

test.each([
  ["/", "/"],
  ["/reports", "/reports"],
  ["/reports/1/check", "/reports/1/check"],
  ["/audit?event=session.begin&from=2024-01-01", "/audit?event=session.begin&from=2024-01-01"],
  ["/overview?name=%E6%A1%A3%E6%A1%88", "/overview?name=%E6%A1%A3%E6%A1%88"],
  ["/reports?_rsc=1abc", "/reports"],
  ["/reports?year=2024&_rsc=1abc", "/reports?year=2024"],
])("%s is a place to go on to", (asked, place) => {
  expect(placeHere(asked)).toBe(place);
});

test.each([
  ...[
    "//elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "http://elsewhere.example",
    "javascript:alert(1)",
  ],
  ...["/.//elsewhere.example", "/..//elsewhere.example", "/a/..//elsewhere.example", "/\t/elsewhere.example"],
  ...["/\n/elsewhere.example", " /reports", "reports", "", "/档案", undefined, ["/reports", "/audit"]],
])("%j is none", (asked) => {
  expect(placeHere(asked)).toBe("/");
});

test("whatever is asked for, a browser stays here", () => {
  const parts = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "@",
    ":",
    "elsewhere.example",
    "http:",
    "%2f",
    "%5c",
    "\t",
    "?",
    "#",
    "a",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (asked) => {
      const place = placeHere(asked.join(""));
      expect(new URL(place, "http://office.test:3000").host).toBe("office.test:3000");
      expect(placeHere(place)).toBe(place);
    }),
  );
});

test("the log-in is told where she wanted to go, unless that was the start", () => {
  expect(logInAddress("/")).toBe("/login");
  expect(logInAddress("//elsewhere.example")).toBe("/login");
  expect(logInAddress("/audit?a=1&b=2")).toBe("/login?next=%2Faudit%3Fa%3D1%26b%3D2");
});
