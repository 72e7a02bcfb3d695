import { describe, expect, test } from "vitest";
import { checkAmong, lastYearOf } from "../../lib/checks/checkup.ts";
import { checkedReport } from "../../lib/checks/corrections.ts";
import { soundReport } from "./samples.ts";

const name = "青川县云岭区（新区）管理委员会办公室";
const carried = { "requests.received.natural": 7, "requests.carriedOut.natural": 1 };
const before = soundReport({ year: 2023, organisation: { name }, cells: carried });
const now = soundReport({ year: 2024, organisation: { name: " 青川县云岭区(新区) 管理委员会办公室" } });

describe("reports that are checked together", () => {
  test("the year before is found by the agency's name, whatever its brackets and blanks", () => {
    expect(lastYearOf(now, [now, before])).toBe(before);
    const found = checkAmong(now, [now, before]).filter(({ code }) => code === "X01");
    expect(found.map(({ at }) => at)).toEqual(["requests.carriedIn.natural"]);
    expect(found[0]?.message).toMatch(/0件.*2023年.*1件/);
  });

  test("another agency's report and one of another year are no last year's", () => {
    const stranger = soundReport({ year: 2023, cells: carried });
    const older = soundReport({ year: 2022, organisation: { name }, cells: carried });
    expect(lastYearOf(now, [stranger, older])).toBeUndefined();
    expect(checkAmong(now, [stranger, older]).map(({ code }) => code)).not.toContain("X01");
  });

  test("a paragraph of another agency of the same year is found, the agency's own copy is not", () => {
    const text =
      "本机关全年围绕群众关心的科技项目、人才奖补和成果转化公开信息，逐条核对后发布，并在政务大厅设置查阅点，安排专人解答群众提出的各种问题。";
    const prose = { overview: `${"主动公开、依申请公开、政府信息管理、平台建设和监督保障均已开展。"}\n${text}` };
    const mine = soundReport({ organisation: { name }, prose });
    const copy = soundReport({ organisation: { name }, prose });
    const other = soundReport({ organisation: { name: "青川县水务局" }, prose });
    const copied = (all: (typeof mine)[]) => checkAmong(mine, all).filter(({ code }) => code === "D02").length;
    expect(copied([mine, copy])).toBe(0);
    expect(copied([mine, other])).toBe(1);
  });

  test("local requirements count as in every other check", () => {
    const pack = { name: "云岭区要求", years: { from: 2024 }, dataPoints: [], headings: [], longest: { overview: 10 } };
    expect(checkAmong(now, [], { requirements: [pack] }).map(({ code }) => code)).toContain("S08");
  });
});

describe("findings in words", () => {
  const { format, report } = soundReport({
    organisation: { name },
    cells: { "requests.received.natural": 9 },
    prose: { other: `本机关未收取信息处理费。依据国办公开办函[2021]30号编制。${"其他事项均已报告。".repeat(3)}` },
  });
  const one = { format, report };
  const { corrections, ...rest } = checkedReport(
    "报告.docx",
    { ...one, notes: ["有一行没有读懂。"] },
    checkAmong(one, []),
  );

  test("name the file, the agency and what could not be read", () => {
    expect(rest).toEqual({ file: "报告.docx", organisation: name, year: 2024, notes: ["有一行没有读懂。"] });
  });

  test("name a cell by its table and its lines, with the figures of both sides", () => {
    const balance = corrections.find(({ message }) => message.includes("勾稽不平"));
    expect(balance?.place).toMatch(/^表三：.*自然人/);
    expect(balance?.message).toMatch(/＝9，.*＝6，相差3件/);
    expect(balance?.quote).toBe("");
  });

  test("quote a few words with those around them, and say what to put in their place", () => {
    const number = corrections.find(({ fix }) => fix);
    expect(number).toMatchObject({
      place: format.sections.at(-1)?.heading,
      fix: { to: expect.stringContaining("〔2021〕") },
    });
    expect(number?.quote).toContain(number?.fix?.from);
    expect(number?.quote).toMatch(/…/);
  });

  test("are shortened where a text is longer than any list has room for", () => {
    const long = "长".repeat(5_000);
    const [line] = checkedReport(long, { ...one, notes: [long] }, [
      { code: "V01", severity: "error", at: "overview:0-4000", message: long, advice: long, params: {} },
    ]).corrections;
    expect(line?.message).toHaveLength(2_000);
    expect(line?.message.endsWith("…")).toBe(true);
  });
});
