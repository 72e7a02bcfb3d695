import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Requirements } from "../../lib/checks/requirement-pack.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { listPacks, putPack, removePack, requirementsFor } from "../../lib/store/requirements.ts";
import { organisationNamed, userIn } from "./actors.ts";

const pack = (name: string, more: Partial<Requirements> = {}): Requirements => ({
  name,
  years: { from: 2024 },
  dataPoints: [],
  headings: [],
  longest: { overview: 1000 },
  ...more,
});

/** What every database must do for local requirements. `prepare` as for `storeSuite`. */
export function requirementSuite(name: string, prepare: () => Promise<void>): void {
  describe(`${name}: local requirements`, () => {
    beforeEach(prepare);
    afterEach(closeDatabase);

    test("what an office lays down applies to itself and all below it, and to nobody else", async () => {
      const { county, bureau, station, stranger } = await tree();
      await putPack(county, pack("云岭县要求", { deadline: { department: "01-20" } }));
      await putPack(bureau, pack("水务局要求"));
      await putPack(stranger, pack("外县要求"));
      const names = async (actor: Actor) => (await requirementsFor(actor)).map((one) => one.name);
      expect(await names(county)).toEqual(["云岭县要求"]);
      expect(await names(bureau)).toEqual(["云岭县要求", "水务局要求"]);
      expect(await names(station)).toEqual(["云岭县要求", "水务局要求"]);
      expect(await names(stranger)).toEqual(["外县要求"]);
      const [first] = await listPacks(station);
      expect(first).toMatchObject({
        pack: pack("云岭县要求", { deadline: { department: "01-20" } }),
        organisation: county.organisation,
      });
      expect(
        (await requirementsFor({ ...county, below: [station.organisation.id] }, station.organisation.id)).length,
      ).toBe(2);
      expect(await requirementsFor(stranger, station.organisation.id)).toEqual([]);
    });

    test("one of the same name takes the place of the other, and only its own organisation takes it away", async () => {
      const { county, bureau } = await tree();
      await putPack(county, pack("云岭县要求"));
      await putPack(county, pack("云岭县要求", { longest: { overview: 800 } }));
      const packs = await listPacks(bureau);
      expect(packs.map((one) => one.pack.longest)).toEqual([{ overview: 800 }]);
      const id = packs[0]?.id ?? "";
      expect(await removePack(bureau, id)).toBe(false);
      expect(await removePack(county, id)).toBe(true);
      expect(await removePack(county, id)).toBe(false);
      expect(await listPacks(bureau)).toEqual([]);
    });
  });
}

/** A county, a bureau of it, a station of that, and another county. */
async function tree() {
  const top = await organisationNamed("云岭县人民政府办公室");
  const middle = await organisationNamed("云岭县水务局", top);
  const bottom = await organisationNamed("云岭县水文站", middle);
  const other = await organisationNamed("青石县人民政府办公室");
  return {
    county: await userIn(top, ["supervisor"]),
    bureau: await userIn(middle, ["administrator"]),
    station: await userIn(bottom),
    stranger: await userIn(other, ["administrator"]),
  };
}
