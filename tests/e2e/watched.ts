import { type BrowserContext, test as base, expect } from "@playwright/test";

export { expect } from "@playwright/test";

type Watched = {
  /** What browsers said of the content security policy during this test. What it was to say, the test takes out. */
  violations: string[];
};
type Watching = { policyViolations: string[] };

/** The tests of pages: each fails when anything on any page went against the content security policy. */
export const test = base.extend<Watched, Watching>({
  policyViolations: [
    async ({ browser }, use) => {
      const violations: string[] = [];
      const watch = (context: BrowserContext) =>
        context.on("console", (message) => {
          if (message.text().includes("Content Security Policy")) violations.push(message.text());
        });
      browser.on("context", watch);
      await use(violations);
      browser.off("context", watch);
    },
    { scope: "worker" },
  ],
  violations: [
    async ({ policyViolations }, use) => {
      policyViolations.length = 0;
      await use(policyViolations);
      expect(policyViolations).toEqual([]);
    },
    { auto: true },
  ],
});
