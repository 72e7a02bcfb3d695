import type { Placed } from "@/lib/store/organisations.ts";

/** Organisations as choices in a list: indented by their depth. */
export const asChoices = (placed: readonly Placed[]) =>
  placed.map(({ id, name, depth }) => ({ value: id, name: `${"　".repeat(depth)}${name}` }));
