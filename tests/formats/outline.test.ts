import { expect, test } from "vitest";
import { outline } from "../../lib/report/outline.ts";
import { formats } from "../../templates/index.ts";

test.each(formats)("the tables of $id read as they were proof-read", async (format) => {
  await expect(outline(format)).toMatchFileSnapshot(`${format.id}.outline.txt`);
});

test.each(formats)("the outline of $id leaves no id and no label out", (format) => {
  const text = outline(format);
  for (const section of format.sections) expect(text).toContain(`${section.heading} [${section.id}]`);
  for (const table of format.tables) {
    for (const band of table.bands) {
      if (band.title) expect(text).toContain(band.title);
      for (const id of idsOf(band)) expect(text).toContain(`[${id}]`);
    }
  }
});

/** Every `id` anywhere below, found by looking at the data itself. */
function idsOf(data: unknown): string[] {
  if (Array.isArray(data)) return data.flatMap(idsOf);
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => (key === "id" ? [String(value)] : idsOf(value)));
}
