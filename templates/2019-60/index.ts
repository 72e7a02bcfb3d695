import { type Format, prose, tableSection } from "../../lib/report/format.ts";
import { guidance } from "./guidance.ts";
import { disclosed, disputes, requests } from "./tables.ts";

const regulation = { title: "中华人民共和国政府信息公开条例", order: "国务院令第711号" };
const NUMBER = "国办公开办函〔2019〕60号";
const NOTICE = "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知";

/** 国办公开办函〔2019〕60号（试行）：report years 2019 and 2020. */
export const format: Format = {
  id: "2019-60",
  notice: NUMBER,
  years: { from: 2019, to: 2020 },
  title: "{organisation}{year}年政府信息公开工作年度报告",
  period: "{year}年1月1日至{year}年12月31日",
  opening: [
    {
      text: `根据《${regulation.title}》（以下简称《条例》）和《${NOTICE}》（${NUMBER}）要求，编制本报告。`,
    },
    { text: "所列数据的统计期限为{period}。" },
    { text: "本报告电子版可在{siteName}（{website}）查阅、下载。" },
    {
      text: "如有疑问，请与{office}联系（{list}）。",
      list: ["地址：{address}", "邮编：{postcode}", "电话：{phone}", "传真：{fax}", "电子邮箱：{email}"],
    },
  ],
  sections: [
    prose(
      "overview",
      "一、总体情况",
      "概述本机关一年来贯彻实施《条例》的情况，依次写主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。",
      [
        { heading: "（一）主动公开情况", ask: "通过各类平台公开了多少条，分项之和要等于总数。", words: ["主动公开"] },
        {
          heading: "（二）依申请公开情况",
          ask: "收到、办结、结转各多少件，与表三一致。",
          words: ["依申请", "申请公开", "公开申请"],
        },
        {
          heading: "（三）政府信息管理情况",
          ask: "公开属性认定、保密审查、发布审核等制度的执行。",
          words: ["信息管理", "公开属性", "源头管理", "信息清理"],
        },
        {
          heading: "（四）政府信息公开平台建设情况",
          ask: "网站栏目、政务新媒体、公报等平台的建设和维护。",
          words: ["平台"],
        },
        {
          heading: "（五）监督保障情况",
          ask: "机构和人员、培训、考核、社会评议和责任追究。",
          words: ["监督", "保障"],
          results: [
            { name: "工作考核", words: ["考核", "考评", "绩效"] },
            { name: "社会评议", words: ["评议", "满意度", "测评", "第三方评估"] },
            { name: "责任追究", words: ["责任追究", "追究责任", "追责", "问责"] },
          ],
        },
      ],
    ),
    tableSection(
      disclosed,
      "二、主动公开政府信息情况",
      "按《条例》第二十条第（一）（五）（六）（八）（九）项填报。上一年项目数量和本年增/减确无项目的可填“/”。",
    ),
    tableSection(
      requests,
      "三、收到和处理政府信息公开申请情况",
      "每件申请只计入一种办理结果。每一列都要平：第一项加第二项之和，等于第三项加第四项之和。",
    ),
    tableSection(
      disputes,
      "四、政府信息公开行政复议、行政诉讼情况",
      "只统计由政府信息公开引起的行政复议和行政诉讼案件，按结果分列；到年底没有结案的计入“尚未审结”。",
    ),
    prose(
      "problems",
      "五、存在的主要问题及改进情况",
      "写本机关今年政府信息公开工作中的具体问题，一个问题对应一条改进措施。",
      [
        { heading: "（一）存在的主要问题", ask: "两到三个具体问题。" },
        { heading: "（二）改进情况", ask: "与上面的问题逐条对应。" },
      ],
      50,
    ),
    prose("other", "六、其他需要报告的事项", "其他需要报告的事项；确实没有的写“无其他需要报告的事项”。", []),
  ],
  tables: [disclosed, requests, disputes],
  balances: [
    {
      table: "requests",
      left: ["received", "carriedIn"],
      right: ["handled", "carriedOut"],
      names: { received: "新收", carriedIn: "上年结转", handled: "办理总计", carriedOut: "结转下年" },
    },
  ],
  carryOvers: [{ table: "requests", opening: "carriedIn", closing: "carriedOut" }],
  stocks: [],
  guidance,
  citations: { notice: NOTICE, form: "中华人民共和国政府信息公开工作年度报告格式（试行）", onTrial: true, regulation },
  instructions: [
    "年度报告应当包括",
    "该部分以表格形式报告",
    "本部分以表格形式报告",
    "（具体网址）",
    "按照本格式",
    "参照本格式",
    "不宜泛化",
    "如实填报",
  ],
  blanksTolerated: true,
};
