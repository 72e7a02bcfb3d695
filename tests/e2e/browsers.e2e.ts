import { expect, test } from "./watched.ts";

test("each project drives the browser that it is named after", async ({ browser }, { project }) => {
  const major = Number.parseInt(browser.version(), 10);
  if (project.name === "chromium-109") expect(major).toBe(109);
  else expect(major).toBeGreaterThan(109);
});
