import { describe, expect, test } from "vitest";
import { liveLayout } from "../../lib/layout/live.ts";
import { layOut } from "../../lib/layout/pages.ts";
import type { Block, ComposedDocument } from "../../lib/report/compose.ts";
import { metrics } from "../../templates/document/fonts.ts";
import { layoutStyle } from "../../templates/document/style.ts";
import { formats } from "../../templates/index.ts";
import { sampleDocument } from "./sample-reports.ts";

const lay = (document: ComposedDocument) => layOut(document, layoutStyle, metrics);

/** The document with some of its blocks replaced. */
const changed = (document: ComposedDocument, change: (blocks: Block[]) => Block[]): ComposedDocument => ({
  ...document,
  blocks: change(structuredClone(document.blocks)),
});
const paragraph = (text: string): Block => ({ kind: "paragraph", at: "overview", runs: [{ text }] });
const lastParagraph = (blocks: readonly Block[]) => blocks.findLastIndex((block) => block.kind === "paragraph");
const longer = (text: string) => (blocks: Block[]) => {
  const index = lastParagraph(blocks);
  const block = blocks[index];
  if (block?.kind !== "paragraph") throw new Error("no paragraph");
  return blocks.with(index, { ...block, runs: [...block.runs, { text }] });
};

describe.each(formats)("the pages of $id while they are typed", (format) => {
  const plain = sampleDocument(format);
  const states: ComposedDocument[] = [
    plain,
    structuredClone(plain),
    changed(plain, longer("续写一句。")),
    changed(plain, longer("续写一句。".repeat(40))),
    changed(plain, (blocks) => blocks.toSpliced(lastParagraph(blocks), 1)),
    changed(plain, (blocks) => blocks.toSpliced(2, 0, paragraph("新的一段，排在最前。"))),
    changed(plain, (blocks) => blocks.filter((block) => block.kind !== "signature" && block.kind !== "note")),
    sampleDocument(format, { figure: 11_398_889 }),
    sampleDocument(format, { times: 4 }),
    { ...plain, draft: true },
    plain,
  ];

  test("are those of a layout that remembers nothing", () => {
    const live = liveLayout(layoutStyle, metrics);
    for (const [index, state] of states.entries()) expect(live(state), `state ${index}`).toEqual(lay(state));
  });

  test("stay the same objects where they look as before, and only there", () => {
    const live = liveLayout(layoutStyle, metrics);
    const before = live(plain);
    expect(before.length).toBeGreaterThan(4);
    const same = live(structuredClone(plain));
    for (const [index, page] of same.entries()) expect(page).toBe(before[index]);
    const typed = live(changed(plain, longer("续")));
    const others = typed.filter((page, index) => page !== before[index]);
    expect(others).toHaveLength(1);
    expect(others[0]).not.toEqual(before[typed.indexOf(others[0] as (typeof typed)[number])]);
    const marked = live({ ...plain, draft: true });
    for (const page of marked) expect(typed).not.toContain(page);
  });

  test("say from which block or cell every mark and every empty cell comes", () => {
    const document = sampleDocument(format);
    const cells = new Set<string>();
    for (const page of lay(document)) {
      for (const run of page.runs) {
        if (run.tag.kind === "pageNumber" || run.tag.kind === "draftMark") continue;
        const own = page.areas.filter(({ tag }) => JSON.stringify(tag) === JSON.stringify(run.tag));
        const holding = own.filter(({ y, height }) => run.y > y && run.y < y + height);
        expect(holding, run.text).toHaveLength(1);
      }
      for (const { tag, width, height } of page.areas) {
        if (tag.kind === "cell") cells.add(`${tag.block} ${tag.row} ${tag.cell}`);
        expect(Math.min(width, height)).toBeGreaterThan(0);
      }
    }
    const tables = document.blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
    const all = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
    expect(all.length).toBeGreaterThan(200);
    expect(cells.size).toBe(all.length);
  });
});
