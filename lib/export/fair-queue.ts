/**
 * A bounded queue with a lane for each owner. Lanes take turns, so that one owner's two hundred items do not hold up
 * another's single one; within a lane, first come, first served.
 */
export class FairQueue<Item> {
  readonly #capacity: number;
  readonly #share: number;
  /** In the order of their turns: the map keeps the order in which lanes were put in. */
  readonly #lanes = new Map<string, Item[]>();
  #size = 0;

  /** At most `capacity` items wait, at most `share` of them in one lane. */
  constructor({ capacity, share }: { capacity: number; share: number }) {
    this.#capacity = capacity;
    this.#share = share;
  }

  /** Whether there was room for the item. */
  add(owner: string, item: Item): boolean {
    const lane = this.#lanes.get(owner) ?? [];
    if (this.#size >= this.#capacity || lane.length >= this.#share) return false;
    lane.push(item);
    this.#lanes.set(owner, lane);
    this.#size++;
    return true;
  }

  /** The next item, which waits no longer; undefined when none does. The owner's next turn comes after all others. */
  take(): Item | undefined {
    for (const [owner, lane] of this.#lanes) {
      const item = lane.shift();
      this.#lanes.delete(owner);
      if (lane.length > 0) this.#lanes.set(owner, lane);
      this.#size--;
      return item;
    }
    return undefined;
  }
}
