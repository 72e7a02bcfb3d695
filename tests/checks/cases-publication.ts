import type { Cases } from "./case.ts";
import { soundReport, toSubmit } from "./samples.ts";

const bodies = [
  soundReport({ organisation: { name: "云岭市甲区民政局" } }),
  soundReport({ organisation: { name: "云岭市乙区民政局" }, cells: { "disclosed.fees.charged": "0.3" } }),
];
const region = (received: number, charged = "0.3") => ({
  organisation: { name: "云岭市人民政府" },
  cells: {
    "requests.received.natural": received,
    "requests.granted.natural": received,
    "disclosed.fees.charged": charged,
  },
});

/** A region's report and what was made of a report once it was published. */
export const publicationCases = {
  R01: {
    fires: [
      {
        name: "a figure that is not the sum of the bodies'",
        context: toSubmit(region(13), { rollup: { bodies } }),
        at: "requests.received.natural",
        says: "汇总应为12（2个单位合计），现为13",
      },
      {
        name: "an amount that is not",
        context: toSubmit(region(12, "0.4"), { rollup: { bodies } }),
        at: "disclosed.fees.charged",
        says: "汇总应为0.3（2个单位合计），现为0.4",
      },
    ],
    silent: [
      { name: "sums", context: toSubmit(region(12), { rollup: { bodies } }) },
      {
        name: "sums with adjustments",
        context: toSubmit(region(11), {
          rollup: {
            bodies,
            adjustments: [
              { at: "requests.received.natural", delta: -1, reason: "两个单位重复登记" },
              { at: "requests.granted.natural", delta: -1, reason: "两个单位重复登记" },
            ],
          },
        }),
      },
      { name: "a report of one agency", context: toSubmit() },
    ],
  },
  R02: {
    fires: [
      {
        name: "bodies that have not sent theirs",
        context: toSubmit(region(12), { rollup: { bodies, missing: ["丙区民政局", "丁区民政局"] } }),
        at: "title",
        says: "还有2个单位未提交：丙区民政局、丁区民政局",
      },
    ],
    silent: [{ name: "all there", context: toSubmit(region(12), { rollup: { bodies, missing: [] } }) }],
  },
  R04: {
    fires: [
      {
        name: "published late",
        context: toSubmit({}, { publication: { date: "2025-02-05" } }),
        at: "closing",
        says: "公布日期2025年2月5日晚于《条例》第四十九条规定的2025年1月31日",
        severity: "warning",
      },
      {
        name: "not published with three days left",
        context: toSubmit({}, { today: "2025-01-28" }),
        at: "closing",
        says: "还有3天，还没有公布",
        severity: "hint",
      },
      {
        name: "not published at all, behind the day that the office has set",
        context: toSubmit({}, { today: "2025-01-28", deadline: "2025-01-26" }),
        at: "closing",
        says: "已过主管部门规定的公布期限2025年1月26日2天",
        severity: "warning",
      },
    ],
    silent: [
      { name: "published in time", context: toSubmit({}, { publication: { date: "2025-01-31" } }) },
      { name: "weeks left", context: toSubmit({}, { today: "2025-01-06" }) },
      { name: "a day that nobody told", context: toSubmit() },
    ],
  },
  R05: {
    fires: [
      {
        name: "a text and a figure changed",
        context: toSubmit(
          { cells: { "disclosed.licensing.decisions": 3 } },
          {
            publication: { date: "2025-01-20", report: soundReport({ prose: { other: "未收取信息处理费。" } }).report },
          },
        ),
        at: "disclosed",
        says: "发布后内容有改动（“主动公开政府信息情况”“其他需要报告的事项”）",
      },
    ],
    silent: [
      {
        name: "the same",
        context: toSubmit({}, { publication: { date: "2025-01-20", report: soundReport().report } }),
      },
      { name: "a text that was not kept", context: toSubmit({}, { publication: { date: "2025-01-20" } }) },
    ],
  },
} satisfies Record<string, Cases>;
