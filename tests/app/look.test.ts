import { expect, test } from "vitest";
import { LOOK_COOKIE, lookAttributes, lookCookie, lookInCookies, lookOf } from "../../components/ui/look.ts";

test.each([
  { size: false, contrast: false },
  { size: true, contrast: false },
  { size: false, contrast: true },
  { size: true, contrast: true },
])("a look comes back from its cookie: %o", (look) => {
  const kept = lookCookie(look).split(";")[0] ?? "";
  expect(lookOf(lookInCookies(`other=1; ${kept}; more=2`))).toEqual(look);
});

test("what is no look is the usual one", () => {
  for (const value of [undefined, "", "huge", "largest.higher", "<script>"]) {
    expect(lookAttributes(lookOf(value))).toEqual({ "data-size": undefined, "data-contrast": undefined });
  }
  expect(lookInCookies("")).toBeUndefined();
  expect(lookInCookies(`not${LOOK_COOKIE}=large`)).toBeUndefined();
});
