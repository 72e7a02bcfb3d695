import { Schema } from "prosemirror-model";

/**
 * What a section of text may hold, and nothing else: the kinds of `Passage` one after the other, bold text, number chips.
 * Markup names a kind by `data-kind`, by which the style sheet knows it, too.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: {
      group: "block",
      content: "inline*",
      parseDOM: [{ tag: "p" }],
      toDOM: () => ["p", { "data-kind": "paragraph" }, 0],
    },
    heading2: {
      group: "block",
      content: "inline*",
      parseDOM: [{ tag: "h2" }],
      toDOM: () => ["h2", { "data-kind": "heading2" }, 0],
    },
    heading3: {
      group: "block",
      content: "inline*",
      parseDOM: [{ tag: "h3" }],
      toDOM: () => ["h3", { "data-kind": "heading3" }, 0],
    },
    item: {
      group: "block",
      content: "inline*",
      parseDOM: [{ tag: "p[data-kind=item]", priority: 60 }],
      toDOM: () => ["p", { "data-kind": "item" }, 0],
    },
    chip: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { figure: { validate: "string" } },
      parseDOM: [{ tag: "span[data-figure]", getAttrs: (chip) => ({ figure: chip.getAttribute("data-figure") }) }],
      toDOM: (chip) => ["span", { "data-figure": chip.attrs.figure }],
    },
    text: { group: "inline" },
  },
  marks: { bold: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] } },
});
