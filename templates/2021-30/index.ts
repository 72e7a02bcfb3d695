import { type Format, prose, tableSection } from "../../lib/report/format.ts";
import { guidance } from "./guidance.ts";
import { disclosed, disputes, requests } from "./tables.ts";

const regulation = { title: "中华人民共和国政府信息公开条例", order: "国务院令第711号" };
const NUMBER = "国办公开办函〔2021〕30号";
const NOTICE = "国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知";

/** 国办公开办函〔2021〕30号：report years 2021 and later. */
export const format: Format = {
  id: "2021-30",
  notice: NUMBER,
  years: { from: 2021 },
  title: "{organisation}{year}年政府信息公开工作年度报告",
  period: "{year}年1月1日至{year}年12月31日",
  opening: [
    {
      text: `根据《${regulation.title}》（以下简称《条例》）和《${NOTICE}》（${NUMBER}）要求，编制本报告。`,
    },
    {
      text: "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。",
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
      "概述本机关一年来贯彻实施《条例》的情况，依次写主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。只写政府信息公开工作，不写业务成绩。",
      [
        {
          heading: "（一）主动公开情况",
          ask: "通过政府网站、政务新媒体、公报、公示栏等各公开了多少条；政策解读、回应关切各多少；重点领域公开了什么。分项之和要等于总数。",
          words: ["主动公开"],
        },
        {
          heading: "（二）依申请公开情况",
          ask: "收到、办结、结转各多少件，与表三一致；没有收到的，如实写明没有收到。",
          words: ["依申请", "申请公开", "公开申请"],
        },
        {
          heading: "（三）政府信息管理情况",
          ask: "公开属性认定、保密审查、发布审核等制度的执行；规范性文件制发、废止、现行有效件数，与表二一致。",
          words: ["信息管理", "公开属性", "源头管理", "信息清理"],
        },
        {
          heading: "（四）政府信息公开平台建设情况",
          ask: "网站信息公开栏目、政务新媒体、公报、政务公开专区等平台的建设和维护。",
          words: ["平台"],
        },
        {
          heading: "（五）监督保障情况",
          ask: "机构和人员、培训、考核；一级政府还要写工作考核、社会评议和责任追究结果（《条例》第五十条）。",
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
      "按《条例》第二十条第（一）（五）（六）（八）项填报。处理决定数量是全年作出的全部决定，含依法不公开的；没有发生的填0。",
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
      "写本机关今年政府信息公开工作中的具体问题，一个问题对应一条改进措施，并交代上年问题改进得怎样。",
      [
        { heading: "（一）存在的主要问题", ask: "两到三个具体问题，不写放到哪个单位都适用的空话。" },
        { heading: "（二）改进情况", ask: "与上面的问题逐条对应：已经做了什么，下一年准备做什么。" },
      ],
      50,
    ),
    prose(
      "other",
      "六、其他需要报告的事项",
      "写明信息处理费收取情况（没有收取也要写明）、本年度政务公开工作要点落实情况和其他需要说明的事项。",
      [
        {
          heading: "（一）信息处理费收取情况",
          ask: "依据《政府信息公开信息处理费管理办法》发出收费通知多少件、收取多少元；没有收取的写明未收取。收取的金额同时计入表二行政事业性收费。",
        },
        { heading: "（二）年度政务公开工作要点落实情况", ask: "上级或本级工作要点中由本机关承担的任务完成得怎样。" },
      ],
    ),
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
  stocks: [
    {
      table: "disclosed",
      rows: ["rules", "normative"],
      issued: "issued",
      repealed: "repealed",
      inForce: "inForce",
      words: { rules: "规章", normative: "规范性文件" },
    },
  ],
  guidance,
  citations: { notice: NOTICE, form: "中华人民共和国政府信息公开工作年度报告格式", onTrial: false, regulation },
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
  feeSection: "other",
  blanksTolerated: false,
};
