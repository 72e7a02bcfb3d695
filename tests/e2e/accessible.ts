import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * What axe finds against WCAG 2.2 AA on the page as it stands, once it has its title: Next takes it away for a moment when
 * it renders a page anew. `without` names rules that are left out.
 */
export async function accessibilityFaults(page: Page, where = page.url(), without: string[] = []): Promise<string[]> {
  await expect(page).toHaveTitle(/./);
  const { violations, passes } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .disableRules(without)
    .analyze();
  expect(passes.length, where).toBeGreaterThan(10);
  return violations.map(({ id, nodes }) => `${where} ${id}: ${nodes[0]?.html}`);
}

/** Fails with all of them. */
export async function isAccessible(page: Page, where?: string): Promise<void> {
  expect(await accessibilityFaults(page, where)).toEqual([]);
}
