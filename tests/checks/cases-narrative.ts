import { type Cases, fine, slip } from "./case.ts";

/** Six requests came, two were carried in; seven were answered, one is carried out. */
const requests = {
  cells: {
    "requests.received.natural": 6,
    "requests.carriedIn.natural": 2,
    "requests.granted.natural": 4,
    "requests.partial.natural": 2,
    "requests.notHeld.natural": 1,
    "requests.carriedOut.natural": 1,
  },
};
const none = { cells: { "requests.received.natural": 0, "requests.granted.natural": 0 } };
/** Three 复议, one of them pending; two suits. */
const disputes = {
  cells: {
    "disputes.cases.reviewUpheld": 2,
    "disputes.cases.reviewPending": 1,
    "disputes.cases.afterReviewUpheld": 2,
  },
};
const documents = {
  cells: {
    "disclosed.normative.issued": 3,
    "disclosed.normative.repealed": 1,
    "disclosed.normative.inForce": 9,
  },
};
const government = { organisation: { name: "云岭市人民政府" } };

/** Text against tables, and numbers against each other. */
export const narrativeCases = {
  N01: {
    fires: [
      slip(
        [
          "overview",
          "全年收到政府信息公开申请7件，均已登记。",
          "7件",
          "“全年收到政府信息公开申请7件”，表三新收6件、含上年结转8件",
        ],
        requests,
      ),
      slip(["overview", "2024年，共受理依申请公开事项十二件。", "十二件", "表三新收6件"], requests),
      slip(["overview", "本年新收政府信息公开申请共计９件。", "９件", "均不一致"], requests),
      slip(["overview", "（一）依申请公开情况\n全年接到申请20余件。", "20余件", "含上年结转8件"], requests),
      slip(["overview", "收到公民、法人和其他组织提出的政府信息公开申请1,206件。", "1,206件", "表三新收6件"], requests),
      slip(["overview", "共办理政府信息公开申请9件，其中本年新收5件。", "5件", "表三新收6件"], {
        cells: { ...requests.cells, "requests.received.natural": 7, "requests.granted.natural": 5 },
        severity: "warning",
      }),
    ].map((firing, index) => (index === 5 ? { ...firing, says: "表三新收7件" } : firing)),
    silent: [
      fine("overview", "全年收到政府信息公开申请6件。", requests),
      fine("overview", "全年共收到政府信息公开申请8件（含上年结转2件）。", requests),
      fine("overview", "全年收到政府信息公开申请近10件。", {
        cells: { "requests.received.natural": 9, "requests.granted.natural": 9 },
      }),
      fine("overview", "全年收到政府信息公开申请六件。", requests),
      fine("overview", "全年收到信访件30件、群众咨询120件，均已答复。", requests),
      fine("overview", "（二）依申请公开情况\n收到人大代表建议和政协委员提案12件，均已办复。", requests),
      fine("overview", "受理行政许可申请35件，依法主动公开结果。", requests),
      fine("overview", "全年收到申请6件，2023年为4件。", requests),
      fine("overview", "2022年收到申请3件，2023年收到申请5件，2024年收到申请6件。", requests),
      fine("overview", "收到政府信息公开申请6件，较上年增加2件。", requests),
      fine("overview", "收到政府信息公开申请6件，其中网上申请4件、信函申请2件。", requests),
      fine("overview", "第一季度收到政府信息公开申请2件，第二季度收到政府信息公开申请4件。", requests),
      fine("overview", "通过网络平台收到政府信息公开申请4件。", requests),
      fine("overview", "收到申请人补正材料3份。", requests),
      fine("overview", "收到科技项目申请42件，立项结果全部公开。", requests),
      fine("overview", "全市新收政府信息公开申请6件，市直部门收到政府信息公开申请4件。", {
        ...requests,
        ...government,
      }),
      fine("overview", "收到投诉举报5件，其中涉及政府信息公开1件。", requests),
      fine("overview", "12345热线转来群众诉求56件。", requests),
      fine("overview", "依申请公开办事指南第3次修订，电话0953-1234567。", requests),
    ],
  },
  N02: {
    fires: [
      slip(["overview", "收到政府信息公开申请6件，答复6件。", "6件", "办理结果总计7件"], requests),
      slip(["overview", "收到政府信息公开申请6件、办结8件。", "8件", "“办结8件”，表三办理结果总计7件"], requests),
    ].map((firing, index) => (index === 0 ? { ...firing, at: "overview:15-17" } : firing)),
    silent: [
      fine("overview", "收到政府信息公开申请6件，按期答复7件。", requests),
      fine("overview", "答复群众咨询120件，办结信访事项3件。", requests),
      fine("overview", "（二）依申请公开情况\n答复网民留言25条。", requests),
      fine("overview", "上年结转的2件申请已全部答复。", requests),
      fine("overview", "收到政府信息公开申请6件，在15个工作日内答复。", requests),
    ],
  },
  N03: {
    fires: [
      slip(
        ["overview", "上年结转申请3件。", "3件", "“上年结转申请3件”，表三“上年结转政府信息公开申请数量”为2件"],
        requests,
      ),
      slip(
        ["overview", "收到政府信息公开申请6件，结转下年度继续办理2件。", "2件", "“结转下年度继续办理”为1件"],
        requests,
      ),
      slip(
        ["overview", "收到政府信息公开申请6件，3件结转至2025年办理。", "3件", "“结转下年度继续办理”为1件"],
        requests,
      ),
    ],
    silent: [
      fine("overview", "上年结转申请2件，均已答复；结转下年度1件。", requests),
      fine("overview", "收到政府信息公开申请6件，另有1件结转至2025年办理。", requests),
      fine("overview", "项目结转资金30万元，收回结余2笔。", requests),
      fine("overview", "2023年结转的2件申请已在法定期限内办结。", requests),
      fine("overview", "全年收到政府信息公开申请8件（含上年结转2件），结转2025年1件。", requests),
    ],
  },
  N04: {
    fires: [
      slip(["overview", "2024年，本局未收到政府信息公开申请。", "未收到政府信息公开申请", "但表三新收6件"]),
      slip(["overview", "全年无依申请公开事项。", "无依申请公开", "但表三新收6件"]),
      slip([
        "overview",
        "没有接到公民、法人和其他组织提出的政府信息公开申请。",
        "没有接到公民、法人和其他组织提出的政府信息公开申请",
        "表三新收6件",
      ]),
      slip(["overview", "收到政府信息公开申请3件，均已答复。", "3件", "有申请3件"], none),
      slip(["overview", "收到政府信息公开申请0件。", "0件", "没有收到申请"]),
    ],
    silent: [
      fine("overview", "2024年，本局未收到政府信息公开申请。", none),
      fine("overview", "收到政府信息公开申请0件。", none),
      fine("overview", "收到政府信息公开申请6件，未收到行政复议申请。"),
      fine("overview", "未发生因政府信息公开申请引起的行政复议、行政诉讼。"),
      fine("overview", "上年未收到政府信息公开申请，本年收到6件。"),
      fine("overview", "2023年没有收到政府信息公开申请。"),
      fine("overview", "没有出现逾期未答复政府信息公开申请的情况。"),
      fine("overview", "未收到网上提交的政府信息公开申请。"),
      fine("overview", "未收到法人提出的政府信息公开申请。"),
      fine("other", "2024年，在办理政府信息公开申请中，未收取信息处理费。"),
    ],
  },
  N05: {
    fires: [
      slip(["overview", "因政府信息公开被申请行政复议2件。", "2件", "正文称行政复议2件，表四为3件"], disputes),
      slip(["overview", "政府信息公开行政诉讼1起，均已应诉。", "1起", "正文称行政诉讼1起，表四为2件"], disputes),
      slip(
        ["overview", "涉及政府信息公开的行政复议3件，其中维持3件。", "3件", "正文称行政复议维持3件，表四为2件"],
        disputes,
      ),
      slip(
        [
          "overview",
          "没有发生因政府信息公开引起的行政复议。",
          "没有发生因政府信息公开引起的行政复议",
          "正文称没有行政复议，表四为3件",
        ],
        disputes,
      ),
      slip(
        ["overview", "涉及政府信息公开的行政复议、行政诉讼共4件。", "4件", "行政复议和行政诉讼合计4件，表四为5件"],
        disputes,
      ),
    ].map((firing, index) => (index === 2 ? { ...firing, at: "overview:20-22" } : firing)),
    silent: [
      fine("overview", "因政府信息公开被申请行政复议3件，被提起行政诉讼2件。", disputes),
      fine("overview", "涉及政府信息公开的行政复议、行政诉讼共5件。", disputes),
      fine("overview", "涉及政府信息公开的行政复议3件，维持2件，未审结1件。", disputes),
      fine("overview", "全年办理行政复议案件120件，全部按期审结。", disputes),
      fine("overview", "公开行政复议决定书16份。", disputes),
      fine("overview", "2023年政府信息公开行政复议5件。", disputes),
      fine("overview", "没有发生因政府信息公开引起的行政复议和行政诉讼。"),
      fine("overview", "政府信息公开行政复议决定没有被行政诉讼纠正的情况。", disputes),
    ],
  },
  N06: {
    fires: [
      slip(
        ["overview", "政府信息公开行政复议3件，均获维持。", "均获维持", "表四行政复议尚有未结1件、被纠正0件"],
        disputes,
      ),
      slip(["overview", "政府信息公开行政复议3件，维持率100%。", "维持率100", "未结1件"], disputes),
    ],
    silent: [
      fine("overview", "政府信息公开行政诉讼2件，均获维持。", disputes),
      fine("overview", "公开的办事指南均维持原有样式。", disputes),
    ],
  },
  N07: {
    fires: [
      slip(
        [
          "overview",
          "收到政府信息公开申请6件，答复7件，其中予以公开5件、部分公开2件、无法提供1件。",
          "5件",
          "正文予以公开5件，表三为4件",
        ],
        requests,
      ),
      slip(
        ["overview", "依申请公开答复7件：予以公开及部分公开7件。", "7件", "予以公开和部分公开7件，表三为6件"],
        requests,
      ),
    ].map((firing, index) => (index === 1 ? { ...firing, at: "overview:19-21" } : firing)),
    silent: [
      fine("overview", "收到政府信息公开申请6件，答复7件，其中予以公开4件、部分公开2件、无法提供1件。", requests),
      fine("overview", "依申请公开答复7件：予以公开及部分公开6件，无法提供1件。", requests),
      fine("overview", "经审查予以公开的规划文本12件，均在网站登载。", requests),
      fine("overview", "申请答复中予以公开的占57.1%，部分公开的占28.6%。", requests),
    ],
  },
  N08: {
    fires: [
      slip([
        "overview",
        "收到政府信息公开申请6件，自然人申请4件，法人申请1件。",
        "4件，法人申请1件",
        "自然人4件＋法人或其他组织1件＝5件，与总数6件不符",
      ]),
    ],
    silent: [
      fine("overview", "收到政府信息公开申请6件，自然人申请4件，法人和其他组织申请2件。"),
      fine("overview", "收到政府信息公开申请6件，其中自然人5件、商业企业1件。"),
      fine("overview", "服务企业12家、个人30人次。"),
    ],
  },
  N09: {
    fires: [
      slip(
        [
          "overview",
          "全年制发行政规范性文件4件。",
          "4件",
          "“全年制发行政规范性文件4件”，表二“行政规范性文件·本年制发件数”为3件",
        ],
        documents,
      ),
      slip(
        ["overview", "现行有效的规范性文件10件，已全部公开。", "10件", "表二“行政规范性文件·现行有效件数”为9件"],
        documents,
      ),
      slip(["overview", "废止规范性文件两件。", "两件", "本年废止件数”为1件"], documents),
    ],
    silent: [
      fine("overview", "全年制发规范性文件3件，废止1件，现行有效规范性文件9件。", documents),
      fine("overview", "公开规范性文件解读12篇。", documents),
      fine("overview", "起草规范性文件5件，备案审查规范性文件6件。", documents),
      fine("overview", "2023年制发规范性文件7件。", documents),
      fine("overview", "印发规范性文件4件。", { year: 2020 }),
    ],
  },
  N10: {
    fires: [
      slip([
        "overview",
        "研发投入从840万元提高到2007万元，增速138.8%。",
        "138.8%",
        "“840万元到2007万元的增幅”写作138.8%，应为138.9%",
      ]),
      slip(["overview", "主动公开信息42条，较上年34条增长25%。", "25%", "应为24%"]),
      slip(["overview", "部分公开35件，占总数805件的4.34%。", "4.34%", "应为4.35%"]),
      slip(["overview", "2023年主动公开34条，2024年42条，同比增长23.4%。", "23.4%", "应为23.5%"]),
    ],
    silent: [
      fine("overview", "研发投入从840万元提高到2007万元，增速138.9%。"),
      fine("overview", "主动公开信息42条，较上年34条增长23.5%。"),
      fine("overview", "主动公开信息42条，同比增长23.5%。"),
      fine("overview", "部分公开35件，占总数805件的4.35%。"),
      fine("overview", "办结率100%，满意率98.5%。"),
      fine("overview", "研发投入从约840万元提高到2007万元，增速138%。"),
      fine("overview", "开展培训3次、42人次，合格率96%。"),
    ],
  },
  N11: {
    fires: [
      slip([
        "overview",
        "全社会研发投入强度达到1.33%，同比增长0.14%。",
        "0.14%",
        "“1.33%，同比增长0.14%”：比率的变化应使用“百分点”",
      ]),
      slip(["overview", "按期答复率98%，比上年提高2%。", "2%", "百分点"]),
    ],
    silent: [
      fine("overview", "全社会研发投入强度达到1.33%，同比提高0.14个百分点。"),
      fine("overview", "信息发布量同比增长14%，阅读量增长20%。"),
      fine("overview", "按期答复率98%，满意率97%。"),
    ],
  },
  N12: {
    fires: [
      slip([
        "overview",
        "通过县政府网站主动公开信息19条。\n县政府网站全年公开信息15条。",
        "15条",
        "“网站公开信息”前后分别为19条和15条",
      ]),
      slip([
        "overview",
        "全年主动公开信息42条。\n2024年主动公开政府信息45条。",
        "45条",
        "“主动公开信息”前后分别为42条和45条",
      ]),
    ],
    silent: [
      fine("overview", "通过县政府网站主动公开信息19条。\n县政府网站全年公开信息19条。"),
      fine("overview", "通过县政府网站公开信息19条。\n微信公众号发布信息15条。"),
      fine("overview", "通过网站、微信公众号公开信息200余条。\n微信公众号发布信息183条。"),
      fine("overview", "网站公开政策文件12条。\n网站公开通知公告9条。"),
      fine("overview", "2023年主动公开信息34条。\n2024年主动公开信息42条。"),
      fine("overview", "一季度网站公开信息12条。\n二季度网站公开信息30条。"),
    ],
  },
  N13: {
    fires: [
      slip([
        "overview",
        "主动公开信息42条，其中：网站30条，公众号15条。",
        "42条，其中：网站30条，公众号15条",
        "所列分项合计45条，与总数42条相差3条",
      ]),
      slip([
        "overview",
        "主动公开信息42条，分别为网站30条、公众号10条。",
        "42条，分别为网站30条、公众号10条",
        "合计40条",
      ]),
      slip(["overview", "主动公开信息42条，其中网站30条，公众号10条。", "42条，其中网站30条，公众号10条", "合计40条"], {
        severity: "hint",
      }),
      slip([
        "overview",
        "动态信息53条（网站7条、公众号7条、查阅点53条）。",
        "53条（网站7条、公众号7条、查阅点53条",
        "合计67条，与总数53条相差14条",
      ]),
      slip(
        [
          "overview",
          "主动公开信息三百余条，其中网站一百二十条，公众号四十条。",
          "三百余条，其中网站一百二十条，公众号四十条",
          "合计160条",
        ],
        { severity: "hint" },
      ),
      slip([
        "overview",
        "全年主动公开信息70条。其中，机构类3条；政策类53条；财政类20条。",
        "其中，机构类3条；政策类53条；财政类20条",
        "合计76条",
      ]),
      slip([
        "overview",
        "公开信息1,200条，包括文件800条、公告500条。",
        "1,200条，包括文件800条、公告500条",
        "合计1300条",
      ]),
    ].map((firing, index) => (index === 5 ? { ...firing, at: "overview:12-34" } : firing)),
    silent: [
      fine("overview", "主动公开信息42条，其中：网站30条，公众号12条。"),
      fine("overview", "主动公开信息89条，其中：网站19条，公开栏12条，工作群3条，简报55期。"),
      fine("overview", "主动公开信息200余条，其中网站130条，公众号85条。"),
      fine("overview", "主动公开信息近200条，其中网站130条，公众号65条。"),
      fine("overview", "主动公开信息1.2万条，其中网站8000条，公众号4000条。"),
      fine("overview", "主动公开信息183条，其中业务动态30条。"),
      fine("overview", "公开信息42条，其中网站30条（政策18条、公告12条），公众号12条。"),
      fine("overview", "公开信息42条，其中网站30条，包括政策18条、公告12条；公众号12条。"),
      fine("overview", "公开信息42条，其中网站30条、公众号12条；举办培训3次，参加60人次。"),
      fine("overview", "公开信息42条，其中网站30条，公众号12条，阅读量3万次。"),
      fine("overview", "公开信息42条，其中网站30条，同比增加8条；公众号12条。"),
      fine("overview", "网站和公众号公开信息分别为30条、12条。"),
      fine("overview", "收到政府信息公开申请6件，答复6件，网站和公众号分别发布30条、12条。"),
      fine("overview", "公开信息42条（含转载12条）。"),
      fine("overview", "收取金额1.2万元，其中甲单位8000元、乙单位4000元。"),
      fine("overview", "设置公开平台2个，分别是县政府网站、公众号。"),
      fine("overview", "公开信息42条，其中一季度10条，二季度12条，三季度8条，四季度12条。"),
      fine("overview", "公开规划（2021—2025年）3件，其中图解2件。"),
      fine("overview", "主动公开信息42条，其中第1期简报30条，第2期简报12条。"),
    ],
  },
} satisfies Record<string, Cases>;
