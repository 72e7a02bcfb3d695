import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import type { CheckRequest } from "../../lib/checks/finding.ts";
import { parsePlace } from "../../lib/checks/finding.ts";
import { openingOf } from "../../lib/report/compose.ts";
import { parsePassages, plainText } from "../../lib/report/prose.ts";
import { cityFigures2024 } from "../fixtures/public-figures.ts";
import { cases } from "./cases.ts";
import { codesOf, findingsOf, soundReport } from "./samples.ts";

/** A report with one more passage behind its overview. */
function saying(
  { format, report }: { format: CheckRequest["format"]; report: CheckRequest["report"] },
  text: string,
): CheckRequest {
  const overview = [...(report.prose.overview ?? []), ...parsePassages(text)];
  return { format, report: { ...report, prose: { ...report.prose, overview } }, stage: "submission" };
}

describe("figures that were published beside a text that tells others", () => {
  test("T2: fewer disputes in the text than in the table are a warning each", () => {
    const context = saying(
      cityFigures2024(),
      "全市行政机关全年办理政府信息公开申请3646件。因政府信息公开引发的行政复议134件、行政诉讼57件。",
    );
    expect(findingsOf(context, "N05").map(({ message }) => message)).toEqual([
      "正文称行政复议134件，表四为170件。",
      "正文称行政诉讼57件，表四为77件。",
    ]);
    expect(codesOf(check(context).filter(({ severity }) => severity !== "hint"))).toEqual(["N05", "N05"]);
  });

  /** T4: the office of a city in 2019: 821 + 18 requests of natural persons, 38 of organisations, 805 answered. */
  const office = () =>
    soundReport({
      year: 2019,
      organisation: { name: "云川市人民政府办公厅" },
      cells: {
        "requests.received.natural": 821,
        "requests.received.business": 35,
        "requests.received.legal": 2,
        "requests.received.otherOrg": 1,
        "requests.carriedIn.natural": 18,
        "requests.granted.natural": 258,
        "requests.granted.business": 14,
        "requests.partial.natural": 3,
        "requests.notMade.natural": 35,
        "requests.notHeld.natural": 313,
        "requests.notHeld.business": 21,
        "requests.notHeld.legal": 2,
        "requests.notHeld.otherOrg": 1,
        "requests.petition.natural": 158,
        "requests.carriedOut.natural": 72,
        "disputes.cases.reviewUpheld": 5,
        "disputes.cases.reviewPending": 2,
        "disputes.cases.directUpheld": 8,
        "disputes.cases.directPending": 1,
      },
    });

  test("T4: outcomes of one kind of applicant told as all, and pending cases told as upheld", () => {
    const context = saying(
      office(),
      "全年答复政府信息公开申请805件，其中予以公开及部分公开258件、无法提供372件、不予处理158件。行政复议和行政诉讼案件均获维持。",
    );
    const found = check(context).filter(({ code }) => /^N/.test(code));
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "N07 正文予以公开和部分公开258件，表三为275件。",
      "N06 正文称“均获维持”，但表四行政复议和行政诉讼合计尚有未结3件、被纠正0件。",
    ]);
  });

  test("T4: a share that is rounded wrongly", () => {
    const context = saying(office(), "全年答复政府信息公开申请805件，其中要求制作信息的35件，占4.34%。");
    expect(findingsOf(context, "N10")[0]?.message).toBe("“35件占805件”写作4.34%，应为4.35%。");
  });
});

test("a number chip is read as the number it prints", () => {
  const saysChip = (lead: string, figure: string, tail: string) => {
    const { format, report } = soundReport();
    const passage = { kind: "paragraph" as const, content: [{ text: lead }, { figure }, { text: tail }] };
    const overview = [...(report.prose.overview ?? []), passage];
    return check({ format, report: { ...report, prose: { ...report.prose, overview } }, stage: "submission" });
  };
  expect(codesOf(saysChip("收到政府信息公开申请", "requests.received.total", "件。"))).toEqual([]);
  const [finding] = saysChip("政府信息公开申请办结", "requests.carriedOut.total", "件。");
  expect(finding).toMatchObject({ code: "N02", message: "正文称“政府信息公开申请办结0件”，表三办理结果总计6件。" });
});

describe("a safe correction", () => {
  const withFix = Object.values(cases)
    .flatMap(({ fires }) => fires)
    .flatMap(({ context }) =>
      check(context).flatMap((finding) => (finding.fix ? [{ context, finding, fix: finding.fix }] : [])),
    );

  test("silences its finding and brings no other when it is made", () => {
    expect(withFix.length).toBeGreaterThan(15);
    for (const { context, finding, fix } of withFix) {
      const place = parsePlace(finding.at);
      if (place.kind !== "passage") throw new Error(`${finding.code} mends no text: ${finding.at}`);
      const mend = (text: string) => text.slice(0, place.from) + fix.text + text.slice(place.to);
      const { format, report } = context;
      const mended =
        place.part === "opening"
          ? { ...report, opening: mend(openingOf(format, report)) }
          : {
              ...report,
              prose: {
                ...report.prose,
                [place.part]: parsePassages(mend(plainText(parsed(report.prose[place.part])))),
              },
            };
      const before = codesOf(check(context));
      const after = codesOf(check({ ...context, report: mended }));
      expect(after.length, finding.message).toBe(before.length - 1);
      expect(before.filter((code) => code === finding.code).length).toBe(
        after.filter((code) => code === finding.code).length + 1,
      );
    }
  });

  const parsed = (passages: CheckRequest["report"]["prose"][string] = []) =>
    passages.map(({ kind, content }) => ({
      kind: kind === "item" ? ("paragraph" as const) : kind,
      content: content.map((inline) => ({ text: "text" in inline ? inline.text : "" })),
    }));
});

/** Texts of a length no report has, made to send a careless pattern back and forth. */
const hostile: readonly string[] = [
  ...["1", "百", "1,", " ", "（", "《<", "、", "\n"],
  ...["其中1条，", "其中1条。", "（1条", "从1元增到2元，增长1%，"],
  ...["收到申请1件，", "未收到", "复议1件，", "均维持"],
  ...["2023年，", "公开政府信息", "县科技局", "一是", "《条例》", "[2024", "邮箱：a ", "{", "申请人："],
];

test.each(hostile)("the check of 200 000 characters of %j ends", (piece) => {
  const text = piece.repeat(Math.ceil(200_000 / piece.length)).slice(0, 200_000);
  const findings = check(saying(soundReport(), text));
  expect(findings.every(({ message }) => message.length > 0)).toBe(true);
});
