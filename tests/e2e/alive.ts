import type { Page } from "@playwright/test";
import { expect } from "./watched.ts";

/** Waits until the form takes keys. By the attribute: for Playwright a fieldset is enabled whatever that says. */
export const isAlive = (page: Page): Promise<void> => expect(page.locator("fieldset:enabled").first()).toBeAttached();
