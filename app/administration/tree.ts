import type { StoredOrganisation } from "@/lib/store/organisations.ts";

/** An organisation with how many levels it lies below the top one that is shown. */
export type Placed = StoredOrganisation & { depth: number };

/** Each organisation followed by those below it. What has no parent among them begins a tree of its own. */
export function inOrder(organisations: readonly StoredOrganisation[]): Placed[] {
  const known = new Set(organisations.map(({ id }) => id));
  const below = (parentId: string | undefined, depth: number): Placed[] =>
    organisations
      .filter((one) => (parentId === undefined ? !known.has(one.parentId ?? "") : one.parentId === parentId))
      .flatMap((one) => [{ ...one, depth }, ...below(one.id, depth + 1)]);
  return below(undefined, 0);
}

/** As a choice in a list: indented by its depth. */
export const asChoices = (placed: readonly Placed[]) =>
  placed.map(({ id, name, depth }) => ({ value: id, name: `${"　".repeat(depth)}${name}` }));
