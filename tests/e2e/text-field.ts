import { expect, type Locator, type Page } from "@playwright/test";

/** The editor of a section, once it is loaded. */
export const textField = (page: Page, section: string): Locator => page.locator(`[id="${section}"][role="textbox"]`);

/** Types in place of everything the section holds, line by line. */
export async function writeText(page: Page, section: string, text: string): Promise<void> {
  const field = textField(page, section);
  await field.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await typeLines(page, text);
  await expect(field).toContainText(text.split("\n").at(-1) ?? "");
}

/** Types lines where the caret is. */
export async function typeLines(page: Page, text: string): Promise<void> {
  for (const [index, line] of text.split("\n").entries()) {
    if (index > 0) await page.keyboard.press("Enter");
    await page.keyboard.insertText(line);
  }
}
