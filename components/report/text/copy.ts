import { isChip } from "@/lib/report/chips.ts";
import { itemNumbers, printedNumber } from "@/lib/report/prose.ts";
import type { Inline, Passage } from "@/lib/report/report.ts";
import type { ChipText } from "./document.ts";

/** Copied passages as plain text, a line each: numbers of items and figures as they are printed. */
export function copiedText(passages: readonly Passage[], chipText: ChipText): string {
  const numbers = numbersIn(passages);
  return passages
    .map(({ content }, index) => {
      const text = content.map((inline) => (isChip(inline) ? chipText(inline.figure) : inline.text)).join("");
      return `${numbers[index]}${text}`;
    })
    .join("\n");
}

const tags: Readonly<Record<Passage["kind"], string>> = {
  heading2: "h2",
  heading3: "h3",
  paragraph: "p",
  item: "p",
};

/** Copied passages as plain markup. Pasted here again, `data-` attributes tell what each passage was, and make chips of numbers. */
export function copiedMarkup(passages: readonly Passage[], chipText: ChipText): string {
  const numbers = numbersIn(passages);
  return passages
    .map(({ kind, content }, index) => {
      const number = numbers[index] && `<span data-number="">${numbers[index]}</span>`;
      return `<${tags[kind]} data-kind="${kind}">${number}${content.map((inline) => markupOf(inline, chipText)).join("")}</${tags[kind]}>`;
    })
    .join("");
}

function numbersIn(passages: readonly Passage[]): string[] {
  const numbers = itemNumbers(passages);
  return passages.map((_, index) => {
    const number = numbers.get(index);
    return number === undefined ? "" : printedNumber(number);
  });
}

function markupOf(inline: Inline, chipText: ChipText): string {
  const markup = isChip(inline)
    ? `<span data-figure="${escaped(inline.figure)}">${escaped(chipText(inline.figure))}</span>`
    : escaped(inline.text);
  return inline.bold ? `<strong>${markup}</strong>` : markup;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
