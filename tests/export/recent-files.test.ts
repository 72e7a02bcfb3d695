import { describe, expect, test } from "vitest";
import { RecentFiles } from "../../lib/export/recent-files.ts";

const file = (size: number) => ({ bytes: new Uint8Array(size) });

describe("the files kept to be given again", () => {
  test("gives back the very file it was given", () => {
    const kept = new RecentFiles(100);
    const given = file(10);
    kept.put("a", given);
    expect(kept.get("a")).toBe(given);
    expect(kept.get("b")).toBeUndefined();
  });

  test("drops what was used least recently once the bytes are too many", () => {
    const kept = new RecentFiles(100);
    for (const key of ["a", "b", "c"]) kept.put(key, file(30));
    kept.get("a");
    kept.put("d", file(60));
    expect(["a", "b", "c", "d"].filter((key) => kept.get(key))).toEqual(["a", "d"]);
  });

  test("keeps no file larger than all it may keep, and counts a file put twice once", () => {
    const kept = new RecentFiles(100);
    kept.put("a", file(60));
    kept.put("huge", file(101));
    kept.put("a", file(60));
    kept.put("b", file(40));
    expect(["a", "b", "huge"].filter((key) => kept.get(key))).toEqual(["a", "b"]);
  });
});
