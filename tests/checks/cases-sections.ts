import { type Cases, fine, lastYear, overview, saying, slip } from "./case.ts";
import { drafting, everyAspect, soundReport, toSubmit } from "./samples.ts";

const fee = (charged: string) => ({ "disclosed.fees.charged": charged });
const documents = (issued: number, repealed: number, inForce: number) => ({
  "disclosed.normative.issued": issued,
  "disclosed.normative.repealed": repealed,
  "disclosed.normative.inForce": inForce,
});
const government = { name: "云岭市人民政府" };
const aspects = (text: string) => ({ prose: { overview: text } });
const signed = (
  date: string,
  more: Parameters<typeof toSubmit>[0] = {},
  context: Parameters<typeof toSubmit>[1] = {},
) => {
  const sound = toSubmit(more, context);
  return { ...sound, report: { ...sound.report, closing: { date } } };
};
const pack = {
  name: "云岭区2024年度年报编制要求",
  years: { from: 2024, to: 2024 },
  dataPoints: [
    { section: "overview", name: "政策解读条数", words: ["政策解读", "解读材料"], number: true },
    { section: "overview", name: "政务公开专区设置情况", words: ["专区"], number: false },
  ],
  longest: { overview: 120 },
  headings: [{ section: "other", heading: "信息处理费收取情况" }],
};
const early = { ...pack, deadline: { department: "01-10" } };
const otherInPack = { other: "（一）信息处理费收取情况\n2024年，本机关未收取信息处理费。" };
const packed = (text: string, year = 2024, prose = otherInPack) =>
  saying("overview", text, { year, prose, context: { requirements: [pack] } });
const inPack = "发布政策解读12条，设有政务公开专区。";
const words =
  "科技特派员下乡指导生产。企业研发平台稳定运行。产业园区建设加快。创新券兑付顺利。高新企业数量增长。技术合同登记活跃。人才团队逐步壮大。科普活动丰富多彩。";

/** Fees, last year's report, what sections must hold, dates, local requirements. */
export const sectionCases = {
  F01: {
    fires: [
      slip(
        [
          "other",
          "2024年，对3件申请收取信息处理费600元。",
          "600元",
          "写明收取信息处理费600元，但“主动公开政府信息情况”填报的收费只有0.05万元",
        ],
        { cells: fee("0.05") },
      ),
    ],
    silent: [
      fine("other", "2024年，对3件申请收取信息处理费600元。", { cells: fee("0.06") }),
      fine("other", "2024年，发出收费通知3件，金额600元，未收取信息处理费。", { cells: fee("0") }),
      fine("other", "2024年，收取信息处理费0元。", { cells: fee("0") }),
    ],
  },
  F04: {
    fires: [
      slip(["other", "2024年，收取信息处理费600元。", "600元", "本年没有政府信息公开申请，却收取信息处理费600元"], {
        cells: { ...fee("0.06"), "requests.received.natural": 0, "requests.granted.natural": 0 },
      }),
    ],
    silent: [
      fine("other", "2024年，收取信息处理费600元。", { cells: fee("0.06") }),
      fine("other", "2024年，未收取信息处理费。", {
        cells: { "requests.received.natural": 0, "requests.granted.natural": 0 },
      }),
    ],
  },
  F05: {
    fires: [
      slip(["other", "2024年，收取信息处理费605元。", "605元", "应为10元的整数倍，当前为605元"], { cells: fee("1") }),
    ],
    silent: [
      fine("other", "2024年，收取信息处理费2950元。", { cells: fee("1") }),
      fine("other", "2024年，收取信息处理费0.038万元。", { cells: fee("1") }),
    ],
  },
  F06: {
    fires: [
      slip(
        [
          "other",
          "2024年，全市收取信息处理费2950元，其中甲区2000元，乙区900元。",
          "2950元，其中甲区2000元，乙区900元",
          "合计2900元，与总数2950元不符",
        ],
        { cells: fee("1"), organisation: government },
      ),
    ],
    silent: [
      fine("other", "2024年，全市对25件申请收取信息处理费2950元，其中甲区15件、2000元，乙区10件、950元。", {
        cells: fee("1"),
        organisation: government,
      }),
    ],
  },
  X02: {
    fires: [
      {
        name: "documents in force that do not follow from last year's",
        context: toSubmit({ cells: documents(2, 1, 12) }, { lastYear: lastYear(documents(0, 0, 10)) }),
        at: "disclosed.normative.inForce",
        says: "上年有效10件＋本年制发2件－本年废止1件＝11件，与填报的现行有效12件相差1件",
      },
    ],
    silent: [
      {
        name: "documents that follow",
        context: toSubmit({ cells: documents(2, 1, 11) }, { lastYear: lastYear(documents(0, 0, 10)) }),
      },
      {
        name: "a last year that is not known",
        context: toSubmit(
          { cells: documents(2, 1, 11) },
          { lastYear: lastYear({ "disclosed.normative.inForce": null }) },
        ),
      },
      {
        name: "figures not filled in yet",
        context: drafting(
          { cells: { ...documents(2, 1, 0), "disclosed.normative.inForce": null } },
          { lastYear: lastYear(documents(0, 0, 10)) },
        ),
      },
    ],
  },
  X03: {
    fires: [
      {
        name: "pending cases that are gone",
        context: toSubmit(
          { cells: { "disputes.cases.reviewUpheld": 1 } },
          { lastYear: lastYear({ "disputes.cases.reviewPending": 3 }) },
        ),
        at: "disputes.cases.reviewTotal",
        says: "行政复议上年尚有3件没有审结，本年总计仅1件",
      },
    ],
    silent: [
      {
        name: "as many cases as were pending",
        context: toSubmit(
          { cells: { "disputes.cases.reviewUpheld": 3 } },
          { lastYear: lastYear({ "disputes.cases.reviewPending": 3 }) },
        ),
      },
    ],
  },
  X04: {
    fires: [
      {
        name: "a figure more than ten times last year's",
        context: toSubmit(
          { cells: { "disclosed.licensing.decisions": 1300 } },
          { lastYear: lastYear({ "disclosed.licensing.decisions": 120 }) },
        ),
        at: "disclosed.licensing.decisions",
        says: "“行政许可”由上年120变为1300",
      },
      {
        name: "requests that stopped",
        context: toSubmit(
          { cells: { "requests.received.natural": 0, "requests.granted.natural": 0 } },
          { lastYear: lastYear({ "requests.received.natural": 60, "requests.granted.natural": 60 }) },
        ),
        at: "requests.received.total",
        says: "由上年60变为0",
      },
    ],
    silent: [
      {
        name: "small figures",
        context: toSubmit(
          { cells: { "disclosed.licensing.decisions": 30 } },
          { lastYear: lastYear({ "disclosed.licensing.decisions": 1 }) },
        ),
      },
      {
        name: "a figure twice last year's",
        context: toSubmit(
          { cells: { "disclosed.licensing.decisions": 1300 } },
          { lastYear: lastYear({ "disclosed.licensing.decisions": 650 }) },
        ),
      },
      {
        name: "a column that the older form counted otherwise",
        context: toSubmit(
          { year: 2021, cells: { "disclosed.licensing.decisions": 1300 } },
          { lastYear: soundReport({ year: 2020, cells: { "disclosed.licensing.decisions": 60 } }) },
        ),
      },
    ],
  },
  X05: {
    fires: [
      {
        name: "a last year in a form that did not count documents in force",
        context: toSubmit({ year: 2021, cells: documents(1, 0, 8) }, { lastYear: soundReport({ year: 2020 }) }),
        at: "disclosed.normative.inForce",
        says: "2020年报告为旧格式，没有统计现行有效的数量，无法核对行政规范性文件现行有效8件",
      },
    ],
    silent: [
      { name: "no documents at all", context: toSubmit({ year: 2021 }, { lastYear: soundReport({ year: 2020 }) }) },
      {
        name: "a last year in the same form",
        context: toSubmit({ cells: documents(1, 0, 1) }, { lastYear: lastYear({}) }),
      },
    ],
  },
  S04: {
    fires: [
      {
        name: "an overview without 政府信息管理",
        context: toSubmit(
          aspects("主动公开42条。依申请公开渠道畅通。平台运行正常。监督保障到位，考核、评议完成，没有责任追究。"),
        ),
        at: "overview",
        says: "“总体情况”缺少“政府信息管理”方面的内容",
        severity: "warning",
      },
      {
        name: "a draft of one",
        context: drafting(
          aspects("主动公开42条。依申请公开渠道畅通。政府信息管理规范。监督保障到位，考核、评议完成，没有责任追究。"),
        ),
        at: "overview",
        says: "缺少“政府信息公开平台建设”",
        severity: "hint",
      },
    ],
    silent: [
      { name: "all five in running text", context: toSubmit(aspects(everyAspect)) },
      { name: "nothing written yet", context: drafting(aspects("")) },
      { name: "sub-headings alone", context: drafting(aspects("（一）主动公开情况\n（五）监督保障情况")) },
    ],
  },
  S05: {
    fires: [
      {
        name: "a government without results",
        context: toSubmit({
          organisation: government,
          ...aspects(everyAspect.replace("社会评议", "检查").replace("责任追究", "问题")),
        }),
        at: "overview",
        says: "“监督保障”没有写社会评议、责任追究情况，一级政府的年度报告应写明结果",
        severity: "warning",
      },
      {
        name: "a department that tells none of them",
        context: toSubmit(aspects("主动公开、依申请公开、政府信息管理、平台建设和监督保障均按规定开展。")),
        at: "overview",
        says: "“监督保障”没有写工作考核、社会评议、责任追究情况。",
        severity: "hint",
      },
      {
        name: "a draft of a government",
        context: drafting({ organisation: government, ...aspects(everyAspect.replace("工作考核", "培训")) }),
        at: "overview",
        says: "没有写工作考核情况，一级政府的年度报告应写明结果",
        severity: "hint",
      },
    ],
    silent: [
      { name: "all three", context: toSubmit({ organisation: government }) },
      { name: "its sub-heading alone, in a draft", context: drafting(aspects("（五）监督保障情况")) },
      {
        name: "a department that tells one of them",
        context: toSubmit(aspects("主动公开、依申请公开、政府信息管理、平台建设均按规定开展，监督保障纳入考评。")),
      },
      {
        name: "other words for all of them",
        context: toSubmit({
          organisation: government,
          ...aspects(
            everyAspect
              .replace("工作考核", "绩效考评")
              .replace("社会评议", "群众满意度调查")
              .replace("责任追究", "被问责的"),
          ),
        }),
      },
      {
        name: "results that another section tells",
        context: toSubmit({
          organisation: government,
          prose: {
            overview: "主动公开、依申请公开、政府信息管理、平台建设和监督保障均按规定开展。",
            other: "2024年，本机关未收取信息处理费。年度考核居全市前列，社会评议得分92分，没有发生责任追究。",
          },
        }),
      },
    ],
  },
  S06: {
    fires: [
      slip([
        "problems",
        "（一）存在的主要问题\n一是更新慢；二是解读少；三是培训少。\n（二）改进情况\n一是勤更新；二是多解读。",
        "（二）改进情况",
        "列出3个问题、2条改进措施",
      ]),
    ],
    silent: [
      fine(
        "problems",
        "（一）存在的主要问题\n一是更新慢；二是解读少。\n（二）改进情况\n一是勤更新；二是多解读；三是强培训。",
      ),
      fine("problems", "存在问题：一是更新慢；二是解读少。改进措施：统筹整改。"),
      fine("problems", "1.更新慢。改进：勤更新。\n2.解读少。改进：多解读。"),
    ],
  },
  S08: {
    fires: [
      {
        name: "a section longer than the pack allows",
        context: packed(`${inPack}${words}${words}`),
        at: "overview",
        says: "超过云岭区2024年度年报编制要求规定的120字",
      },
    ],
    silent: [
      { name: "a section within it", context: packed(inPack) },
      { name: "no pack", context: toSubmit(overview(`${words}${words}`)) },
    ],
  },
  S09: {
    fires: [
      {
        name: "an overview of other work",
        context: toSubmit(overview(words)),
        at: "overview",
        says: "没有讲政府信息公开",
      },
    ],
    silent: [
      { name: "a short one", context: toSubmit(overview("科技特派员下乡指导生产。企业研发平台稳定运行。")) },
      { name: "the sound report", context: toSubmit() },
    ],
  },
  L01: {
    fires: [
      {
        name: "a data point that is not told",
        context: saying("overview", "设有政务公开专区。", { prose: otherInPack, context: { requirements: [pack] } }),
        at: "overview",
        says: "“总体情况”没有写政策解读条数，云岭区2024年度年报编制要求要求写明",
        severity: "warning",
      },
      {
        name: "a data point without its number",
        context: saying("overview", "设有政务公开专区。及时发布政策解读。", {
          prose: otherInPack,
          context: { requirements: [pack] },
        }),
        at: "overview",
        says: "没有写政策解读条数",
      },
    ],
    silent: [
      { name: "all told", context: packed(inPack) },
      { name: "one that did not occur", context: packed("没有发布政策解读，设有政务公开专区。") },
      { name: "a pack of another year", context: packed("已公开。", 2023) },
    ],
  },
  L02: {
    fires: [
      {
        name: "a heading that is missing",
        context: packed(inPack, 2024, { other: "2024年，本机关未收取信息处理费。" }),
        at: "other",
        says: "“其他需要报告的事项”没有小标题“信息处理费收取情况”",
        severity: "warning",
      },
    ],
    silent: [
      {
        name: "the heading",
        context: toSubmit({ prose: { overview: `${inPack}${everyAspect}`, ...otherInPack } }, { requirements: [pack] }),
      },
      { name: "no pack", context: toSubmit() },
    ],
  },
  Y04: {
    fires: [
      slip(["overview", "深入学习党的二十届四中全会精神。", "二十届四中", "2025年10月才召开"], { year: 2023 }),
      slip(["overview", "全面贯彻党的十九大精神。", "十九大", "之后已召开二十大"]),
    ],
    silent: [
      fine("overview", "全面贯彻党的二十大和二十届二中、三中全会精神。"),
      fine("overview", "贯彻党的十九大和二十大精神。"),
      fine("overview", "全面贯彻党的十九大精神。", { year: 2020 }),
      fine("overview", "学习贯彻党的二十届四中全会精神。", { year: 2025 }),
    ],
  },
  Y05: {
    fires: [
      {
        name: "signed in the year reported on",
        context: signed("2024-01-21"),
        at: "closing",
        says: "落款日期2024年1月21日不在2025年",
        severity: "error",
      },
      {
        name: "a department in February",
        context: signed("2025-02-03"),
        at: "closing",
        says: "晚于《条例》第四十九条规定的公布期限2025年1月31日",
        severity: "warning",
      },
      {
        name: "behind a local deadline",
        context: signed(
          "2025-01-15",
          { prose: { ...otherInPack, overview: `${inPack}${everyAspect}` } },
          { requirements: [early] },
        ),
        at: "closing",
        says: "晚于云岭区2024年度年报编制要求规定的公布期限2025年1月10日",
        severity: "warning",
      },
    ],
    silent: [
      { name: "in January", context: signed("2025-01-31") },
      { name: "a government in March", context: signed("2025-03-20", { organisation: government }) },
      {
        name: "a township in February, for which the law names no day",
        context: signed("2025-02-03", { organisation: { name: "云岭县青石镇人民政府" } }),
      },
      { name: "no date yet", context: signed("") },
    ],
  },
  Y06: {
    fires: [
      slip(["problems", "2024年，我局将进一步加大公开力度。", "2024年", "改进计划写的是“2024年”，应为2025年"]),
      slip(["problems", "（一）2024年工作打算", "2024年", "应为2025年"]),
    ],
    silent: [
      fine("problems", "2025年，我局将进一步加大公开力度。"),
      fine("problems", "2024年，我局将公开工作纳入年度考核，取得成效。"),
      fine("problems", "2024年，公开工作还存在不足，下一步将加强培训。"),
      fine("overview", "2024年，我局将进一步规范公开的要求写入制度。"),
    ],
  },
} satisfies Record<string, Cases>;
