import type { Page } from "@playwright/test";

/** Pastes as a program on this machine would have copied it. */
export const paste = (page: Page, { text, html }: { text: string; html: string }) =>
  page.evaluate(
    (copied) => {
      if (document.activeElement === document.body) throw new Error("nothing is in focus");
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", copied.text);
      if (copied.html) clipboardData.setData("text/html", copied.html);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      return document.activeElement?.dispatchEvent(event);
    },
    { text, html },
  );
