import { gunzipSync } from "node:zlib";
import { create, type Font } from "fontkit";
import { expect, test } from "vitest";
import { GET as getFont } from "../../app/api/fonts/[version]/[font]/[characters]/route.ts";
import { GET as getTable } from "../../app/api/fonts/[version]/route.ts";
import { GET as findTable } from "../../app/api/fonts/route.ts";
import { namesOf } from "../../lib/layout/character-names.ts";
import { type GlyphTable, MOST_CHARACTERS, sourceOf } from "../../lib/layout/glyph-table.ts";
import { font as opened } from "../../templates/document/fonts.ts";
import { at, freshDatabasePerTest, nameOrganisation, request } from "./api-client.ts";

freshDatabasePerTest();

const find = () => findTable(request("GET", "/api/fonts"), at({}));
const versionOf = async () => (await find()).headers.get("location")?.split("/").at(-1) ?? "";
const tableFor = (version: string) => getTable(request("GET", `/api/fonts/${version}`), at({ version }));
const fontFor = (version: string, font: string, characters: string) =>
  getFont(request("GET", `/api/fonts/${version}/${font}/${characters}`), at({ version, font, characters }));
const messageOf = async (answer: Response) => ((await answer.json()) as { message: string }).message;

test("fonts are given to those who use the application only", async () => {
  expect((await find()).status).toBe(401);
  expect((await tableFor("any")).status).toBe(401);
  expect((await fontFor("any", "kai", "4e00")).status).toBe(401);
});

test("the table is found under an address that changes with the fonts, and kept", async () => {
  await nameOrganisation();
  const found = await find();
  expect(found.status).toBe(307);
  expect(found.headers.get("cache-control")).toBe("no-store");
  const version = await versionOf();
  expect(version).toMatch(/^[0-9a-f]{16}$/);
  const answer = await tableFor(version);
  expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  const file = new Uint8Array(await answer.arrayBuffer());
  expect(file.length).toBeLessThan(25_000);
  const table = JSON.parse(gunzipSync(file).toString()) as GlyphTable;
  expect(table.version).toBe(version);
  expect(sourceOf(table).advance("imitationSong", 0x516c)).toBe(1);
});

test("a font comes with the characters that were asked for and that it has, the same each time", async () => {
  await nameOrganisation();
  const version = await versionOf();
  const names = namesOf("公开公示2024𫘧喆🙂");
  const answer = await fontFor(version, "kai", names);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("font/ttf");
  expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  const file = new Uint8Array(await answer.arrayBuffer());
  const written = create(Buffer.from(file)) as Font;
  expect(String.fromCodePoint(...written.characterSet)).toBe("024公喆开示𫘧");
  for (const codePoint of written.characterSet) {
    const original = opened("kai").glyphForCodePoint(codePoint).advanceWidth;
    expect(written.glyphForCodePoint(codePoint).advanceWidth).toBe(original);
  }
  const again = await fontFor(version, "kai", names);
  expect(new Uint8Array(await again.arrayBuffer())).toEqual(file);
});

test("what there is not is refused in Chinese, and not kept", async () => {
  await nameOrganisation();
  const version = await versionOf();
  const many = (count: number) =>
    namesOf(Array.from({ length: count }, (_, index) => String.fromCodePoint(0x4e00 + index)));
  expect((await fontFor(version, "kai", many(MOST_CHARACTERS))).status).toBe(200);
  const refused = [
    { answer: await tableFor("0123456789abcdef"), status: 404, says: /已经更换，请刷新/ },
    { answer: await fontFor("0123456789abcdef", "kai", "4e00"), status: 404, says: /已经更换，请刷新/ },
    { answer: await fontFor(version, "comic", "4e00"), status: 404, says: /没有这种字体/ },
    { answer: await fontFor(version, "__proto__", "4e00"), status: 404, says: /没有这种字体/ },
    { answer: await fontFor(version, "kai", many(MOST_CHARACTERS + 1)), status: 400, says: /最多可取400个字符/ },
    { answer: await fontFor(version, "kai", "0".repeat(100_000)), status: 400, says: /有误/ },
    ...(await Promise.all(
      ["", "公开", "4e00-", "-", "110000", "zz"].map(async (names) => ({
        answer: await fontFor(version, "kai", names),
        status: 400,
        says: /字符列表有误/,
      })),
    )),
  ];
  for (const { answer, status, says } of refused) {
    expect(answer.status).toBe(status);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await messageOf(answer)).toMatch(says);
  }
});
