import { describe, expect, it } from "vitest";
import { type KeptText, keptText, type WrittenSection } from "../../lib/checks/kept-text.ts";
import { parsePassages, plainText } from "../../lib/report/prose.ts";
import type { PrintedPassage } from "../../lib/report/report.ts";

const agency = "青禾县自然资源局";
const section = (year: number, text: string | readonly PrintedPassage[], name = agency): WrittenSection => ({
  year,
  agency: name,
  passages: typeof text === "string" ? parsePassages(text) : text,
});
const kept = (now: string, before: string) => keptText(section(2024, now), section(2023, before));
/** The tokens as `kind text→proposal`. */
const tokensOf = ({ sentences }: Pick<KeptText, "sentences">): string[] =>
  sentences.flatMap(({ tokens }) =>
    tokens.map(({ kind, text, proposal }) => `${kind} ${text}${proposal === undefined ? "" : `→${proposal}`}`),
  );

describe("text that is last year's", () => {
  it("names unchanged sentences with their years, numbers and bodies, at the places of the plain text", () => {
    const text = "（一）主动公开情况\n2023年，本机关发布信息128条。\n县政务公开办公室组织培训两次。";
    const { sentences, likeness } = kept(text, text);
    expect(likeness).toEqual({ share: 1 });
    const said = plainText(parsePassages(text));
    expect(sentences.map(({ from, to }) => said.slice(from, to))).toEqual([
      "2023年，本机关发布信息128条。",
      "县政务公开办公室组织培训两次。",
    ]);
    expect(sentences.every(({ isUnchanged }) => isUnchanged)).toBe(true);
    expect(tokensOf({ sentences })).toEqual([
      "year 2023年→2024年",
      "number 128条",
      "name 县政务公开办公室",
      "number 两次",
    ]);
    for (const { tokens } of sentences) {
      for (const { text: token, from, to } of tokens) expect(said.slice(from, to)).toBe(token);
    }
  });

  it("forgets a figure that was brought up to date, and keeps those that were not", () => {
    const { sentences } = kept("2024年，发布信息135条，解读7件。", "2023年，发布信息128条，解读7件。");
    expect(sentences.map(({ isUnchanged }) => isUnchanged)).toEqual([false]);
    expect(tokensOf({ sentences })).toEqual(["number 7件"]);
  });

  it("forgets a sentence that was reworded, wherever it stands", () => {
    expect(kept("网站改版以后，发布信息128条。", "发布信息128条。").sentences).toEqual([]);
    expect(kept("新的一句。\n发布信息128条。", "发布信息128条。\n别的。").sentences).toHaveLength(1);
  });

  it("knows a sentence again without regard to blanks and the width of digits and marks", () => {
    expect(tokensOf(kept("２０２３年，发布 128 条。", "2023年,发布128条。"))).toEqual([
      "year ２０２３年→2024年",
      "number 128 条",
    ]);
  });

  it("leaves headings alone that hold nothing to look at", () => {
    expect(kept("（一）主动公开情况", "（一）主动公开情况").sentences).toEqual([]);
    expect(tokensOf(kept("（一）2023年存在的问题", "（一）2023年存在的问题"))).toEqual(["year 2023年→2024年"]);
  });

  it.each([
    ["与2022年相比增加3件。", ["year 2022年→2023年", "number 3件"]],
    ["计划在2024年完成。", ["year 2024年→2025年"]],
    ["统计期限为2023年1月1日至2023年12月31日。", ["year 2023年→2024年", "year 2023年→2024年"]],
    ["2023年5月12日召开会议。", ["year 2023年"]],
    ["落实规划（2021—2025年）。", ["year 2021", "year 2025年"]],
    ["依据国办函〔2020〕109号收取。", ["year 2020"]],
    ["自2019年起公开。", ["year 2019年"]],
    ["印发《2023年政务公开工作要点》。", ["year 2023年→2024年"]],
    ["二〇二三年没有收到申请。", ["year 二〇二三年→2024年"]],
    ["1.公开还不及时。", []],
  ])("%s", (text, tokens) => {
    const years = tokensOf(kept(text, text)).filter((token) => token.startsWith("year") || tokens.includes(token));
    expect(years).toEqual(tokens);
  });

  it.each([
    ["向县人民政府报送。", ["县人民政府"]],
    ["会同县司法局、县财政局审核。", ["县司法局", "县财政局"]],
    ["主动公开政府信息，服务全局，坚持以人民为中心。", []],
    ["本局没有收到申请。", []],
    ["青禾县自然资源局设专栏。", []],
  ])("bodies in: %s", (text, names) => {
    const found = kept(text, text).sentences.flatMap(({ tokens }) => tokens.filter(({ kind }) => kind === "name"));
    expect(found.map(({ text: name }) => name)).toEqual(names);
  });

  it("proposes the new name of an agency that was renamed", () => {
    const text = "青禾县国土资源局设专栏。";
    const before = section(2023, text, "青禾县国土资源局");
    expect(tokensOf(keptText(section(2024, text), before))).toEqual(["name 青禾县国土资源局→青禾县自然资源局"]);
  });

  it("never names figures that follow the tables", () => {
    const passages: PrintedPassage[] = [
      {
        kind: "paragraph",
        content: [{ text: "收到申请" }, { text: "12", figure: "requests.received.total" }, { text: "件，办结12件。" }],
      },
    ];
    const { sentences } = keptText(section(2024, passages), section(2023, "收到申请12件，办结12件。"));
    const [only] = sentences;
    expect(sentences).toHaveLength(1);
    expect(only?.tokens.map(({ from, to }) => [from, to])).toEqual([[10, 13]]);
  });

  it("says how like the whole is, as the check of copies judges it", () => {
    const text = "本机关依托门户网站设立专栏，按月更新机构职能、办事指南和政策解读，并在办事大厅设查阅点。".repeat(3);
    const other = "今年新开设的视频号以短片讲解审批流程，居民扫码即可看到，评论区由窗口人员轮流答复，全年无休。".repeat(
      3,
    );
    expect(kept(text, text).likeness).toEqual({ share: 1, level: "very" });
    expect(kept(text, text.replaceAll("12", "13")).likeness.level).toBe("very");
    expect(kept(other, text).likeness).toEqual({ share: 0 });
    expect(kept("", text).likeness).toEqual({ share: 0 });
  });

  it("reads a long section sentence by sentence", () => {
    const sentence = "2023年，本机关通过网站发布信息128条，其中政策解读7件，办事指南36项。";
    const text = Array.from({ length: 600 }, (_, index) => `${sentence}第${index}段。`).join("\n");
    expect(kept(text, text).sentences).toHaveLength(1200);
  });
});
