import type { Cases } from "./case.ts";
import { soundReport, summed, toSubmit } from "./samples.ts";

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

const government = (suits: number, name = "云岭市人民政府") =>
  soundReport({ organisation: { name }, cells: { "disputes.cases.afterReviewUpheld": suits } });
const bureau = (suits: number) => soundReport({ cells: { "disputes.cases.afterReviewPending": suits } });
const withSuits = (upheld: number, pending: number) => ({
  organisation: { name: "云岭市人民政府" },
  cells: {
    ...{ "requests.received.natural": 12, "requests.granted.natural": 12 },
    ...{ "disputes.cases.reviewUpheld": 1, "disputes.cases.afterReviewUpheld": upheld },
    "disputes.cases.afterReviewPending": pending,
  },
});
const reviewed = { unit: "云岭市人民政府", cell: "disputes.cases.reviewUpheld", delta: 1, reason: "漏报一件" };

/** A region's report and what was made of a report once it was published. */
export const publicationCases = {
  R01: {
    fires: [
      {
        name: "a figure that is not the sum of the bodies'",
        context: toSubmit(region(13), { rollup: summed(bodies) }),
        at: "requests.received.natural",
        says: "汇总应为12（2个单位合计），现为13",
      },
      {
        name: "an amount that is not",
        context: toSubmit(region(12, "0.4"), { rollup: summed(bodies) }),
        at: "disclosed.fees.charged",
        says: "汇总应为0.3（2个单位合计），现为0.4",
      },
    ],
    silent: [
      { name: "sums", context: toSubmit(region(12), { rollup: summed(bodies) }) },
      {
        name: "sums with adjustments",
        context: toSubmit(region(11), {
          rollup: summed(bodies, {
            adjustments: ["requests.received.natural", "requests.granted.natural"].map((cell) => ({
              ...{ unit: "云岭市甲区民政局", cell, delta: -1, reason: "两个单位重复登记" },
            })),
          }),
        }),
      },
      { name: "a report of one agency", context: toSubmit() },
    ],
  },
  R02: {
    fires: [
      {
        name: "bodies that have not sent theirs",
        context: toSubmit(region(12), { rollup: summed(bodies, { missing: ["丙区民政局", "丁区民政局"] }) }),
        at: "title",
        says: "还有2个单位未提交：丙区民政局、丁区民政局",
      },
    ],
    silent: [{ name: "all there", context: toSubmit(region(12), { rollup: summed(bodies) }) }],
  },
  R03: {
    fires: [
      {
        name: "suits after 复议 of the government and of a body of it",
        context: toSubmit(withSuits(2, 3), {
          rollup: summed([government(2), bureau(3)], { adjustments: [reviewed] }),
        }),
        at: "disputes.cases.afterReviewTotal",
        says: "云岭市人民政府报2件，其他单位报3件，汇总没有登记扣减",
      },
    ],
    silent: [
      {
        name: "suits of the government alone",
        context: toSubmit(withSuits(2, 0), {
          rollup: summed([government(2), bureau(0)], { adjustments: [reviewed] }),
        }),
      },
      {
        name: "suits of bodies alone",
        context: toSubmit(withSuits(0, 5), {
          rollup: summed([government(0), bureau(3), bureau(2)], { adjustments: [reviewed] }),
        }),
      },
      {
        name: "a township, which decides no 复议",
        context: toSubmit(withSuits(2, 3), {
          rollup: summed([government(2, "云岭市甲区青石镇人民政府"), bureau(3)], { adjustments: [reviewed] }),
        }),
      },
      {
        name: "a case that was taken off once",
        context: toSubmit(withSuits(1, 3), {
          rollup: summed([government(2), bureau(3)], {
            adjustments: [
              reviewed,
              { ...reviewed, cell: "disputes.cases.afterReviewUpheld", delta: -1, reason: "与科学技术局的一件相同" },
            ],
          }),
        }),
      },
      { name: "a report of one agency", context: toSubmit() },
    ],
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
