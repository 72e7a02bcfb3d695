import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../lib/checks/finding.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import type { Report } from "../../lib/report/report.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderHtmlPage } from "../../templates/document/html.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { everyAspect, soundReport } from "../checks/samples.ts";
import { sampleReport } from "../documents/reports.ts";

const root = join(import.meta.dirname, "../..");
const document = (name: string) => join(root, "tests/fixtures/documents", `${name}.txt`);
const faultless = document("markdown-shifted-totals");
const faulty = document("pipes-lost-middle");

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "report-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const report = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["lib/cli/report.ts", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

/** A report in its JSON form that no check finds an error in, changed as wanted. */
function reportFile(name: string, change: (report: Report) => Report): string {
  const [format] = formats.slice(-1);
  if (!format) throw new Error("no format");
  const imported = JSON.parse(report("import", faultless, "--json").stdout) as { report: Report };
  const file = join(directory, name);
  const whole = emptyReport(format, imported.report.year, imported.report.organisation);
  writeFileSync(file, JSON.stringify(change({ ...whole, ...imported.report })));
  return file;
}

const unbalanced = (given: Report): Report => ({
  ...given,
  tables: {
    ...given.tables,
    requests: { ...given.tables.requests, carriedIn: { ...given.tables.requests?.carriedIn, natural: 99 } },
  },
});

describe("check", () => {
  test("a report without errors ends with 0 and lists what remains in Chinese", () => {
    const { status, stdout, stderr } = report("check", faultless);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(`${faultless}：错误 0 项，`);
  });

  test("an error ends with 1, and its line names place and figures", () => {
    const { status, stdout } = report("check", reportFile("unbalanced.json", unbalanced));
    expect(status).toBe(1);
    expect(stdout).toMatch(/错误 [1-9]\d* 项，/);
    expect(stdout).toMatch(/错误 B01 \[requests\.\w+\.natural\] “自然人”列勾稽不平：\D*\d+＋\D*99＝/);
  });

  test("with --json there is one document, a list with an entry a file", () => {
    const files = [faultless, reportFile("unbalanced.json", unbalanced)];
    const both = report("check", ...files, "--json");
    expect(both.status).toBe(1);
    const list = JSON.parse(both.stdout) as { file: string; findings: Finding[] }[];
    expect(list.map(({ file }) => file)).toEqual(files);
    expect(list[0]?.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(list[1]?.findings[0]).toMatchObject({ code: "B01", severity: "error" });
    expect(Object.keys(list[1]?.findings[0] ?? {})).toEqual(
      expect.arrayContaining(["code", "severity", "at", "message", "params"]),
    );
    expect(JSON.parse(report("check", faultless, "--json").stdout)).toHaveLength(1);
  });

  test("a published total that is wrong is found", () => {
    const file = join(directory, "wrong-total.txt");
    const text = readFileSync(document("cut-tables"), "utf8");
    const row = /^一、本年新收.*$/m.exec(text)?.[0] ?? "";
    const cells = row.split("\t");
    const wrong = cells.with(8, String(Number(cells[8]) + 5)).join("\t");
    expect(wrong).not.toBe(row);
    writeFileSync(file, text.replace(row, wrong));
    const { status, stdout } = report("check", file, "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)[0].findings).toContainEqual(
      expect.objectContaining({ code: "B02", at: "requests.received.total" }),
    );
  });

  test("a file that cannot be read ends with 2, says why, and the others are still checked", () => {
    const missing = join(directory, "没有.txt");
    const { status, stdout, stderr } = report("check", missing, faultless, "--json");
    expect(status).toBe(2);
    expect(stderr).toBe(`${missing}：没有这个文件或目录。\n`);
    expect(JSON.parse(stdout)).toHaveLength(1);
    const binary = join(directory, "scan.pdf");
    writeFileSync(binary, "%PDF-1.7\n");
    expect(report("check", binary)).toMatchObject({ status: 2, stderr: expect.stringMatching(/PDF 文件已损坏/) });
    expect(report("check", faultless, "--last", binary)).toMatchObject({ status: 2, stdout: "" });
  });

  test("a folder is checked whole, whatever kinds of file are in it, a finding list each", async () => {
    const folder = join(directory, "年报");
    const below = join(folder, "乡镇");
    mkdirSync(below, { recursive: true });
    const [format] = formats.slice(-1);
    if (!format) throw new Error("no format");
    const document = compose(format, sampleReport(format), false);
    writeFileSync(join(folder, "a.docx"), await renderDocx(document));
    writeFileSync(join(folder, "b.pdf"), await renderPdf(document));
    writeFileSync(join(below, "d.html"), renderHtmlPage(document));
    copyFileSync(faultless, join(folder, "c.txt"));
    for (const unseen of ["~$a.docx", ".hidden"]) writeFileSync(join(folder, unseen), "锁");
    const { status, stdout, stderr } = report("check", folder, "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const listed = JSON.parse(stdout) as { file: string; findings: Finding[] }[];
    const [word, pdf, text, page] = listed;
    expect(listed.map(({ file }) => relative(folder, file))).toEqual([
      "a.docx",
      "b.pdf",
      "c.txt",
      join("乡镇", "d.html"),
    ]);
    expect(word?.findings.length).toBeGreaterThan(3);
    expect(pdf?.findings).toEqual(word?.findings);
    expect(page?.findings).toEqual(word?.findings);
    expect(text?.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    writeFileSync(join(folder, "e.doc"), Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0));
    const again = report("check", folder, "--json");
    expect(again.status).toBe(2);
    expect(again.stderr).toBe(
      `${join(folder, "e.doc")}：这是旧版 Word 或 WPS 文档（.doc、.wps），不能直接读取。请用 WPS 打开，另存为 DOCX 后再试。\n`,
    );
    expect(JSON.parse(again.stdout)).toHaveLength(4);
    const empty = join(directory, "空");
    mkdirSync(empty);
    expect(report("check", empty)).toMatchObject({ status: 2, stderr: `${empty}：目录里没有文件。\n` });
  });

  test("reports of a folder are held against each other, and what is found is written as lists to send back", async () => {
    const folder = join(directory, "互相核对");
    mkdirSync(folder);
    const name = "青川市云岭区档案馆";
    const copied =
      "本馆按季度清点查阅点的目录，缺页当天补印，读者提出的问题由值班人员逐条登记，三日内给出书面答复并在馆内张贴，年底汇总成册供来馆群众翻阅，所需经费列入当年预算。";
    const prose = { overview: `${everyAspect}\n${copied}` };
    const before = soundReport({ year: 2023, organisation: { name }, cells: { "requests.carriedOut.natural": 2 } });
    const now = soundReport({ year: 2024, organisation: { name }, prose });
    const other = soundReport({ year: 2024, organisation: { name: "青川市云岭区水务局" }, prose });
    for (const [file, { format, report: made }] of Object.entries({ "1.txt": before, "2.txt": now, "3.txt": other })) {
      writeFileSync(join(folder, file), documentText(compose(format, made, false)));
    }
    writeFileSync(join(folder, "4.pdf"), "%PDF-1.7\n");
    const lists = ["docx", "html"].map((kind) => join(directory, `整改清单.${kind}`));
    const asked = [...lists.flatMap((list) => ["--list", list]), "--sender", "青川市云岭区政务公开办公室"];
    const { status, stdout } = report("check", folder, "--json", ...asked);
    expect(status).toBe(2);
    const [, second, third] = JSON.parse(stdout) as { findings: Finding[] }[];
    const codes = (one: typeof second) => one?.findings.map(({ code }) => code) ?? [];
    expect(codes(second)).toEqual(expect.arrayContaining(["X01", "D02"]));
    expect(codes(third)).toContain("D02");
    expect(codes(third)).not.toContain("X01");
    const [word = "", page = ""] = lists;
    const said = readFileSync(page, "utf8");
    for (const words of ["整改清单", "上年结转0件，与2023年报告", "PDF 文件已损坏", "政务公开办公室", "2.txt"]) {
      expect(said).toContain(words);
    }
    expect(strFromU8(unzipSync(readFileSync(word))["word/document.xml"] ?? new Uint8Array())).toContain(
      "政务公开办公室",
    );
    expect(report("check", folder, "--list", join(directory, "清单.pdf"))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/整改清单只能写成 \.docx、\.html/),
    });
  });

  test("local requirements are checked too, and a pack that is none is refused", () => {
    const pack = "docs/requirements/example.json";
    const { stdout } = report("check", faultless, "--requirements", join(root, pack), "--json");
    const codes = (JSON.parse(stdout)[0].findings as Finding[]).map(({ code }) => code);
    expect(codes).toContain("L01");
    expect(report("check", faultless, "--json").stdout).not.toContain("L01");
    const wrong = join(directory, "wrong-pack.json");
    writeFileSync(wrong, JSON.stringify({ name: "云岭区要求", years: { from: 2024 }, colour: "red" }));
    expect(report("check", faultless, "--requirements", wrong)).toEqual({
      status: 2,
      stdout: "",
      stderr: `${wrong}：不是地方要求文件：不认识的项目“colour”。\n`,
    });
    expect(report("check", faultless, "--requirements", faultless)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/内容不是 JSON/),
    });
  });

  test("last year's closing figures must be this year's opening ones", () => {
    const closedWith = (more: number) => (given: Report) => {
      const opened = given.tables.requests?.carriedIn ?? {};
      const carriedOut = { ...opened, natural: Number(opened.natural) + more };
      return {
        ...given,
        year: given.year - 1,
        tables: { ...given.tables, requests: { ...given.tables.requests, carriedOut } },
      };
    };
    const codes = (more: number) => {
      const last = reportFile(`last-${more}.json`, closedWith(more));
      const { stderr, stdout } = report("check", faultless, "--last", last, "--json");
      expect(stderr).toBe("");
      const [checked] = JSON.parse(stdout) as { findings: Finding[] }[];
      return checked?.findings.map(({ code, at }) => `${code} ${at}`);
    };
    expect(codes(7)).toContain("X01 requests.carriedIn.natural");
    expect(codes(0)?.filter((finding) => finding.startsWith("X01"))).toEqual([]);
  });

  test("a report that is not last year's is said not to have been used", () => {
    const { status, stdout, stderr } = report("check", faultless, "--last", faultless, "--json");
    expect(status).toBe(0);
    expect(stderr).toMatch(/这是2024年度报告，不是.*（2024年度）的上一年，没有用来核对。\n$/);
    expect(stdout).not.toContain("X01");
  });

  test("a report with only the parts that must be there is judged, and so are figures that are none", () => {
    const file = join(directory, "partial.json");
    const partial = {
      format: formats.at(-1)?.id,
      year: 2024,
      organisation: { name: "某某县科学技术局" },
      tables: {
        disclosed: { rules: { issued: 1.5, repealed: null }, fees: { charged: 12.5 } },
        requests: { received: { natural: "１２", business: -1 }, carriedOut: { natural: 0 } },
      },
    };
    writeFileSync(file, `\ufeff${JSON.stringify(partial, null, 2).replaceAll("\n", "\r\n")}`);
    const { status, stdout, stderr } = report("check", file, "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const [checked] = JSON.parse(stdout) as { findings: Finding[] }[];
    const errors = checked?.findings
      .filter(({ severity }) => severity === "error")
      .map(({ code, at }) => `${code} ${at}`);
    expect(errors).toEqual(
      expect.arrayContaining([
        "V01 disclosed.rules.issued",
        "V01 requests.received.business",
        "B01 requests.received.natural",
        "S03 overview",
      ]),
    );
  });

  test("every key that is not known is named, on one line", () => {
    const file = join(directory, "unknown.json");
    const tables = { requests: { received: { nobody: 1 }, handled: {} } };
    writeFileSync(
      file,
      JSON.stringify({ format: formats.at(-1)?.id, year: 2024, organisation: { name: "甲局" }, tables, colour: 1 }),
    );
    const { status, stdout, stderr } = report("check", file, "--json");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "[]\n" });
    for (const key of ["tables.requests.received.nobody", "tables.requests.handled", "colour"]) {
      expect(stderr).toContain(`不认识的项目“${key}”。`);
    }
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("import", () => {
  test("gives the report and its findings, and the report can be read again", () => {
    const { status, stdout, stderr } = report("import", faultless, "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { report: imported, findings } = JSON.parse(stdout) as { report: Report; findings: Finding[] };
    expect(imported.organisation.name).toBe("青川市云岭区档案馆");
    expect(findings.every(({ severity }) => severity !== "error")).toBe(true);
    const again = join(directory, "again.json");
    writeFileSync(again, JSON.stringify(imported));
    expect(JSON.parse(report("import", again, "--json").stdout).report).toEqual(imported);
  });

  test("without --json says what was read and what was not", () => {
    const { stdout } = report("import", faulty);
    expect(stdout).toContain("石桥县水务局2020年政府信息公开工作年度报告");
    expect(stdout).toMatch(/三、收到和处理政府信息公开申请情况：66 \/ 132 格有内容/);
    expect(stdout).toMatch(/读入说明 .*“属于行政执法案卷”/);
  });

  test("our own Word file is told by its content and gives the very report it was made from, for checking too", async () => {
    const { report: original, findings } = JSON.parse(report("import", faultless, "--json").stdout);
    const format = formats.find(({ id }) => id === original.format);
    if (!format) throw new Error("no format");
    const file = join(directory, "carries");
    const data = new TextEncoder().encode(JSON.stringify(original));
    writeFileSync(file, await renderDocx(compose(format, original, false), { data }));
    const read = report("import", file, "--json");
    expect(read).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(read.stdout).report).toEqual(original);
    const codes = (list: Finding[]) => list.map(({ code, at }) => `${code} ${at}`);
    const checked = report("check", file, "--json");
    expect(checked).toMatchObject({ status: 0, stderr: "" });
    expect(codes(JSON.parse(checked.stdout)[0].findings)).toEqual(codes(JSON.parse(read.stdout).findings));
    expect(codes(findings)).toEqual(expect.arrayContaining(codes(JSON.parse(read.stdout).findings)));
    expect(report("check", faultless, "--last", file, "--json").stderr).toMatch(/没有用来核对/);
  });

  test("with --json what was not read is said on standard error alone", () => {
    const { stdout, stderr } = report("import", faulty, "--json");
    expect(Object.keys(JSON.parse(stdout))).toEqual(["report", "findings"]);
    expect(stderr.split("\n")[0]).toMatch(/pipes-lost-middle\.txt：“二、主动公开/);
  });
});

describe("render", () => {
  test("marks a report as a draft that opens otherwise than last year's closed", () => {
    const [last = "", now = ""] = [2023, 2024].map((year) => {
      const cells = { "requests.carriedOut.natural": year === 2023 ? 2 : 0 };
      const { format, report: made } = soundReport({ year, cells });
      const file = join(directory, `${year}.txt`);
      writeFileSync(file, documentText(compose(format, made, false)));
      return file;
    });
    const to = ["--to", "txt", "--out", join(directory, "对照上年")];
    expect(report("render", now, ...to)).toMatchObject({ status: 0, stdout: expect.not.stringContaining("草稿") });
    expect(report("render", now, ...to, "--last", last)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("草稿"),
    });
  });

  test("writes one file a kind, named like the downloads", () => {
    const out = join(directory, "新", "目录");
    const { status, stderr, stdout } = report("render", faultless, "--to", "docx,pdf,html,txt,json", "--out", out);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const title = "青川市云岭区档案馆2024年政府信息公开工作年度报告";
    const names = ["docx", "pdf", "html", "txt", "json"].map((kind) => `${title}.${kind}`);
    expect(readdirSync(out).sort()).toEqual(names.toSorted());
    expect(stdout.trim().split("\n")).toEqual(names.map((name) => join(out, name)));
    const starts = names.map((name) => readFileSync(join(out, name)).subarray(0, 5).toString("latin1"));
    expect(starts[0]?.slice(0, 2)).toBe("PK");
    expect(starts[1]).toBe("%PDF-");
    const [, , , text = "", json = ""] = names.map((name) => join(out, name));
    const read = (file: string) => JSON.parse(report("import", file, "--json").stdout).report;
    expect(read(text).tables).toEqual(read(json).tables);
    expect(read(json)).toEqual(read(faultless));
  });

  test("a report with errors is written as a draft and ends with 1", () => {
    const out = join(directory, "draft");
    const file = reportFile("unbalanced.json", unbalanced);
    const { status } = report("render", file, "--to", "txt", "--out", out);
    expect(status).toBe(1);
    expect(readdirSync(out)).toEqual(["青川市云岭区档案馆2024年政府信息公开工作年度报告（草稿）.txt"]);
  });

  test("two reports of the same title do not overwrite each other", () => {
    const out = join(directory, "twice");
    const copy = join(directory, "copy.txt");
    copyFileSync(faultless, copy);
    expect(report("render", faultless, copy, "--to", "txt", "--out", out).status).toBe(0);
    const title = "青川市云岭区档案馆2024年政府信息公开工作年度报告";
    expect(readdirSync(out).sort()).toEqual([`${title}.txt`, `${title}（2）.txt`].sort());
  });

  test("says what is missing or impossible", () => {
    expect(report("render", faultless, "--out", directory).stderr).toMatch(/--to/);
    expect(report("render", faultless, "--to", "txt").stderr).toMatch(/--out/);
    expect(report("render", faultless, "--to", "rtf", "--out", directory)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/不能生成“rtf”/),
    });
    expect(report("render", faultless, "--to", "txt", "--out", copyOfFile())).toMatchObject({ status: 2, stdout: "" });
  });
});

describe("rollup", () => {
  const NATURAL = "requests.received.natural";
  const agency = (name: string, year: number, natural: number, charged = "0") => {
    const cells = { [NATURAL]: natural, "requests.granted.natural": natural, "disclosed.fees.charged": charged };
    return soundReport({ year, organisation: { name }, cells });
  };
  let region = "";
  let own = "";

  beforeAll(async () => {
    region = join(directory, "全区");
    mkdirSync(region);
    const archive = agency("青川市云岭区档案馆", 2024, 7, "0.1");
    const water = agency("青川市云岭区水务局", 2024, 4, "0.2");
    writeFileSync(join(region, "a.docx"), await renderDocx(compose(archive.format, archive.report, false)));
    writeFileSync(join(region, "b.json"), JSON.stringify(water.report));
    writeFileSync(join(region, "c.txt"), documentText(compose(water.format, water.report, false)));
    const before = agency("青川市云岭区水务局", 2023, 90);
    writeFileSync(join(region, "d.json"), JSON.stringify(before.report));
    own = join(region, "本级.json");
    writeFileSync(own, JSON.stringify(agency("青川市云岭区人民政府", 2024, 11, "0.3").report));
  });

  const adjustments = (list: unknown): string => {
    const file = join(directory, "调整.json");
    writeFileSync(file, JSON.stringify(list));
    return file;
  };
  const adjustment = { unit: "青川市云岭区水务局", cell: NATURAL, delta: -1, reason: "与档案馆重复登记" };

  test("adds up a folder and prints the tables; what is left out is named with the reason", () => {
    const { status, stdout, stderr } = report("rollup", region);
    expect(status).toBe(0);
    expect(stderr.trim().split("\n")).toEqual([
      `${join(region, "c.txt")}：与${join(region, "b.json")}是同一单位的报告，没有重复计入。`,
      `${join(region, "d.json")}：这是2023年度报告，汇总的是2024年度，没有计入。`,
    ]);
    expect(stdout).toContain("2024年度报告汇总：3个单位");
    expect(stdout).toContain("  行政事业性收费 ｜ 0.6\n");
    expect(stdout).toMatch(/ {2}一、本年新收政府信息公开申请数量 ｜ 22 ｜ 0 ｜ 0 ｜ 0 ｜ 0 ｜ 0 ｜ 22\n/);
  });

  test("a region's own report is held against the sum and the adjustments", () => {
    const { status, stdout, stderr } = report("rollup", region, "--against", own, "--json");
    expect({ status, lines: stderr.trim().split("\n").length }).toEqual({ status: 0, lines: 2 });
    const sum = JSON.parse(stdout);
    expect(sum.units.map(({ unit }: { unit: string }) => unit)).toEqual(["青川市云岭区档案馆", "青川市云岭区水务局"]);
    expect(sum.leftOut).toHaveLength(2);
    expect(sum.tables.disclosed.fees.charged).toBe("0.3");
    const regional = (text: string) =>
      (JSON.parse(text).findings as Finding[])
        .filter(({ code }) => code.startsWith("R"))
        .map(({ code, at }) => [code, at]);
    expect(regional(stdout)).toEqual([]);
    const asked = ["--against", own, "--adjustments", adjustments([adjustment])];
    const adjusted = report("rollup", region, ...asked, "--json");
    expect(JSON.parse(adjusted.stdout).tables.requests.received.natural).toBe(10);
    expect(regional(adjusted.stdout)).toEqual([["R01", NATURAL]]);
    const listing = report("rollup", region, ...asked).stdout;
    expect(listing).toContain("青川市云岭区水务局　本年新收政府信息公开申请数量·自然人　-1　与档案馆重复登记");
    expect(listing).toMatch(/警告 R01 \[requests\.received\.natural\] .*汇总应为10（2个单位合计，含1项调整），现为11/);
  });

  test("every mistake in the adjustments is told, and nothing is added up", () => {
    const file = adjustments([
      adjustment,
      { ...adjustment, unit: "青川市云岭区民政局" },
      { ...adjustment, cell: "requests.received.total" },
      { ...adjustment, delta: "两件", reason: "" },
      { ...adjustment, delta: 0 },
      { ...adjustment, cell: "requests.carriedOut.natural" },
    ]);
    const { status, stdout, stderr } = report("rollup", region, "--adjustments", file);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    const problems = stderr.split("\n").filter((line) => line.startsWith(file));
    for (const [index, problem] of [
      "第2项：“青川市云岭区民政局”不在计入的单位中。",
      "第3项：“本年新收政府信息公开申请数量·总计”由别的格相加得出",
      "第4项：没有写明原因（reason）",
      "第5项：调整数“0”不对",
      "第6项：青川市云岭区水务局的“结转下年度继续办理·自然人”没有这么多，调整后小于0。",
    ].entries()) {
      expect(problems[index]).toContain(problem);
    }
    expect(problems).toHaveLength(5);
    expect(report("rollup", region, "--adjustments", adjustments({})).stderr).toContain("不是调整文件：应为列表。");
    expect(report("rollup", region, "--adjustments", faultless).stderr).toContain("不是调整文件：内容不是 JSON。");
  });

  test("the sum is written as a workbook; a file that cannot be read ends with 2", () => {
    const workbook = join(directory, "汇总.xlsx");
    const broken = join(directory, "broken.pdf");
    writeFileSync(broken, "%PDF-1.7\n");
    const asked = ["--adjustments", adjustments([adjustment]), "--out", workbook];
    const { status, stderr } = report("rollup", region, broken, ...asked);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/PDF 文件已损坏/) });
    const parts = Object.values(unzipSync(readFileSync(workbook))).map((part) => strFromU8(part));
    for (const words of ["水务局（调整）", "与档案馆重复登记", "broken.pdf", "<f>SUM("]) {
      expect(
        parts.some((part) => part.includes(words)),
        words,
      ).toBe(true);
    }
    expect(report("rollup", region, "--out", "汇总.docx").stderr).toBe("汇总.docx：汇总只能写成 .xlsx。\n");
    expect(report("rollup", broken)).toMatchObject({ status: 2, stdout: "" });
  });
});

describe("the command line itself", () => {
  test("outline prints the tables of every format", () => {
    for (const { id } of formats) {
      const { status, stdout } = report("outline", id);
      expect(status).toBe(0);
      expect(stdout).toContain("行政处罚");
      expect(stdout).toContain("一、本年新收政府信息公开申请数量");
    }
    expect(report("outline", "1999-1")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/没有“1999-1”/),
    });
  });

  test("what cannot be done ends with 2 and Chinese on standard error", () => {
    for (const args of [
      [],
      ["nonsense"],
      ["check"],
      ["rollup"],
      ["check", faultless, "--colour"],
      ["import", faultless, faulty],
    ]) {
      const { status, stdout, stderr } = report(...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/用法/);
    }
  });

  test("npm run -s report passes everything on", () => {
    const args = ["run", "-s", "report", "--", "check", faulty, "--json"];
    const { stdout } = spawnSync("npm", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
    expect(JSON.parse(stdout)).toHaveLength(1);
  });
});

function copyOfFile(): string {
  const file = join(directory, "file");
  if (!existsSync(file)) writeFileSync(file, "");
  return file;
}
