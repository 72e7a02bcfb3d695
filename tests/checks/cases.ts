import type { Code } from "../../lib/checks/catalogue.ts";
import type { Cases } from "./case.ts";
import {
  city,
  current,
  enough,
  lastYear,
  overview,
  printedTotal,
  problems,
  received,
  trial,
  withChip,
} from "./case.ts";
import { copyingCases } from "./cases-copying.ts";
import { narrativeCases } from "./cases-narrative.ts";
import { publicationCases } from "./cases-publication.ts";
import { sectionCases } from "./cases-sections.ts";
import { typographyCases } from "./cases-typography.ts";
import { drafting, printedLike, soundReport, toSubmit } from "./samples.ts";

const withoutGlyphs = (missing: string) => ({ covers: (character: string) => character !== missing });

/** For every check at least one context in which it fires and one in which it must not. */
export const cases: Record<Code, Cases> = {
  ...narrativeCases,
  ...sectionCases,
  ...copyingCases,
  ...typographyCases,
  ...publicationCases,
  V01: {
    fires: [
      {
        name: "a count that is negative",
        context: toSubmit({ cells: { "requests.notHeld.legal": "-3" } }),
        at: "requests.notHeld.legal",
        says: "法律服务机构”应填写不小于0的整数，当前为“-3”",
      },
      {
        name: "a count with a decimal point",
        context: toSubmit({ cells: { "disclosed.licensing.decisions": "1.5" } }),
        at: "disclosed.licensing.decisions",
        says: "“行政许可”应填写不小于0的整数，当前为“1.5”",
      },
      {
        name: "words where an amount belongs",
        context: drafting({ cells: { "disclosed.fees.charged": "约三万" } }),
        at: "disclosed.fees.charged",
        says: "当前为“约三万”",
      },
    ],
    silent: [
      {
        name: "full-width digits and thousands commas",
        context: toSubmit({ cells: { "disclosed.licensing.decisions": "１，２０８" } }),
      },
      {
        name: "a change that is negative where the form counts changes",
        context: toSubmit({ year: 2019, cells: { "disclosed.licensing.change": -4 } }),
      },
    ],
  },
  V02: {
    fires: [
      {
        name: "blanks in a report to be submitted",
        context: toSubmit({ cells: { "requests.partial.legal": null, "requests.carriedOut.natural": null } }),
        at: "requests.partial.legal",
        says: "表三还有2个空格未填",
        severity: "error",
      },
      {
        name: "blanks in a draft",
        context: drafting({ cells: { "disclosed.fees.charged": null } }),
        at: "disclosed.fees.charged",
        says: "表二还有1个空格未填",
        severity: "hint",
      },
      {
        name: "blanks in a form that tolerates them",
        context: toSubmit({ year: 2019, cells: { "disputes.cases.reviewOther": null } }),
        at: "disputes.cases.reviewOther",
        says: "表四还有1个空格未填",
        severity: "hint",
      },
    ],
    silent: [
      { name: "zeros everywhere", context: toSubmit({ cells: received(0) }) },
      {
        name: "a published total printed blank",
        context: toSubmit({}, printedTotal("requests", "received", "total", null)),
      },
    ],
  },
  V03: {
    fires: [
      {
        name: "a slash in a count",
        context: toSubmit({ cells: { "requests.carriedIn.business": "/" } }),
        at: "requests.carriedIn.business",
        says: "填了“/”，统计表中应填数字0",
      },
      {
        name: "无 in an amount",
        context: toSubmit({ cells: { "disclosed.fees.charged": "无" } }),
        at: "disclosed.fees.charged",
        says: "“行政事业性收费”填了“无”",
      },
      {
        name: "a slash printed as a total, even where blanks are tolerated",
        context: toSubmit(
          { year: 2019 },
          { printed: printedLike(trial, { totals: { requests: { carriedIn: { total: "/" } } } }) },
        ),
        at: "requests.carriedIn.total",
        says: "填了“/”",
      },
    ],
    silent: [
      {
        name: "a slash where the form allows it",
        context: toSubmit({
          year: 2019,
          cells: { "disclosed.penalties.items": "/", "disclosed.penalties.change": "/" },
        }),
      },
      { name: "a blank", context: toSubmit({ cells: { "requests.carriedIn.business": null } }) },
    ],
  },
  V04: {
    fires: [
      {
        name: "full-width digits and thousands commas in a finished document",
        context: toSubmit(
          { cells: { ...received(1200), "disclosed.fees.charged": "0" } },
          {
            printed: printedLike(current, {
              written: { requests: { received: { natural: "１２００" }, granted: { natural: "1,200" } } },
            }),
          },
        ),
        at: "requests.received.natural",
        says: "表三有2格的数字用了全角数字或者千位分隔符，如“本年新收政府信息公开申请数量·自然人”写作“１２００”，应写作“1200”",
      },
    ],
    silent: [
      { name: "a finished document in plain digits", context: toSubmit({}, { printed: printedLike(current) }) },
      { name: "a draft, in which they are mended on the way in", context: drafting({ cells: received(1200) }) },
    ],
  },
  V05: {
    fires: [
      {
        name: "an amount finer than 元",
        context: toSubmit({ cells: { "disclosed.fees.charged": "12.34567" } }),
        at: "disclosed.fees.charged",
        says: "小数有5位",
        severity: "warning",
      },
      {
        name: "an amount finer than 分",
        context: toSubmit({ cells: { "disclosed.fees.charged": "0.1234567" } }),
        at: "disclosed.fees.charged",
        says: "小数有7位",
        severity: "error",
      },
    ],
    silent: [
      { name: "whole 元", context: toSubmit({ cells: { "disclosed.fees.charged": "12.3456" } }) },
      { name: "zeros behind", context: toSubmit({ cells: { "disclosed.fees.charged": "12.30000000" } }) },
    ],
  },
  V06: {
    fires: [
      {
        name: "an amount no county department takes",
        context: toSubmit({ cells: { "disclosed.fees.charged": "251000" } }),
        at: "disclosed.fees.charged",
        says: "251000万元，远超县级部门",
      },
      {
        name: "a hundred times last year's",
        context: toSubmit(
          { organisation: city, cells: { "disclosed.fees.charged": "1500" } },
          { lastYear: lastYear({ "disclosed.fees.charged": "12.5" }) },
        ),
        at: "disclosed.fees.charged",
        says: "是上年12.5万元的120倍",
      },
    ],
    silent: [
      {
        name: "a city's fees",
        context: toSubmit({ organisation: city, cells: { "disclosed.fees.charged": "251000" } }),
      },
      {
        name: "fees far above those of a year long past",
        context: toSubmit(
          { organisation: city, cells: { "disclosed.fees.charged": "1500" } },
          { lastYear: soundReport({ year: 2022, cells: { "disclosed.fees.charged": "12.5" } }) },
        ),
      },
      {
        name: "fees after a year without any",
        context: toSubmit(
          { cells: { "disclosed.fees.charged": "1500" } },
          { lastYear: lastYear({ "disclosed.fees.charged": "0" }) },
        ),
      },
    ],
  },
  B01: {
    fires: [
      {
        name: "a column that does not balance",
        context: toSubmit({ cells: { "requests.received.business": 3, "requests.carriedOut.business": 1 } }),
        at: "requests.received.business",
        says: "“商业企业”列勾稽不平：新收3＋上年结转0＝3",
      },
      {
        name: "the column of totals with it",
        context: toSubmit({ cells: { "requests.carriedIn.legal": 2 } }),
        at: "requests.received.total",
        says: "＝8，办理总计6＋结转下年0＝6，相差2件",
      },
      {
        name: "a draft in which no blank can bring the smaller side up",
        context: drafting({ cells: { "requests.granted.natural": 7, "requests.secret.charity": null } }),
        at: "requests.received.natural",
        says: "相差1件",
      },
    ],
    silent: [
      { name: "columns that balance", context: toSubmit() },
      {
        name: "a column in which something typed is no figure yet",
        context: toSubmit({ cells: { "requests.received.natural": "6（含转办1件）" } }),
      },
      {
        name: "a draft whose outcomes are still to be filled in",
        context: drafting({ cells: { "requests.granted.natural": 2, "requests.partial.natural": null } }),
      },
      {
        name: "a published table whose blanks stand for nothing",
        context: toSubmit({ year: 2019, cells: { "requests.partial.natural": null, "requests.secret.legal": null } }),
      },
    ],
  },
  B02: {
    fires: [
      {
        name: "a printed row total that is no sum",
        context: toSubmit({}, printedTotal("requests", "received", "total", 9)),
        at: "requests.received.total",
        says: "“本年新收政府信息公开申请数量”总计应为6（各类申请人之和），现为9",
      },
    ],
    silent: [
      { name: "a right one", context: toSubmit({}, printedTotal("requests", "received", "total", 6)) },
      {
        name: "one whose row could not be read",
        context: toSubmit(
          {
            cells: Object.fromEntries(
              ["natural", "business", "research", "charity", "legal", "otherOrg"].map((column) => [
                `requests.received.${column}`,
                null,
              ]),
            ),
          },
          printedTotal("requests", "received", "total", 6),
        ),
      },
      {
        name: "one of a row in which something is no figure",
        context: toSubmit(
          { cells: { "requests.received.natural": "6（含转办1件）" } },
          printedTotal("requests", "received", "total", 6),
        ),
      },
      { name: "a blank one", context: toSubmit({}, printedTotal("requests", "received", "total", null)) },
    ],
  },
  B03: {
    fires: [
      {
        name: "a printed （七）总计 that is no sum",
        context: toSubmit({}, printedTotal("requests", "handled", "natural", 5)),
        at: "requests.handled.natural",
        says: "“自然人”列（七）总计应为6（各项办理结果之和），现为5",
      },
    ],
    silent: [{ name: "a right one", context: toSubmit({}, printedTotal("requests", "handled", "natural", 6)) }],
  },
  B04: {
    fires: [
      {
        name: "more carried over than received",
        context: toSubmit({
          cells: { "requests.carriedIn.natural": 5, "requests.carriedOut.natural": 7, "requests.granted.natural": 4 },
        }),
        at: "requests.carriedOut.total",
        says: "结转下年7件多于本年新收6件",
      },
    ],
    silent: [
      {
        name: "as many",
        context: toSubmit({ cells: { "requests.carriedOut.natural": 6, "requests.granted.natural": 0 } }),
      },
    ],
  },
  B05: {
    fires: [
      {
        name: "fewer answered than were carried in",
        context: toSubmit({ cells: { "requests.carriedIn.legal": 3, "requests.carriedOut.legal": 3 } }),
        at: "requests.carriedIn.legal",
        says: "“法律服务机构”列上年结转3件，本年仅办结0件",
      },
    ],
    silent: [
      {
        name: "a draft whose outcomes are still to be filled in",
        context: drafting({
          cells: { "requests.carriedIn.legal": 3, "requests.granted.legal": 1, "requests.partial.legal": null },
        }),
      },
      {
        name: "all answered",
        context: toSubmit({ cells: { "requests.carriedIn.legal": 3, "requests.granted.legal": 3 } }),
      },
    ],
  },
  B06: {
    fires: [
      {
        name: "half carried over",
        context: toSubmit({ cells: { "requests.granted.natural": 3, "requests.carriedOut.natural": 3 } }),
        at: "requests.carriedOut.total",
        says: "结转下年3件，占新收与上年结转合计6件的50.0%",
      },
    ],
    silent: [
      {
        name: "a sixth carried over",
        context: toSubmit({ cells: { "requests.granted.natural": 5, "requests.carriedOut.natural": 1 } }),
      },
    ],
  },
  B07: {
    fires: [
      {
        name: "a refusal for a state secret",
        context: toSubmit({ cells: { "requests.granted.natural": 5, "requests.secret.natural": 1 } }),
        at: "requests.secret.total",
        says: "有1件以国家秘密不予公开",
      },
    ],
    silent: [{ name: "none", context: toSubmit() }],
  },
  B08: {
    fires: [
      {
        name: "half of the outcomes are 其他",
        context: toSubmit({ cells: { "requests.granted.natural": 3, "requests.otherwise.natural": 3 } }),
        at: "requests.otherwise.total",
        says: "“其他处理—其他”3件，占办理结果6件的50.0%",
      },
    ],
    silent: [
      {
        name: "a sixth of them",
        context: toSubmit({ cells: { "requests.granted.natural": 5, "requests.otherwise.natural": 1 } }),
      },
    ],
  },
  B09: {
    fires: [
      {
        name: "unpaid fees and no word of the notices",
        context: toSubmit({ cells: { "requests.granted.natural": 4, "requests.unpaid.natural": 2 } }),
        at: "requests.unpaid.total",
        says: "有2件因逾期未缴费不再处理，“其他需要报告的事项”应说明发出收费通知情况",
      },
    ],
    silent: [
      {
        name: "the notices are reported",
        context: toSubmit({
          cells: { "requests.granted.natural": 4, "requests.unpaid.natural": 2 },
          prose: { other: "全年发出收费通知2件，申请人逾期未缴，实际收取信息处理费0元。" },
        }),
      },
      { name: "a form without that line", context: toSubmit({ year: 2019 }) },
    ],
  },
  B10: {
    fires: [
      {
        name: "excessive requests",
        context: toSubmit({ cells: { "requests.granted.natural": 2, "requests.excessive.natural": 4 } }),
        at: "requests.excessive.total",
        says: "有4件涉及“无正当理由大量反复申请”",
      },
    ],
    silent: [{ name: "none", context: toSubmit() }],
  },
  B11: {
    fires: [
      {
        name: "many requests by organisations alone",
        context: toSubmit({
          cells: { ...received(0), "requests.received.research": 20, "requests.granted.research": 20 },
        }),
        at: "requests.received.natural",
        says: "自然人为0而法人或其他组织申请20件",
      },
    ],
    silent: [
      {
        name: "a few",
        context: toSubmit({ cells: { ...received(0), "requests.received.legal": 19, "requests.granted.legal": 19 } }),
      },
      {
        name: "natural persons too",
        context: toSubmit({ cells: { "requests.received.legal": 30, "requests.granted.legal": 30 } }),
      },
    ],
  },
  A01: {
    fires: [
      {
        name: "a county department with 规章",
        context: toSubmit({ cells: { "disclosed.rules.issued": 0, "disclosed.rules.inForce": 2 } }),
        at: "disclosed.rules.inForce",
        says: "本机关没有规章制定权，“规章”各栏应为0，现“规章·现行有效件数”为2",
      },
      {
        name: "a department of a city",
        context: toSubmit({ organisation: { name: "云岭市交通运输局" }, cells: { "disclosed.rules.inForce": 1 } }),
        at: "disclosed.rules.inForce",
        says: "没有规章制定权",
      },
      {
        name: "a government said to have no power",
        context: toSubmit({ organisation: { ...city, canMakeRules: false }, cells: { "disclosed.rules.issued": 1 } }),
        at: "disclosed.rules.issued",
        says: "“规章·本年制发件数”为1",
      },
    ],
    silent: [
      { name: "a city government", context: toSubmit({ organisation: city, cells: { "disclosed.rules.inForce": 3 } }) },
      {
        name: "a national body",
        context: toSubmit({ organisation: { name: "国家云岭管理局" }, cells: { "disclosed.rules.inForce": 3 } }),
      },
      {
        name: "a department said to have the power",
        context: toSubmit({ organisation: { canMakeRules: true }, cells: { "disclosed.rules.inForce": 3 } }),
      },
      { name: "a county department with zeros", context: toSubmit() },
    ],
  },
  A02: {
    fires: [
      {
        name: "fewer in force than were issued",
        context: toSubmit({ cells: { "disclosed.normative.issued": 3, "disclosed.normative.inForce": 1 } }),
        at: "disclosed.normative.inForce",
        says: "“行政规范性文件”现行有效1件，少于本年制发3件减去本年废止0件",
      },
    ],
    silent: [
      {
        name: "issued ones repealed",
        context: toSubmit({
          cells: {
            "disclosed.normative.issued": 3,
            "disclosed.normative.repealed": 2,
            "disclosed.normative.inForce": 1,
          },
        }),
      },
      {
        name: "not filled in yet",
        context: drafting({ cells: { "disclosed.normative.issued": 3, "disclosed.normative.inForce": null } }),
      },
    ],
  },
  A03: {
    fires: [
      {
        name: "a county department with very many",
        context: toSubmit({ cells: { "disclosed.normative.issued": 35, "disclosed.normative.inForce": 60 } }),
        at: "disclosed.normative.issued",
        says: "本年制发行政规范性文件35件",
      },
    ],
    silent: [
      {
        name: "a city government with as many",
        context: toSubmit({
          organisation: city,
          cells: { "disclosed.normative.issued": 35, "disclosed.normative.inForce": 60 },
        }),
      },
      {
        name: "a county department with a few",
        context: toSubmit({ cells: { "disclosed.normative.issued": 2, "disclosed.normative.inForce": 9 } }),
      },
    ],
  },
  A04: {
    fires: [
      {
        name: "none after a year with many",
        context: toSubmit({}, { lastYear: lastYear({ "disclosed.penalties.decisions": 240 }) }),
        at: "disclosed.penalties.decisions",
        says: "“行政处罚”上年240件、本年0件",
      },
      {
        name: "none at all by an agency that lives by them",
        context: toSubmit({ organisation: { name: "青川县市场监督管理局" } }),
        at: "disclosed.licensing.decisions",
        says: "“行政许可”“行政处罚”“行政强制”均为0件",
      },
    ],
    silent: [
      { name: "none by an agency that has none", context: toSubmit() },
      {
        name: "a few after a year with many",
        context: toSubmit(
          { cells: { "disclosed.penalties.decisions": 3 } },
          { lastYear: lastYear({ "disclosed.penalties.decisions": 240 }) },
        ),
      },
    ],
  },
  A05: {
    fires: [
      {
        name: "documents that are all of this year, and no last year's report",
        context: toSubmit({ cells: { "disclosed.normative.issued": 2, "disclosed.normative.inForce": 2 } }),
        at: "disclosed.normative.inForce",
        says: "现行有效2件，正好是本年制发2件减去本年废止0件，即上年末一件也没有",
      },
    ],
    silent: [
      {
        name: "some from earlier years",
        context: toSubmit({ cells: { "disclosed.normative.issued": 2, "disclosed.normative.inForce": 9 } }),
      },
      {
        name: "none issued",
        context: toSubmit({ cells: { "disclosed.normative.issued": 0, "disclosed.normative.inForce": 0 } }),
      },
      {
        name: "a last year's report that says the same",
        context: toSubmit(
          { cells: { "disclosed.normative.issued": 2, "disclosed.normative.inForce": 2 } },
          { lastYear: lastYear({}) },
        ),
      },
      {
        name: "a form that does not count what is in force",
        context: toSubmit({ year: 2020, cells: { "disclosed.normative.made": 2, "disclosed.normative.inForce": 2 } }),
      },
    ],
  },
  C01: {
    fires: [
      {
        name: "a printed total of disputes that is no sum",
        context: toSubmit(
          { cells: { "disputes.cases.directUpheld": 1 } },
          printedTotal("disputes", "cases", "directTotal", 2),
        ),
        at: "disputes.cases.directTotal",
        says: "“行政诉讼—未经复议直接起诉”总计应为1，现为2",
      },
    ],
    silent: [
      {
        name: "a right one",
        context: toSubmit(
          { cells: { "disputes.cases.directUpheld": 1 } },
          printedTotal("disputes", "cases", "directTotal", 1),
        ),
      },
    ],
  },
  C02: {
    fires: [
      {
        name: "a suit after 复议, and no 复议 in two years",
        context: toSubmit({ cells: { "disputes.cases.afterReviewUpheld": 1 } }, { lastYear: lastYear({}) }),
        at: "disputes.cases.afterReviewTotal",
        says: "有复议后起诉1件，但近两年行政复议为0",
      },
    ],
    silent: [
      {
        name: "a 复议 last year",
        context: toSubmit(
          { cells: { "disputes.cases.afterReviewUpheld": 1 } },
          { lastYear: lastYear({ "disputes.cases.reviewPending": 1 }) },
        ),
      },
      { name: "last year unknown", context: toSubmit({ cells: { "disputes.cases.afterReviewUpheld": 1 } }) },
    ],
  },
  C03: {
    fires: [
      {
        name: "a direct suit in 2024",
        context: toSubmit({ cells: { "disputes.cases.directPending": 2 } }),
        at: "disputes.cases.directTotal",
        says: "仍有2件未经复议直接起诉",
      },
    ],
    silent: [
      {
        name: "a direct suit before the law changed",
        context: toSubmit({ year: 2023, cells: { "disputes.cases.directPending": 2 } }),
      },
    ],
  },
  C04: {
    fires: [
      {
        name: "more disputes than requests",
        context: toSubmit({ cells: { "disputes.cases.reviewUpheld": 7 } }),
        at: "disputes.cases.reviewTotal",
        says: "行政复议7件、未经复议直接起诉0件，合计多于本年办结和上年结转的申请6件",
      },
    ],
    silent: [{ name: "as many", context: toSubmit({ cells: { "disputes.cases.reviewUpheld": 6 } }) }],
  },
  C05: {
    fires: [
      {
        name: "a correction that is not spoken of",
        context: toSubmit({ cells: { "disputes.cases.reviewCorrected": 1 } }),
        at: "disputes.cases.reviewCorrected",
        says: "有1件被纠正，建议在“存在的主要问题及改进情况”中说明",
      },
    ],
    silent: [
      {
        name: "a correction that is",
        context: toSubmit({
          cells: { "disputes.cases.reviewCorrected": 1 },
          ...problems(`有1件答复被复议机关纠正。${enough}`),
        }),
      },
    ],
  },
  F02: {
    fires: [
      {
        name: "fees, and only 无",
        context: toSubmit({ cells: { "disclosed.fees.charged": "3.2" }, prose: { other: "无。" } }),
        at: "other",
        says: "“主动公开政府信息情况”填报收费3.2万元，“其他需要报告的事项”应说明信息处理费收取情况",
      },
    ],
    silent: [
      { name: "fees, and a sentence on them", context: toSubmit({ cells: { "disclosed.fees.charged": "3.2" } }) },
      { name: "a form that asks for none", context: toSubmit({ year: 2019, prose: { other: "无。" } }) },
    ],
  },
  F03: {
    fires: [
      {
        name: "no word of 信息处理费",
        context: toSubmit({ prose: { other: "年度政务公开工作要点均已落实。" } }),
        at: "other",
        says: "“其他需要报告的事项”缺少信息处理费收取情况",
      },
    ],
    silent: [
      { name: "none charged, and it says so", context: toSubmit() },
      { name: "a year before the fee", context: toSubmit({ year: 2020, prose: { other: "无。" } }) },
      { name: "nothing written yet", context: drafting({ prose: { other: "" } }) },
    ],
  },
  X01: {
    fires: [
      {
        name: "another figure than last year closed with",
        context: toSubmit(
          { cells: { "requests.carriedIn.business": 2, "requests.granted.business": 2 } },
          { lastYear: lastYear({ "requests.carriedOut.business": 1, "requests.received.business": 1 }) },
        ),
        at: "requests.carriedIn.business",
        says: "“商业企业”列上年结转2件，与2023年报告“结转下年度继续办理”1件不一致",
      },
      {
        name: "last year in the older form",
        context: toSubmit(
          { year: 2021 },
          { lastYear: soundReport({ year: 2020, cells: { "requests.carriedOut.legal": 4 } }) },
        ),
        at: "requests.carriedIn.legal",
        says: "与2020年报告“结转下年度继续办理”4件不一致",
      },
    ],
    silent: [
      {
        name: "the same figure",
        context: toSubmit(
          { cells: { "requests.carriedIn.business": 2, "requests.granted.business": 2 } },
          { lastYear: lastYear({ "requests.carriedOut.business": 2 }) },
        ),
      },
      {
        name: "last year's figure not known",
        context: toSubmit(
          { cells: { "requests.carriedIn.business": 2, "requests.granted.business": 2 } },
          { lastYear: lastYear({ "requests.carriedOut.business": null }) },
        ),
      },
      {
        name: "a report of another year",
        context: toSubmit({}, { lastYear: soundReport({ year: 2022, cells: { "requests.carriedOut.business": 1 } }) }),
      },
      {
        name: "this year not filled in yet",
        context: drafting(
          { cells: { "requests.carriedIn.business": null } },
          { lastYear: lastYear({ "requests.carriedOut.business": 1 }) },
        ),
      },
    ],
  },
  Y01: {
    fires: [
      {
        name: "another year in the title",
        context: toSubmit({ title: "青川县云岭科学技术局2023年政府信息公开工作年度报告" }),
        at: "title",
        says: "标题写的是2023年，本报告为2024年度",
      },
      {
        name: "another year in an opening of one's own",
        context: toSubmit({ opening: "本报告统计期限为2023 年 1 月 1 日起至 12 月 31 日止。" }),
        at: "opening:8-34",
        says: "统计期限写的是2023年",
      },
    ],
    silent: [
      { name: "the composed title and opening", context: toSubmit() },
      { name: "full-width digits", context: toSubmit({ period: "２０２４年1月1日至２０２４年12月31日" }) },
    ],
  },
  Y02: {
    fires: [
      {
        name: "last year in a heading",
        context: toSubmit(problems(`（一）2023年政务公开工作中主要存在以下问题：\n${enough}`)),
        at: "problems:3-8",
        says: "此处写的是“2023年”，本报告为2024年度",
        severity: "error",
      },
      {
        name: "last year in the lead-in of a paragraph",
        context: toSubmit(overview("（一）2023年度主动公开。全年公开信息30条。")),
        at: "overview:3-8",
        says: "2023年",
        severity: "error",
      },
      {
        name: "last year's requests",
        context: toSubmit(overview("2022 年，本局收到政府信息公开申请6件。")),
        at: "overview:0-6",
        says: "2022年",
        severity: "error",
      },
      {
        name: "next year's problems",
        context: toSubmit(problems(`2025年存在以下问题。${enough}`)),
        at: "problems:0-5",
        says: "2025年",
        severity: "error",
      },
      {
        name: "another year elsewhere",
        context: toSubmit(overview("2021年12月，网站专栏上线运行。")),
        at: "overview:0-5",
        says: "2021年",
        severity: "hint",
      },
      {
        name: "another year in the opening",
        context: toSubmit({ opening: "现将2023年度政府信息公开情况报告如下。" }),
        at: "opening:2-7",
        says: "2023年",
        severity: "hint",
      },
    ],
    silent: [
      { name: "a comparison", context: toSubmit(overview("主动公开信息42条，较2023年增加8条。")) },
      { name: "同比", context: toSubmit(overview("2023年主动公开34条，2024年42条，同比增长23.5%。")) },
      { name: "statistics that lag", context: toSubmit(overview("研发投入从2022年的840万元提高到2023年的950万元。")) },
      { name: "a plan over years", context: toSubmit(overview("落实三年行动计划（2022—2024年）的公开任务。")) },
      {
        name: "a name in 《》",
        context: toSubmit(overview("落实《青川县2023年政务公开工作要点》，主动公开信息42条。")),
      },
      { name: "a document number", context: toSubmit(overview("执行云政办〔2019〕7号文件，主动公开信息42条。")) },
      { name: "a document of that year", context: toSubmit(overview("主动公开2023年部门决算和2025年部门预算。")) },
      { name: "improvements of next year", context: toSubmit(problems(`2025年，继续做好主动公开。${enough}`)) },
      { name: "what is ahead", context: toSubmit(overview("展望2025年，公开工作任务更重。专区预计2026年建成。")) },
      { name: "what has been since", context: toSubmit(overview("自2019年以来，主动公开信息逐年增加。")) },
      { name: "last year's problems mended", context: toSubmit(problems(`（一）2023年存在问题的整改情况\n${enough}`)) },
      { name: "the year reported on, spaced out", context: toSubmit(overview("2024 年度，主动公开信息42条。")) },
    ],
  },
  N14: {
    fires: [
      {
        name: "a chip whose cell is blank, in a draft",
        context: drafting({ ...withChip("requests.received.charity"), cells: { "requests.received.charity": null } }),
        at: "overview:9-13",
        says: "社会公益组织”还没有填写数字，此处印作“（未填）”",
        severity: "hint",
      },
      {
        name: "a chip whose cell is blank, in a report to be submitted whose form may have blanks",
        context: toSubmit({
          year: 2019,
          ...withChip("disputes.cases.directOther"),
          cells: { "disputes.cases.directOther": null },
        }),
        at: "overview:9-13",
        says: "还没有填写数字",
      },
    ],
    silent: [
      { name: "a chip whose cell is zero", context: toSubmit(withChip("requests.received.charity")) },
      {
        name: "a sum of which one cell is blank",
        context: drafting({ ...withChip("requests.received.total"), cells: { "requests.received.charity": null } }),
      },
      { name: "the same words typed", context: toSubmit(overview("有关数字（未填），以统计表为准。")) },
    ],
  },
  S01: {
    fires: [
      {
        name: "a section that is not printed",
        context: toSubmit(
          {},
          { printed: printedLike(current, { headings: printedLike(current).headings.slice(0, -1) }) },
        ),
        at: "other",
        says: "缺少“六、其他需要报告的事项”部分",
      },
      {
        name: "sections out of order",
        context: toSubmit(
          {},
          { printed: printedLike(current, { headings: printedLike(current).headings.toReversed() }) },
        ),
        at: "overview",
        says: "没有按顺序编排“一、总体情况”部分",
      },
    ],
    silent: [
      { name: "all six in order", context: toSubmit({}, { printed: printedLike(current) }) },
      { name: "a report that was not read from a document", context: toSubmit() },
    ],
  },
  S02: {
    fires: [
      {
        name: "a word left out of a heading",
        context: toSubmit(
          {},
          {
            printed: printedLike(current, { headings: [{ section: "problems", text: "五、存在主要问题及改进情况" }] }),
          },
        ),
        at: "problems",
        says: "标题应为“五、存在的主要问题及改进情况”，现为“五、存在主要问题及改进情况”",
        severity: "warning",
      },
      {
        name: "the long form of a heading",
        context: toSubmit(
          {},
          {
            printed: printedLike(current, {
              headings: [{ section: "problems", text: "五、政府信息公开工作存在的主要问题及改进情况" }],
            }),
          },
        ),
        at: "problems",
        says: "现为“五、政府信息公开工作存在的主要问题及改进情况”",
        severity: "hint",
      },
    ],
    silent: [
      {
        name: "blanks in a heading",
        context: toSubmit(
          {},
          { printed: printedLike(current, { headings: [{ section: "overview", text: "一、 总体 情况" }] }) },
        ),
      },
    ],
  },
  S03: {
    fires: [
      {
        name: "an empty section",
        context: toSubmit({ prose: { overview: "" } }),
        at: "overview",
        says: "“总体情况”还没有写",
        severity: "error",
      },
      {
        name: "the suggested sub-headings alone",
        context: toSubmit(problems("（一）存在的主要问题\n（二）改进情况")),
        at: "problems",
        says: "还没有写",
        severity: "error",
      },
      {
        name: "only 无 where problems are asked for",
        context: drafting(problems("无。")),
        at: "problems",
        says: "“存在的主要问题及改进情况”不能仅写“无”",
        severity: "error",
      },
      {
        name: "a few words where more are asked for",
        context: toSubmit(problems("公开不够及时。")),
        at: "problems",
        says: "只写了7字，不应少于50字",
        severity: "error",
      },
      {
        name: "a draft not written yet",
        context: drafting(problems("")),
        at: "problems",
        says: "还没有写",
        severity: "hint",
      },
    ],
    silent: [
      { name: "无 where that may be all", context: toSubmit({ year: 2019, prose: { other: "无。" } }) },
      { name: "a section long enough", context: toSubmit(problems(enough)) },
    ],
  },
  S07: {
    fires: [
      {
        name: "a heading number left out",
        context: toSubmit(overview("（一）主动公开情况\n已公开。\n（三）政府信息管理情况\n已管理。")),
        at: "overview:15-18",
        says: "序号“（三）”不连续，此处应为“（二）”",
      },
      {
        name: "a heading number twice, in half-width brackets",
        context: toSubmit(overview("(一) 主动公开情况\n已公开。\n(一) 依申请公开情况\n已办理。")),
        at: "overview:16-19",
        says: "序号“(一)”不连续，此处应为“（二）”",
      },
      {
        name: "an Arabic number left out",
        context: toSubmit(overview("（一）主动公开情况\n1.网站。\n3.新媒体。")),
        at: "overview:16-18",
        says: "此处应为“2.”",
      },
      {
        name: "a Chinese number left out",
        context: toSubmit(overview("一、主动公开\n已公开。\n三、依申请公开\n已办理。")),
        at: "overview:12-14",
        says: "序号“三、”不连续，此处应为“二、”",
      },
      {
        name: "an item left out",
        context: toSubmit(problems(`一是更新不及时；三是解读不够多。${enough}`)),
        at: "problems:8-10",
        says: "序号“三是”不连续，此处应为“二是”",
      },
      {
        name: "an item twice",
        context: toSubmit(problems(`一是更新不及时；二是解读不够多；二是形式单一。${enough}`)),
        at: "problems:16-18",
        says: "此处应为“三是”",
      },
      {
        name: "a run that starts at its second item below a new heading",
        context: toSubmit(overview("（一）主动公开情况\n一是网站。\n（二）依申请公开情况\n二是答复。")),
        at: "overview:27-29",
        says: "此处应为“一是”",
      },
    ],
    silent: [
      { name: "the sound report", context: toSubmit() },
      {
        name: "Arabic numbers that start again under a new heading",
        context: toSubmit(overview("（一）网站\n1.改版。\n2.更新。\n（二）新媒体\n1.规范。\n2.清理。")),
      },
      {
        name: "a second list behind a lead line",
        context: toSubmit(overview("主要做法：\n1.改版。\n2.更新。\n主要成效：\n1.规范。\n2.清理。")),
      },
      {
        name: "a run that starts again at 一是",
        context: toSubmit(overview("问题：一是慢，二是少。改进：一是快，二是多，三是好。")),
      },
      {
        name: "a run that goes on in the next paragraph",
        context: toSubmit(overview("一是改版专栏。\n补充说明一句。\n二是规范更新。")),
      },
      {
        name: "a single item on either side",
        context: toSubmit(overview("存在问题：一是更新慢。改进措施：一是勤更新。")),
      },
      {
        name: "decimals, ordinals and words that only look like items",
        context: toSubmit(
          overview("1.5亿元投入到位。\n第三是机制，重点之一是解读，统一是关键，第二十条第（八）项已公开。"),
        ),
      },
      {
        name: "a run whose first item has no stop before it",
        context: toSubmit(overview("主要做法一是改版，二是更新。")),
      },
    ],
  },
  P13: {
    fires: [
      {
        name: "a name in the text, where it first stands",
        context: toSubmit(overview("分管负责人𠮷某，审核人𠮷某。"), withoutGlyphs("𠮷")),
        at: "overview:5-7",
        says: "“𠮷”没有可用的字形",
      },
      {
        name: "the title",
        context: toSubmit({ title: "龘镇青川县云岭科学技术局2024年政府信息公开工作年度报告" }, withoutGlyphs("龘")),
        at: "title",
        says: "“龘”",
      },
      {
        name: "the opening",
        context: toSubmit({ opening: "本报告由某某县龘镇编制。" }, withoutGlyphs("龘")),
        at: "opening:7-8",
        says: "“龘”",
      },
    ],
    silent: [
      { name: "characters that the fonts have", context: toSubmit({}, withoutGlyphs("龘")) },
      { name: "any character while nothing is known of the fonts", context: toSubmit(overview("联系人𠮷某。")) },
    ],
  },
};
