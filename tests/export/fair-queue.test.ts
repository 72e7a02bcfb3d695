import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FairQueue } from "../../lib/export/fair-queue.ts";

function drained<Item>(queue: FairQueue<Item>): Item[] {
  const items: Item[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) items.push(item);
  return items;
}

describe("the queue of downloads", () => {
  test("lets owners take turns and keeps each owner's own order", () => {
    const queue = new FairQueue<string>({ capacity: 10, share: 10 });
    for (const item of ["a1", "a2", "a3", "b1", "c1", "c2"]) queue.add(item.charAt(0), item);
    expect(drained(queue)).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
  });

  test("gives whoever comes late the next turn but one, however much another owner has waiting", () => {
    const queue = new FairQueue<string>({ capacity: 500, share: 500 });
    for (let number = 0; number < 200; number++) queue.add("a", `a${number}`);
    queue.take();
    queue.add("b", "b0");
    expect([queue.take(), queue.take()]).toEqual(["a1", "b0"]);
  });

  test("takes no more than its capacity, and from one owner no more than its share", () => {
    const queue = new FairQueue<number>({ capacity: 5, share: 3 });
    expect([1, 2, 3, 4].map((item) => queue.add("a", item))).toEqual([true, true, true, false]);
    expect([5, 6, 7].map((item) => queue.add("b", item))).toEqual([true, true, false]);
    expect(queue.add("c", 8)).toBe(false);
    queue.take();
    expect(queue.add("c", 9)).toBe(true);
    expect(drained(queue)).toEqual([5, 2, 9, 6, 3]);
  });

  test("loses nothing and never serves an owner twice while another has waited since before", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 60 }), (owners) => {
        const queue = new FairQueue<{ owner: string; index: number }>({ capacity: 60, share: 60 });
        owners.forEach((owner, index) => {
          queue.add(owner, { owner, index });
        });
        const served = drained(queue);
        expect(served.map(({ index }) => index).sort((a, b) => a - b)).toEqual(owners.map((_, index) => index));
        const turns = served.map(
          ({ owner }, place) => served.slice(0, place).filter((it) => it.owner === owner).length,
        );
        expect(turns).toEqual(turns.toSorted((a, b) => a - b));
      }),
    );
  });
});
