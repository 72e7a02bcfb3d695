import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Code, catalogue } from "../../lib/checks/catalogue.ts";
import { check } from "../../lib/checks/check.ts";
import type { CheckRequest, Printed } from "../../lib/checks/finding.ts";
import type { Requirements } from "../../lib/checks/requirement-pack.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import { formatOf, printedLike, soundReport, summed } from "./samples.ts";

/** Figures and turns of phrase of one clean report; everything else follows from them. */
type Make = {
  year: number;
  style: number;
  natural: number;
  business: number;
  carriedIn: number;
  carriedOut: number;
  partial: number;
  reviews: number;
  suits: number;
  issued: number;
  repealed: number;
  older: number;
  site: number;
  account: number;
  board: number;
};
type Texts = { overview: string; problems: string; other: string };
type Cells = Record<string, number | string | null>;
/** A clean report in the making, which a slip may alter before it is put together. */
type Draft = {
  make: Make;
  cells: Cells;
  texts: Texts;
  opening?: string;
  title?: string;
  date?: string;
  /** The cell whose number a line behind the overview quotes as a chip. */
  chip?: string;
};

const count = (most: number, least = 0) => fc.integer({ min: least, max: most });
const anyMake = (years: readonly number[]): fc.Arbitrary<Make> =>
  fc
    .record({
      year: fc.constantFrom(...years),
      style: count(1),
      natural: count(60, 12),
      business: count(15, 1),
      carriedIn: count(4, 1),
      carriedOut: count(3, 1),
      partial: count(5, 1),
      reviews: count(4, 1),
      suits: count(3, 1),
      issued: count(4, 1),
      repealed: count(3, 1),
      older: count(30, 3),
      site: count(80, 10),
      account: count(60, 10),
      board: count(20, 5),
    })
    .filter(({ older, repealed }) => older > repealed);

const received = ({ natural, business }: Make) => natural + business;
const handled = (make: Make) => received(make) + make.carriedIn - make.carriedOut;
const inForce = ({ older, issued, repealed }: Make) => older + issued - repealed;
const published = ({ site, account, board }: Make) => site + account + board;
const hasStock = ({ year }: Make) => formatOf(year).stocks.length > 0;
const hasFee = ({ year }: Make) => formatOf(year).feeSection !== undefined;

function clean(make: Make): Draft {
  const granted = make.natural + make.carriedIn - make.carriedOut - make.partial;
  const cells: Cells = {
    "requests.received.natural": make.natural,
    "requests.received.business": make.business,
    "requests.carriedIn.natural": make.carriedIn,
    "requests.granted.natural": granted,
    "requests.granted.business": make.business,
    "requests.partial.natural": make.partial,
    "requests.carriedOut.natural": make.carriedOut,
    "disputes.cases.reviewUpheld": make.reviews,
    "disputes.cases.afterReviewUpheld": make.suits,
    ...(hasStock(make)
      ? {
          "disclosed.normative.issued": make.issued,
          "disclosed.normative.repealed": make.repealed,
          "disclosed.normative.inForce": inForce(make),
          "disclosed.fees.charged": "0.06",
        }
      : {}),
  };
  const { year } = make;
  const documents = `制发行政规范性文件${make.issued}件，废止${make.repealed}件，现行有效行政规范性文件${inForce(make)}件。`;
  const overview = [
    make.style === 0 ? `${year}年，本局依法推进政府信息公开工作。` : "一年来，本局把公开工作与业务工作一同部署。",
    "（一）主动公开情况",
    `${year}年主动公开信息${published(make)}条，其中：网站${make.site}条，微信公众号${make.account}条，公示栏${make.board}条。`,
    "（二）依申请公开情况",
    make.style === 0
      ? `收到政府信息公开申请${received(make)}件，上年结转${make.carriedIn}件，答复${handled(make)}件，结转下年度继续办理${make.carriedOut}件。`
      : `全年新收政府信息公开申请${received(make)}件（自然人${make.natural}件，法人或其他组织${make.business}件），上年度结转${make.carriedIn}件；办结${handled(make)}件，其中予以公开${granted + make.business}件、部分公开${make.partial}件；结转${year + 1}年${make.carriedOut}件。`,
    `因政府信息公开被申请行政复议${make.reviews}件，被提起行政诉讼${make.suits}件。`,
    "（三）政府信息管理情况",
    `公文起草时同步确定公开属性。${hasStock(make) ? documents : ""}`,
    "（四）政府信息公开平台建设情况",
    "依托县政府网站信息公开平台，按月检查栏目更新。",
    "（五）监督保障情况",
    "公开工作纳入年度考核，社会评议结果良好，没有发生责任追究。",
  ].join("\n");
  const problems = [
    "（一）存在的主要问题",
    "一是公告的说明文字偏专业，群众不易看懂；二是栏目更新有时不够及时。",
    "（二）改进情况",
    "一是为公告配发通俗说明；二是实行栏目更新周报，按季通报检查结果，全年没有再出现迟报。",
  ].join("\n");
  const other = hasFee(make) ? `${year}年，对2件申请收取信息处理费400元。` : "无其他需要报告的事项。";
  return { make, cells, texts: { overview, problems, other } };
}

function contextOf(
  { make, cells, texts, opening, title, date, chip }: Draft,
  more: Partial<CheckRequest> = {},
): CheckRequest {
  const quoting = chip && {
    overview: [
      ...parsePassages(texts.overview),
      { kind: "item" as const, content: [{ text: "未能提供：" }, { figure: chip }, { text: "件。" }] },
    ],
  };
  const { format, report } = soundReport({ year: make.year, cells, prose: { ...texts, ...quoting } });
  const altered = {
    ...report,
    ...(opening === undefined ? {} : { opening }),
    ...(title === undefined ? {} : { title }),
    closing: { date: date ?? `${make.year + 1}-01-15` },
  };
  return { format, report: altered, stage: "submission", ...more };
}

const grave = (context: CheckRequest): string[] => [
  ...new Set(
    check(context)
      .filter(({ severity }) => severity !== "hint")
      .map(({ code }) => code),
  ),
];
const all = (context: CheckRequest): string[] => check(context).map(({ code }) => code);

const cell = (path: string, value: (make: Make) => number | string | null) => (draft: Draft) => ({
  ...draft,
  cells: { ...draft.cells, [path]: value(draft.make) },
});
const changed = (section: keyof Texts, from: (make: Make) => string, to: (make: Make) => string) => (draft: Draft) => {
  const text = draft.texts[section];
  const found = from(draft.make);
  if (!text.includes(found)) throw new Error(`the clean report does not say ${found}`);
  return { ...draft, texts: { ...draft.texts, [section]: text.replace(found, to(draft.make)) } };
};
const added = (section: keyof Texts, sentence: string | ((make: Make) => string)) => (draft: Draft) => {
  const text = typeof sentence === "string" ? sentence : sentence(draft.make);
  return { ...draft, texts: { ...draft.texts, [section]: `${draft.texts[section]}\n${text}` } };
};
const opened = (opening: (make: Make) => string) => (draft: Draft) => ({ ...draft, opening: opening(draft.make) });

type Slip = {
  code: Code;
  what: string;
  plant: (draft: Draft) => Draft;
  /** Other errors and warnings that the slip cannot come without. */
  with?: Code[];
  more?: (make: Make) => Partial<CheckRequest>;
  years?: readonly number[];
  /** Of these reports only. */
  among?: Partial<Make>;
};
const newer = [2021, 2022, 2023, 2024, 2025];
const every = [2019, 2020, ...newer];
const lastYear =
  (cells: (make: Make) => Cells) =>
  (make: Make): Partial<CheckRequest> => ({
    lastYear: soundReport({ year: make.year - 1, cells: cells(make) }),
  });
/** Last year's report as this year's follows from it, but for these cells. */
const following = (cells: (make: Make) => Cells) =>
  lastYear((make) => ({
    "requests.carriedOut.natural": make.carriedIn,
    ...(make.year > 2021 && { "disclosed.normative.inForce": make.older }),
    ...cells(make),
  }));
/** So many of the requests that were granted to natural persons had another outcome. */
const instead = (outcome: string) => (draft: Draft) => ({
  ...draft,
  cells: {
    ...draft.cells,
    "requests.granted.natural": Number(draft.cells["requests.granted.natural"]) - 1,
    [`requests.${outcome}.natural`]: 1,
  },
});
const cellsSet = (cells: (make: Make, before: Cells) => Cells) => (draft: Draft) => ({
  ...draft,
  cells: { ...draft.cells, ...cells(draft.make, draft.cells) },
});
/** What natural persons had is another kind's. */
const movedTo = (kind: string) =>
  cellsSet((_, cells) =>
    Object.fromEntries(
      Object.entries(cells).flatMap(([at, count]) =>
        at.endsWith(".natural")
          ? [
              [at, 0],
              [at.replace(/natural$/, kind), count],
            ]
          : [],
      ),
    ),
  );
const asItIs = (draft: Draft) => draft;
const pack = (asks: Partial<Requirements>) => (): Partial<CheckRequest> => ({
  requirements: [{ name: "云岭区编制要求", years: { from: 2019 }, dataPoints: [], longest: {}, headings: [], ...asks }],
});
/** A body of a region with these figures, everything else 0. */
const body = ({ year }: Make, name: string, cells: Cells) =>
  soundReport({
    year,
    organisation: { name },
    cells: { "requests.received.natural": 0, "requests.granted.natural": 0, ...cells },
  });
const headed = (change: (headings: Printed["headings"]) => Printed["headings"]) => (make: Make) => {
  const like = printedLike(formatOf(make.year));
  return { printed: { ...like, headings: change(like.headings) } };
};
const OTHER_WORK =
  "科技特派员下乡指导生产。企业研发中心稳定运行。产业园区建设加快。创新券兑付顺利完成。高新企业数量增长。技术合同登记活跃。人才团队逐步壮大。科普活动丰富多彩。农业示范基地扩大面积。院士工作站落户园区。检测仪器共享使用。成果转化步伐加快。";

const printed =
  (table: string, row: string, column: string, total: (make: Make) => number) =>
  (make: Make): Partial<CheckRequest> => ({
    printed: printedLike(formatOf(make.year), { totals: { [table]: { [row]: { [column]: total(make) } } } }),
  });

const slips: readonly Slip[] = [
  { code: "V01", what: "a negative count", plant: cell("disclosed.rules.inForce", () => "-3"), years: every },
  { code: "V02", what: "a blank", plant: cell("requests.secret.legal", () => null), years: newer },
  { code: "V03", what: "a slash", plant: cell("requests.secret.legal", () => "/"), years: every },
  { code: "V05", what: "too many decimals", plant: cell("disclosed.fees.charged", () => "0.0612345"), years: newer },
  {
    code: "V06",
    what: "元 for 万元",
    plant: cell("disclosed.fees.charged", () => "251000"),
    years: newer,
  },
  {
    code: "B01",
    what: "a column out of balance",
    plant: cell("requests.partial.charity", () => 9),
    with: ["N02", "N07"],
  },
  {
    code: "B02",
    what: "a total that is no sum",
    plant: (draft) => draft,
    more: printed("requests", "received", "total", (make) => received(make) + 1),
  },
  {
    code: "B03",
    what: "a total of outcomes that is no sum",
    plant: (draft) => draft,
    more: printed("requests", "handled", "natural", (make) => handled(make) + 1),
  },
  {
    code: "C01",
    what: "a total of disputes that is no sum",
    plant: (draft) => draft,
    more: printed("disputes", "cases", "reviewTotal", ({ reviews }) => reviews + 1),
  },
  {
    code: "V04",
    what: "full-width digits in print",
    plant: asItIs,
    more: (make) => ({
      printed: printedLike(formatOf(make.year), { written: { requests: { received: { natural: "１２" } } } }),
    }),
  },
  {
    code: "B04",
    what: "more carried out than received",
    plant: cellsSet((make) => ({
      "requests.carriedIn.natural": make.carriedIn + received(make),
      "requests.carriedOut.natural": make.carriedOut + received(make),
    })),
    with: ["B05", "N03"],
  },
  {
    code: "B05",
    what: "carried in, and still not answered",
    plant: cellsSet(() => ({ "requests.carriedIn.legal": 2, "requests.carriedOut.legal": 2 })),
    with: ["N03"],
  },
  {
    code: "B06",
    what: "a large share carried out",
    plant: cellsSet((make) => ({
      "requests.received.legal": received(make) + make.carriedIn,
      "requests.carriedOut.legal": received(make) + make.carriedIn,
    })),
    with: ["N01", "N03"],
  },
  { code: "B07", what: "a state secret", plant: instead("secret"), among: { style: 0 } },
  {
    code: "B08",
    what: "a large share of other outcomes",
    plant: cellsSet((_, cells) => ({
      "requests.granted.natural": 0,
      "requests.otherwise.natural": cells["requests.granted.natural"] ?? 0,
      "requests.granted.business": 0,
      "requests.otherwise.business": cells["requests.granted.business"] ?? 0,
    })),
    among: { style: 0 },
  },
  {
    code: "B09",
    what: "an unpaid fee without a word of notices",
    plant: instead("unpaid"),
    years: newer,
    among: { style: 0 },
  },
  { code: "B10", what: "an excessive request", plant: instead("excessive"), among: { style: 0 } },
  {
    code: "B11",
    what: "figures in the wrong column",
    plant: movedTo("legal"),
    among: { style: 0, natural: 30 },
  },
  {
    code: "A02",
    what: "fewer in force than issued",
    plant: cell("disclosed.normative.inForce", () => 2),
    years: newer,
    among: { issued: 4, repealed: 1 },
    with: ["N09"],
  },
  {
    code: "A03",
    what: "ordinary papers counted as 规范性文件",
    plant: cellsSet(({ older, repealed }) => ({
      "disclosed.normative.issued": 60,
      "disclosed.normative.inForce": older + 60 - repealed,
    })),
    years: newer,
    with: ["N09"],
  },
  {
    code: "A04",
    what: "penalties forgotten",
    plant: asItIs,
    more: following(() => ({ "disclosed.penalties.decisions": 240 })),
    years: [2022, 2024],
  },
  {
    code: "A05",
    what: "only this year's documents counted",
    plant: cell("disclosed.normative.inForce", () => 3),
    years: newer,
    among: { issued: 4, repealed: 1 },
    with: ["N09"],
  },
  {
    code: "C02",
    what: "复议 forgotten",
    plant: cell("disputes.cases.reviewUpheld", () => 0),
    more: following(() => ({})),
    years: [2022, 2024],
    with: ["N05"],
  },
  {
    code: "C03",
    what: "a suit in the wrong block",
    plant: cellsSet(({ suits }) => ({
      "disputes.cases.afterReviewUpheld": suits - 1,
      "disputes.cases.directUpheld": 1,
    })),
    years: [2024, 2025],
  },
  {
    code: "C04",
    what: "cases of other kinds counted",
    plant: cell("disputes.cases.reviewUpheld", (make) => handled(make) + make.carriedIn + 1),
    with: ["N05"],
  },
  {
    code: "C05",
    what: "a correction that is not explained",
    plant: cellsSet(({ reviews }) => ({
      "disputes.cases.reviewUpheld": reviews - 1,
      "disputes.cases.reviewCorrected": 1,
    })),
  },
  {
    code: "X03",
    what: "pending cases forgotten",
    plant: asItIs,
    more: following(({ reviews }) => ({ "disputes.cases.reviewPending": reviews + 1 })),
    years: [2022, 2024],
  },
  {
    code: "X04",
    what: "a figure that is gone",
    plant: asItIs,
    more: following(() => ({ "disclosed.licensing.decisions": 60 })),
    years: [2022, 2024],
  },
  { code: "A01", what: "规章 of a county department", plant: cell("disclosed.rules.inForce", () => 2) },
  {
    code: "X01",
    what: "another figure than last year closed with",
    plant: (draft) => draft,
    more: lastYear(({ carriedIn }) => ({ "requests.carriedOut.natural": carriedIn + 1 })),
    years: [2022, 2024],
    with: ["X02"],
  },
  {
    code: "X02",
    what: "documents that do not follow",
    plant: (draft) => draft,
    more: lastYear(({ carriedIn, older }) => ({
      "requests.carriedOut.natural": carriedIn,
      "disclosed.normative.inForce": older + 2,
    })),
    years: [2022, 2024],
  },
  {
    code: "X05",
    what: "a last year in the older form",
    plant: (draft) => draft,
    more: lastYear(({ carriedIn }) => ({ "requests.carriedOut.natural": carriedIn })),
    years: [2021],
  },
  {
    code: "N01",
    what: "another number of requests",
    among: { style: 0 },
    plant: changed(
      "overview",
      (make) => `申请${received(make)}件`,
      (make) => `申请${received(make) + 7}件`,
    ),
  },
  {
    code: "N02",
    what: "another number of answers",
    among: { style: 0 },
    plant: changed(
      "overview",
      (make) => `答复${handled(make)}件`,
      (make) => `答复${handled(make) + 2}件`,
    ),
  },
  {
    code: "N03",
    what: "another number carried out",
    among: { style: 0 },
    plant: changed(
      "overview",
      ({ carriedOut }) => `继续办理${carriedOut}件`,
      ({ carriedOut }) => `继续办理${carriedOut + 1}件`,
    ),
  },
  {
    code: "N03",
    what: "another number carried in",
    plant: changed(
      "overview",
      ({ carriedIn }) => `结转${carriedIn}件`,
      ({ carriedIn }) => `结转${carriedIn + 1}件`,
    ),
  },
  { code: "N04", what: "none though there were some", plant: added("overview", "本局未收到政府信息公开申请。") },
  {
    code: "N05",
    what: "another number of 复议",
    plant: changed(
      "overview",
      ({ reviews }) => `行政复议${reviews}件`,
      ({ reviews }) => `行政复议${reviews + 1}件`,
    ),
  },
  {
    code: "N05",
    what: "another number of suits",
    plant: changed(
      "overview",
      ({ suits }) => `行政诉讼${suits}件`,
      ({ suits }) => `行政诉讼${suits + 1}件`,
    ),
  },
  {
    code: "N06",
    what: "all upheld, and one pending",
    plant: (draft) =>
      added("overview", "政府信息公开行政诉讼均获维持。")(cell("disputes.cases.afterReviewPending", () => 1)(draft)),
    with: ["N05"],
  },
  {
    code: "N07",
    what: "another number of an outcome",
    among: { style: 1 },
    plant: changed(
      "overview",
      ({ partial }) => `部分公开${partial}件`,
      ({ partial }) => `部分公开${partial + 1}件`,
    ),
  },
  {
    code: "N08",
    what: "applicants that do not add up",
    among: { style: 1 },
    plant: changed(
      "overview",
      ({ business }) => `其他组织${business}件`,
      ({ business }) => `其他组织${business + 1}件`,
    ),
  },
  {
    code: "N09",
    what: "another number of documents",
    years: newer,
    plant: changed(
      "overview",
      ({ issued }) => `制发行政规范性文件${issued}件`,
      ({ issued }) => `制发行政规范性文件${issued + 1}件`,
    ),
  },
  { code: "N10", what: "a wrong percentage", plant: added("overview", "培训人次由20人次增加到25人次，增长20%。") },
  { code: "N11", what: "percent for 百分点", plant: added("overview", "信息公开满意率98%，较上年提高2%。") },
  {
    code: "N12",
    what: "a number told twice",
    plant: added("overview", (make) => `全年主动公开政府信息${published(make) + 3}条。`),
  },
  {
    code: "N13",
    what: "parts above their sum",
    plant: changed(
      "overview",
      ({ board }) => `公示栏${board}条`,
      ({ board }) => `公示栏${board + 4}条`,
    ),
  },
  {
    code: "N13",
    what: "bracketed parts above their sum",
    plant: added("overview", "发布解读9篇（图片5篇，视频6篇）。"),
  },
  {
    code: "S03",
    what: "problems not written",
    plant: (draft) => ({ ...draft, texts: { ...draft.texts, problems: "无。" } }),
  },
  {
    code: "S04",
    what: "an aspect left out",
    plant: changed(
      "overview",
      () => "（四）政府信息公开平台建设情况\n依托县政府网站信息公开平台，按月检查栏目更新。\n（五）",
      () => "（四）",
    ),
  },
  {
    code: "S06",
    what: "fewer remedies than problems",
    plant: changed(
      "problems",
      () => "不够及时。",
      () => "不够及时；三是培训偏少。",
    ),
  },
  {
    code: "S07",
    what: "a number left out",
    plant: changed(
      "overview",
      () => "（三）",
      () => "（四）",
    ),
  },
  {
    code: "Y01",
    what: "another year in the title",
    plant: (draft) => ({ ...draft, title: `青川县云岭科学技术局${draft.make.year - 1}年政府信息公开工作年度报告` }),
  },
  {
    code: "Y02",
    what: "last year's sentence",
    plant: added("overview", ({ year }) => `${year - 1}年，本局主动公开信息及时规范。`),
  },
  {
    code: "Y04",
    what: "a meeting to come",
    plant: added("overview", "学习贯彻党的二十届四中全会精神。"),
    years: [2021, 2022, 2023],
  },
  { code: "Y05", what: "signed in February", plant: (draft) => ({ ...draft, date: `${draft.make.year + 1}-02-09` }) },
  {
    code: "Y06",
    what: "a plan for the past",
    plant: added("problems", ({ year }) => `${year}年，我局将进一步加强培训。`),
  },
  { code: "F01", what: "a fee above the table's", plant: cell("disclosed.fees.charged", () => "0.03"), years: newer },
  {
    code: "F02",
    what: "no word of any fee",
    plant: (draft) => ({ ...draft, texts: { ...draft.texts, other: "年度工作要点均已落实。" } }),
    years: newer,
  },
  {
    code: "F03",
    what: "no word of this fee",
    plant: (draft) => ({ ...draft, texts: { ...draft.texts, other: "没有向群众收取费用。" } }),
    years: newer,
  },
  {
    code: "F05",
    what: "an odd fee",
    plant: changed(
      "other",
      () => "400元",
      () => "405元",
    ),
    years: newer,
  },
  {
    code: "F04",
    what: "a fee, and no request",
    plant: (draft) =>
      changed(
        "overview",
        (make) =>
          `收到政府信息公开申请${received(make)}件，上年结转${make.carriedIn}件，答复${handled(make)}件，结转下年度继续办理${make.carriedOut}件。`,
        () => "没有收到政府信息公开申请。",
      )({
        ...draft,
        cells: Object.fromEntries(
          Object.entries(draft.cells).map(([at, entry]) => [at, at.startsWith("requests.") ? 0 : entry]),
        ),
      }),
    years: newer,
    among: { style: 0 },
  },
  {
    code: "F06",
    what: "fees that do not make up the whole",
    plant: changed(
      "other",
      () => "400元。",
      () => "400元，其中甲股1件、200元，乙股1件、150元。",
    ),
    years: newer,
  },
  {
    code: "N14",
    what: "a chip whose cell is blank",
    plant: (draft) => ({ ...cell("requests.notHeld.charity", () => null)(draft), chip: "requests.notHeld.charity" }),
    with: ["V02"],
  },
  {
    code: "S01",
    what: "a part left out",
    plant: asItIs,
    more: headed((headings) => headings.filter(({ section }) => section !== "disputes")),
  },
  {
    code: "S02",
    what: "a heading worded otherwise",
    plant: asItIs,
    more: headed((headings) =>
      headings.map(({ section, text }) => ({ section, text: text.replace("存在的主要问题", "存在主要问题") })),
    ),
  },
  {
    code: "S05",
    what: "no results of supervision",
    plant: changed(
      "overview",
      () => "公开工作纳入年度考核，社会评议结果良好，没有发生责任追究。",
      () => "公开工作有专人负责，全年开展业务培训两期。",
    ),
  },
  { code: "S08", what: "too long for the office", plant: asItIs, more: pack({ longest: { overview: 50 } }) },
  { code: "S09", what: "other work", plant: added("overview", OTHER_WORK) },
  {
    code: "L01",
    what: "what the office asks for left out",
    plant: asItIs,
    more: pack({
      dataPoints: [{ section: "overview", name: "政务公开专区设置情况", words: ["专区"], number: false }],
    }),
  },
  {
    code: "L02",
    what: "a sub-heading that the office asks for left out",
    plant: asItIs,
    more: pack({ headings: [{ section: "other", heading: "信息处理费收取情况" }] }),
  },
  {
    code: "D01",
    what: "last year's text with new figures",
    plant: asItIs,
    more: (make) => ({
      lastYear: soundReport({
        year: make.year - 1,
        cells: { "requests.carriedOut.natural": make.carriedIn, "disclosed.normative.inForce": make.older },
        prose: clean({ ...make, year: make.year - 1 }).texts,
      }),
    }),
    years: [2022, 2024],
  },
  { code: "D02", what: "another kind of agency", plant: added("overview", "公开工作列入全办年度考核。") },
  {
    code: "D03",
    what: "another name",
    plant: opened(({ year }) => `现发布《县科技局${year}年政府信息公开工作年度报告》。`),
  },
  { code: "D04", what: "a phrase twice", plant: added("overview", "加强业务培训业务培训。") },
  { code: "D05", what: "a placeholder", plant: added("overview", "通过XX栏目发布公告。") },
  { code: "D06", what: "a garbled word", plant: added("overview", "政务工开专区已经设立。") },
  { code: "D07", what: "a mobile number", plant: added("overview", "咨询请拨打13812345678。") },
  { code: "D08", what: "an instruction", plant: added("overview", "该部分以表格形式报告。") },
  { code: "P01", what: "square brackets", plant: added("overview", "执行云政办发[2018]7号文件。") },
  { code: "P02", what: "half-width brackets", plant: added("overview", "网站(手机版)已改版。") },
  { code: "P03", what: "names within names", plant: added("overview", "落实《关于印发<公开指南>的通知》。") },
  { code: "P04", what: "a half-width comma", plant: added("overview", "落实工作目标,及时公开。") },
  { code: "P05", what: "a comma between names", plant: added("overview", "印发《公开指南》、《公开目录》。") },
  { code: "P06", what: "a short name", plant: added("overview", "依据《公开条例》开展工作。") },
  { code: "P07", what: "no area code", plant: added("overview", "联系电话：8061367。") },
  { code: "P08", what: "blanks", plant: added("overview", "网站栏目 12 个运行正常。") },
  { code: "P09", what: "a hyphen", plant: added("overview", "公开规划（2016-2030年）实施情况。") },
  { code: "P10", what: "a short name not introduced", plant: opened(() => "根据《条例》编制本报告。") },
  {
    code: "P11",
    what: "a wrong order",
    plant: opened(() => "根据《中华人民共和国政府信息公开条例》（国令第711号）（以下简称《条例》）编制。"),
  },
  {
    code: "P12",
    what: "a wrong prefix",
    plant: opened(({ year }) => `依据${year < 2021 ? "国办发〔2019〕60号" : "国办发〔2021〕30号"}编制。`),
  },
  {
    code: "P13",
    what: "a character without a glyph",
    plant: added("overview", "联系人姓䶮。"),
    more: () => ({ covers: (character) => character !== "䶮" }),
  },
  {
    code: "R01",
    what: "a figure that is not the sum",
    plant: asItIs,
    more: (make) => ({
      rollup: summed([body(make, "甲县科学技术局", { ...clean(make).cells, "disclosed.licensing.decisions": 3 })]),
    }),
  },
  {
    code: "R02",
    what: "a body left out",
    plant: asItIs,
    more: (make) => ({
      rollup: summed([body(make, "甲县科学技术局", clean(make).cells)], { missing: ["乙县科学技术局"] }),
    }),
  },
  {
    code: "R03",
    what: "a case counted twice",
    plant: asItIs,
    more: (make) => ({
      rollup: summed([
        body(make, "青川县人民政府", { "disputes.cases.afterReviewUpheld": 1 }),
        body(make, "甲县科学技术局", { ...clean(make).cells, "disputes.cases.afterReviewUpheld": make.suits - 1 }),
      ]),
    }),
    among: { suits: 3 },
  },
  {
    code: "R04",
    what: "published in February",
    plant: asItIs,
    more: ({ year }) => ({ publication: { date: `${year + 1}-02-09` } }),
  },
  {
    code: "R05",
    what: "changed after it was published",
    plant: added("overview", "政务公开专区已经设立。"),
    more: (make) => ({ publication: { date: `${make.year + 1}-01-20`, report: contextOf(clean(make)).report } }),
  },
];

describe("a clean report", () => {
  test.each(every)("on %i has no error and no warning, whatever its figures", (year) => {
    fc.assert(
      fc.property(anyMake([year]), (make) => {
        expect(grave(contextOf(clean(make)))).toEqual([]);
        expect(grave(contextOf(clean(make), { stage: "drafting" }))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

test("every check of the catalogue has a slip", () => {
  expect([...new Set(slips.map(({ code }) => code))].sort()).toEqual(Object.keys(catalogue).sort());
});

describe("one slip in a clean report", () => {
  test.each(slips)("is found as $code: $what", ({ code, plant, with: companions = [], more, years = every, among }) => {
    fc.assert(
      fc.property(anyMake(years), (random) => {
        const make = { ...random, ...among };
        const before = clean(make);
        const context = contextOf(plant(before), more?.(make));
        expect(all(context)).toContain(code);
        expect(grave(context).filter((found) => ![code, ...companions].includes(found as Code))).toEqual([]);
        expect(all(contextOf(before))).not.toContain(code);
      }),
      { numRuns: 6 },
    );
  });
});
