import { band, delta, group, line, money, orSlash, printedWith, sum, type Table } from "../../lib/report/format.ts";

const changes = [orSlash(line("items", "上一年项目数量")), orSlash(delta("change", "本年增/减"))];

/** 二、主动公开政府信息情况 */
export const disclosed: Table = {
  id: "disclosed",
  bands: [
    band(
      "第二十条第（一）项",
      [line("made", "本年新制作数量"), line("opened", "本年新公开数量"), line("inForce", "对外公开总数量")],
      [line("rules", "规章"), line("normative", "规范性文件")],
    ),
    band(
      "第二十条第（五）项",
      [...changes, line("decisions", "处理决定数量")],
      [line("licensing", "行政许可"), line("otherServices", "其他对外管理服务事项")],
    ),
    band(
      "第二十条第（六）项",
      [...changes, line("decisions", "处理决定数量")],
      [line("penalties", "行政处罚"), line("coercion", "行政强制")],
    ),
    band("第二十条第（八）项", changes, [line("fees", "行政事业性收费")]),
    band(
      "第二十条第（九）项",
      [line("items", "采购项目数量"), printedWith("万元", money("amount", "采购总金额"))],
      [line("procurement", "政府集中采购")],
    ),
  ],
  print: { widths: [54, 34, 34, 34], size: 10.5 },
};

/** 三、收到和处理政府信息公开申请情况 */
export const requests: Table = {
  id: "requests",
  bands: [
    {
      corner: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
      columns: [
        group("申请人情况", [
          line("natural", "自然人"),
          group("法人或其他组织", [
            line("business", "商业企业"),
            line("research", "科研机构"),
            line("charity", "社会公益组织"),
            line("legal", "法律服务机构"),
            line("otherOrg", "其他"),
          ]),
          sum("total", "总计"),
        ]),
      ],
      rows: [
        line("received", "一、本年新收政府信息公开申请数量"),
        line("carriedIn", "二、上年结转政府信息公开申请数量"),
        group("三、本年度办理结果", [
          line("granted", "（一）予以公开"),
          line("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
          group("（三）不予公开", [
            line("secret", "1.属于国家秘密"),
            line("prohibited", "2.其他法律行政法规禁止公开"),
            line("security", "3.危及“三安全一稳定”"),
            line("thirdParty", "4.保护第三方合法权益"),
            line("internal", "5.属于三类内部事务信息"),
            line("process", "6.属于四类过程性信息"),
            line("enforcement", "7.属于行政执法案卷"),
            line("inquiry", "8.属于行政查询事项"),
          ]),
          group("（四）无法提供", [
            line("notHeld", "1.本机关不掌握相关政府信息"),
            line("notMade", "2.没有现成信息需要另行制作"),
            line("unclear", "3.补正后申请内容仍不明确"),
          ]),
          group("（五）不予处理", [
            line("petition", "1.信访举报投诉类申请"),
            line("repeat", "2.重复申请"),
            line("publication", "3.要求提供公开出版物"),
            line("excessive", "4.无正当理由大量反复申请"),
            line("reconfirm", "5.要求行政机关确认或重新出具已获取信息"),
          ]),
          line("otherwise", "（六）其他处理"),
          sum("handled", "（七）总计"),
        ]),
        line("carriedOut", "四、结转下年度继续办理"),
      ],
    },
  ],
  print: { widths: [7.6, 15, 44, 12, 11.6, 11.6, 14.6, 14.6, 11.6, 13.4], size: 9 },
};

/** 四、政府信息公开行政复议、行政诉讼情况 */
const outcomes = (of: string) => [
  line(`${of}Upheld`, "结果维持"),
  line(`${of}Corrected`, "结果纠正"),
  line(`${of}Other`, "其他结果"),
  line(`${of}Pending`, "尚未审结"),
  sum(`${of}Total`, "总计"),
];
export const disputes: Table = {
  id: "disputes",
  bands: [
    {
      rows: [line("cases", "")],
      columns: [
        group("行政复议", outcomes("review")),
        group("行政诉讼", [
          group("未经复议直接起诉", outcomes("direct")),
          group("复议后起诉", outcomes("afterReview")),
        ]),
      ],
    },
  ],
  print: { widths: Array.from({ length: 15 }, () => 10.4), size: 9 },
};
