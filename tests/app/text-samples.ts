import fc from "fast-check";
import type { Inline, Passage } from "../../lib/report/report.ts";

const words = fc
  .array(fc.constantFrom("公开", "（一）", "1.", "申请12件", "。", "：", "A B", "“问”", "𬭸", "、", "2024年"), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

const inline: fc.Arbitrary<Inline> = fc.oneof(
  { arbitrary: fc.record({ text: words }), weight: 3 },
  { arbitrary: fc.record({ text: words, bold: fc.constant(true as const) }), weight: 2 },
  fc.record({ figure: fc.constantFrom("t.a.b", "t.a.c+t.b.c") }),
  fc.record({ figure: fc.constantFrom("t.a.b", "t.a.c"), bold: fc.constant(true as const) }),
);

/** Neighbours of one look are one stretch, as the editor has them. */
function joined(inlines: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const next of inlines) {
    const last = result.at(-1);
    if (last && "text" in last && "text" in next && Boolean(last.bold) === Boolean(next.bold)) {
      result[result.length - 1] = { ...last, text: last.text + next.text };
    } else {
      result.push(next);
    }
  }
  return result;
}

/** Passages of every kind, with bold words and chips, as they are stored. */
export const passages: fc.Arbitrary<Passage[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Passage["kind"]>("heading2", "heading3", "paragraph", "item"),
    content: fc.array(inline, { minLength: 1, maxLength: 5 }).map(joined),
  }),
  { maxLength: 8 },
);
