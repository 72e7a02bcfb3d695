import type { Tag } from "../../lib/layout/display.ts";
import type { Block, ComposedDocument, PrintedCell, TableBlock } from "../../lib/report/compose.ts";
import type { StructureElement, Writer } from "./pdf-writer.ts";

/**
 * Where a mark belongs in the structure tree; undefined for one that is no content of the document (artifact): page
 * numbers, marks of a draft, rules, and what is repeated from an earlier page.
 */
export type Structure = (tag: Tag) => StructureElement | undefined;

/**
 * The structure tree of a document: an element a block, in the order they are first asked for, which is the order they
 * are painted in. A block or cell that goes on over the page stays one element. A table is there as a whole from the
 * start, for cells without text, too, keep the others in their columns.
 */
export function structureOf({ blocks }: ComposedDocument, writer: Writer): Structure {
  const elements = new Map<number, StructureElement>();
  const tables = new Map<number, StructureElement[][]>();
  return (tag) => {
    switch (tag.kind) {
      case "block":
        return known(elements, tag.block, () => writer.addElement(elementType(blocks[tag.block])));
      case "cell":
        if (tag.repeated) return undefined;
        return known(tables, tag.block, () => addTable(writer, blocks[tag.block]))[tag.row]?.[tag.cell];
      case "grid":
      case "pageNumber":
      case "draftMark":
        return undefined;
    }
  };
}

function known<Value>(values: Map<number, Value>, key: number, make: () => Value): Value {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
}

/** The title is the only heading of the first level. */
function elementType(block: Block | undefined): string {
  if (block?.kind === "title") return "H1";
  return block?.kind === "heading" ? `H${block.level + 1}` : "P";
}

/** The cells of the table, row by row. */
function addTable(writer: Writer, block: Block | undefined): StructureElement[][] {
  if (block?.kind !== "table") throw new Error("a cell outside a table");
  const table: TableBlock = block;
  const element = writer.addElement("Table", undefined, table.caption);
  return table.rows.map(({ cells }) => {
    const row = writer.addElement("TR", element);
    return cells.map((cell) => addCell(writer, row, cell));
  });
}

function addCell(writer: Writer, row: StructureElement, cell: PrintedCell): StructureElement {
  const { colSpan, rowSpan } = cell;
  const scope = scopeOf(cell);
  return scope
    ? writer.addCell("TH", row, { colSpan, rowSpan, scope })
    : writer.addCell("TD", row, { colSpan, rowSpan });
}

/** Which cells a heading heads; figures are no headings. A band and the corner stand above columns. */
function scopeOf({ role }: PrintedCell): "Column" | "Row" | undefined {
  switch (role) {
    case "band":
    case "corner":
    case "columnHeading":
      return "Column";
    case "rowHeading":
      return "Row";
    case "entry":
    case "computed":
      return undefined;
  }
}
