import type { CheckContext, Finding, Fix, Severity } from "./finding.ts";

type Item = {
  severity: Severity;
  /** The Chinese sentence; `{name}` is put in from the finding's params. */
  message: string;
  /** What to do about it. */
  advice: string;
  /** On what the check rests. */
  source: string;
};

/**
 * Every check of the engine, by its id in domain.md §3: how bad a finding is, what it says, what to do about it, and why it
 * is one. Where domain.md gives a check two severities the one here is the usual one and the rule says when it is the other.
 */
export const catalogue = {
  V01: {
    severity: "error",
    message: "“{cell}”应填写{wanted}，当前为“{value}”。",
    advice: "改为阿拉伯数字；没有发生的填0。",
    source: "年度报告格式",
  },
  V02: {
    severity: "error",
    message: "表{table}还有{n}个空格未填；没有发生的请填0，不要留空。",
    advice: "逐格核对后填写；确实没有发生的，可以用“其余空格填 0”一次填好。",
    source: "年度报告格式",
  },
  V03: {
    severity: "error",
    message: "“{cell}”填了“{value}”，统计表中应填数字0。",
    advice: "没有发生的改填0。",
    source: "年度报告格式",
  },
  V04: {
    severity: "hint",
    message: "表{table}有{n}格的数字用了全角数字或者千位分隔符，如“{cell}”写作“{value}”，应写作“{figure}”。",
    advice: "统计表中的数字用半角阿拉伯数字，不加分隔符；用本系统导出的文件已经统一。",
    source: "年度报告格式",
  },
  V05: {
    severity: "warning",
    message: "“{cell}”为{value}万元，小数有{places}位，小数位过多，请确认是否误按元填写。",
    advice: "以万元为单位填写：1元是0.0001万元，1分是0.000001万元。",
    source: "年度报告格式（单位：万元）",
  },
  V06: {
    severity: "warning",
    message: "“{cell}”为{value}万元，{reason}，请核对单位是否为万元。",
    advice: "向财务核对金额；按元统计的除以10000再填。",
    source: "年度报告格式（单位：万元）",
  },
  B01: {
    severity: "error",
    message: "“{column}”列勾稽不平：{left}＝{leftSum}，{right}＝{rightSum}，相差{difference}件。",
    advice: "逐件核对这一列的新收、上年结转、各项办理结果和结转下年度，使第一项加第二项等于第三项加第四项。",
    source: "年度报告格式表三附注",
  },
  B02: {
    severity: "error",
    message: "“{row}”总计应为{sum}（各类申请人之和），现为{printed}。",
    advice: "核对这一行各类申请人的件数；总计由系统计算，导出的文件以计算结果为准。",
    source: "年度报告格式表三",
  },
  B03: {
    severity: "error",
    message: "“{column}”列{row}应为{sum}（各项办理结果之和），现为{printed}。",
    advice: "核对这一列各项办理结果的件数；总计由系统计算，导出的文件以计算结果为准。",
    source: "年度报告格式表三",
  },
  B04: {
    severity: "warning",
    message: "结转下年{carriedOut}件多于本年新收{received}件，请核实。",
    advice: "只有年底前收到、尚在答复期限内的申请才结转下年度。",
    source: "《条例》第三十三条",
  },
  B05: {
    severity: "warning",
    message: "“{column}”列上年结转{carriedIn}件，本年仅办结{handled}件，可能存在超期未答复，请核实。",
    advice: "查明上年结转的申请是否都已在本年内答复。",
    source: "《条例》第三十三条",
  },
  B06: {
    severity: "hint",
    message: "结转下年{carriedOut}件，占新收与上年结转合计{all}件的{share}，结转比例偏高，请核实。",
    advice: "核对结转的申请是否都在答复期限内。",
    source: "《条例》第三十三条",
  },
  B07: {
    severity: "hint",
    message: "有{n}件以国家秘密不予公开，请确认已按规定审查定密依据。",
    advice: "核对每一件的定密依据和保密审查记录。",
    source: "《条例》第十四条、第十七条",
  },
  B08: {
    severity: "hint",
    message: "“{row}”{n}件，占办理结果{all}件的{share}，请确认不能归入前列情形。",
    advice: "逐件核对办理结果，能归入具体情形的改计到具体情形。",
    source: "年度报告格式表三",
  },
  B09: {
    severity: "warning",
    message: "有{n}件因逾期未缴费不再处理，“{heading}”应说明发出收费通知情况。",
    advice: "写明全年发出收费通知多少件、总金额和实际收取金额。",
    source: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
  },
  B10: {
    severity: "hint",
    message: "有{n}件涉及“{row}”，请确认已履行要求说明理由程序（条例第三十五条）。",
    advice: "核对是否要求申请人说明过理由，并留有书面记录。",
    source: "《条例》第三十五条",
  },
  B11: {
    severity: "warning",
    message: "自然人为0而法人或其他组织申请{n}件，请确认列未错填。",
    advice: "核对申请人类别；公民个人提出的申请计入“自然人”。",
    source: "年度报告格式表三",
  },
  A01: {
    severity: "error",
    message: "本机关没有规章制定权，“规章”各栏应为0，现“{cell}”为{value}。如系填写了{documents}或上级规章，请更正。",
    advice: "改填0；确有规章制定权的，在单位信息中注明。",
    source: "《立法法》关于部门规章和地方政府规章制定权的规定",
  },
  A02: {
    severity: "warning",
    message: "“{row}”现行有效{inForce}件，少于本年制发{issued}件减去本年废止{repealed}件，请核实。",
    advice: "本年制发、没有废止的都应计入现行有效，与法制机构核对目录。",
    source: "年度报告格式表二",
  },
  A03: {
    severity: "hint",
    message: "本年制发{row}{n}件，请确认均已经过合法性审核并备案。",
    advice: "与司法行政部门核对，一般文件不计入。",
    source: "年度报告格式表二",
  },
  A04: {
    severity: "hint",
    message: "{situation}，请确认未漏填（应统计全部决定，含依法不公开的）。",
    advice: "向审批、执法机构核对全年作出的决定数量。",
    source: "《条例》第二十条第（五）（六）项",
  },
  A05: {
    severity: "hint",
    message:
      "“{row}”现行有效{inForce}件，正好是本年制发{issued}件减去本年废止{repealed}件，即上年末一件也没有；没有上年报告，无法核对。",
    advice: "对照上年报告和文件清理结果核实；带上上年报告后由系统核对。",
    source: "年度报告格式表二",
  },
  C01: {
    severity: "error",
    message: "“{block}”总计应为{sum}，现为{printed}。",
    advice: "核对这一组各项结果的件数；总计由系统计算，导出的文件以计算结果为准。",
    source: "年度报告格式表四",
  },
  C02: {
    severity: "hint",
    message: "有复议后起诉{n}件，但近两年行政复议为0，请核实。",
    advice: "核对是否漏填行政复议，或者把直接起诉填成了复议后起诉。",
    source: "年度报告格式表四",
  },
  C03: {
    severity: "hint",
    message: "自2024年起对不予公开决定不服应先申请复议，仍有{n}件未经复议直接起诉，请核实（超期未答复等情形除外）。",
    advice: "核对这些案件的起诉对象和受理情况。",
    source: "《行政复议法》第二十三条",
  },
  C04: {
    severity: "hint",
    message:
      "行政复议{review}件、未经复议直接起诉{direct}件，合计多于本年办结和上年结转的申请{requests}件，请核实是否混入非政府信息公开案件。",
    advice: "只统计由政府信息公开引起的案件。",
    source: "年度报告格式表四",
  },
  C05: {
    severity: "warning",
    message: "有{n}件被纠正，建议在“{heading}”中说明原因和改进。",
    advice: "写明被纠正的原因和规范答复的措施。",
    source: "《条例》第五十条",
  },
  F02: {
    severity: "warning",
    message: "“{tableHeading}”填报收费{amount}万元，“{heading}”应说明信息处理费收取情况（包括未收取）。",
    advice: "写明收取信息处理费多少件、多少元；没有收取的写明未收取。",
    source: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
  },
  F03: {
    severity: "warning",
    message: "“{heading}”缺少信息处理费收取情况。",
    advice: "写明收取信息处理费多少件、多少元；没有收取的写明“未收取信息处理费”。",
    source: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
  },
  X01: {
    severity: "error",
    message: "“{column}”列上年结转{opening}件，与{lastYear}年报告“{closingRow}”{closing}件不一致。",
    advice: "以上年已发布的报告为准核对、改回；确有出入的，如上年报告有误、已经更正，写明理由。",
    source: "年度报告格式表三",
  },
  Y01: {
    severity: "error",
    message: "{place}写的是{found}年，本报告为{year}年度，标题、统计期限与报告年度应当一致。",
    advice: "改为报告年度。",
    source: "《条例》第五十条",
  },
  Y02: {
    severity: "error",
    message: "此处写的是“{found}年”，本报告为{year}年度，是否沿用了上年文字？",
    advice: "核对这句话说的是哪一年，沿用上年文字的请更新。",
    source: "《条例》第五十条",
  },
  N14: {
    severity: "error",
    message: "正文引用的“{cell}”还没有填写数字，此处印作“{printed}”。",
    advice: "先在统计表中填写这一格（没有发生的填0），正文随之更新；不需要这个数字的，从正文中删去。",
    source: "年度报告格式",
  },
  S01: {
    severity: "error",
    message: "{problem}“{heading}”部分。",
    advice: "按格式补齐六个部分，并依一至六的顺序编排。",
    source: "年度报告格式",
  },
  S02: {
    severity: "warning",
    message: "标题应为“{heading}”，现为“{printed}”。",
    advice: "标题用格式规定的原文；导出的文件已用规定的标题。",
    source: "年度报告格式",
  },
  S03: {
    severity: "error",
    message: "“{heading}”{problem}。",
    advice: "写出本机关的实际情况。",
    source: "《条例》第五十条",
  },
  S07: {
    severity: "warning",
    message: "序号“{found}”不连续，此处应为“{expected}”。",
    advice: "检查是否漏写、重复了一项，或者删改后没有重新编号。",
    source: "GB/T 9704 关于结构层次序数的规定",
  },
  F01: {
    severity: "warning",
    message:
      "“{heading}”写明收取信息处理费{collected}元，但“{tableHeading}”填报的收费只有{amount}万元；信息处理费属于行政性收费，应当计入。",
    advice: "核对收取金额；确已收取的，折合成万元计入收费金额一栏。",
    source: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
  },
  F04: {
    severity: "warning",
    message: "本年没有政府信息公开申请，却收取信息处理费{collected}元，请核实。",
    advice: "核对申请件数和收费金额，其中一处有误。",
    source: "《条例》第四十二条",
  },
  F05: {
    severity: "hint",
    message: "信息处理费按标准应为10元的整数倍，当前为{collected}元。",
    advice: "核对收取金额：按件、按量的各档标准都是10元的整数倍。",
    source: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
  },
  F06: {
    severity: "warning",
    message: "各单位信息处理费合计{sum}{unit}，与总数{whole}{unit}不符。",
    advice: "核对各单位的件数和金额，使分项之和等于总数。",
    source: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
  },
  X02: {
    severity: "warning",
    message:
      "{row}：上年有效{before}件＋本年制发{issued}件－本年废止{repealed}件＝{expected}件，与填报的现行有效{inForce}件相差{difference}件。",
    advice: "与法制机构核对目录；因清理、失效、机构职能划转或者更正上年口径所致的，注明原因。",
    source: "年度报告格式表二",
  },
  X03: {
    severity: "hint",
    message: "{name}上年尚有{pending}件没有审结，本年总计仅{all}件，请核实未结案件是否已经计入。",
    advice: "上年未结、本年继续办理的案件也计入本年。",
    source: "年度报告格式表四",
  },
  X04: {
    severity: "hint",
    message: "“{cell}”由上年{before}变为{now}，变化较大，请核实。",
    advice: "核对两年的统计口径和数字；变化属实的不必改。",
    source: "与上年报告比较",
  },
  X05: {
    severity: "warning",
    message: "{lastYear}年报告为旧格式，没有统计现行有效的数量，无法核对{row}现行有效{inForce}件。",
    advice: "与法制机构核对目录后，注明已经核对。",
    source: "年度报告格式表二",
  },
  Y04: {
    severity: "hint",
    message: "文中提到“{name}”，{problem}，请确认{year}年度报告是否沿用了旧稿。",
    advice: "按当年的提法改写。",
    source: "文字与报告年度应当相符",
  },
  Y05: {
    severity: "error",
    message: "落款日期{date}{problem}，请核对。",
    advice: "成文日期是报告签发的那一天，应当在报告年度的次年、公布期限之内。",
    source: "《条例》第四十九条",
  },
  Y06: {
    severity: "warning",
    message: "改进计划写的是“{year}年”，应为{next}年。",
    advice: "下一步的打算写次年；已经做了的写成过去。",
    source: "《条例》第五十条",
  },
  S04: {
    severity: "warning",
    message: "“{heading}”缺少“{part}”方面的内容。",
    advice: "补写这一方面的情况；没有开展的也要如实说明。",
    source: "年度报告格式",
  },
  S05: {
    severity: "hint",
    message: "“{part}”没有写{missing}情况{why}。",
    advice: "写明考核、评议的做法和结果，有没有责任追究；没有开展的如实说明。",
    source: "《条例》第五十条第一款第（四）项",
  },
  S06: {
    severity: "hint",
    message: "列出{problems}个问题、{remedies}条改进措施，请一一对应。",
    advice: "每个问题写一条改进措施。",
    source: "年度报告格式",
  },
  S08: {
    severity: "hint",
    message: "“{heading}”{length}字，超过{pack}规定的{most}字。",
    advice: "删减业务工作和套话。",
    source: "地方要求",
  },
  S09: {
    severity: "hint",
    message: "“{heading}”{all}句中有{other}句没有讲政府信息公开，业务工作篇幅较多，请聚焦政府信息公开工作。",
    advice: "删去业务成绩，写公开工作做了什么。",
    source: "国办公开办函〔2021〕30号（不宜泛化）",
  },
  L01: {
    severity: "warning",
    message: "“{heading}”没有写{name}，{pack}要求写明。",
    advice: "补写这项数据；没有发生的写明没有。",
    source: "地方要求",
  },
  L02: {
    severity: "warning",
    message: "“{heading}”没有小标题“{wanted}”，{pack}要求有。",
    advice: "加上这个小标题，写明情况。",
    source: "地方要求",
  },
  N01: {
    severity: "warning",
    message: "正文称“{says}”，{table}新收{received}件、含上年结转{all}件，均不一致。",
    advice: "核对申请件数，正文和统计表以实际数为准改成一致。",
    source: "正文与统计表应当一致",
  },
  N02: {
    severity: "warning",
    message: "正文称“{says}”，{table}办理结果总计{handled}件。",
    advice: "核对办结件数，正文和统计表改成一致。",
    source: "正文与统计表应当一致",
  },
  N03: {
    severity: "warning",
    message: "正文称“{says}”，{table}“{row}”为{figure}件。",
    advice: "核对结转件数，正文和统计表改成一致。",
    source: "正文与统计表应当一致",
  },
  N04: {
    severity: "warning",
    message: "正文称“{says}”，但{table}新收{received}件。",
    advice: "核对本年是否收到申请，正文和统计表改成一致。",
    source: "正文与统计表应当一致",
  },
  N05: {
    severity: "warning",
    message: "正文称{says}，{table}为{figure}件。",
    advice: "核对案件数；正文和统计表口径不同的，在正文中说明。",
    source: "正文与统计表应当一致",
  },
  N06: {
    severity: "warning",
    message: "正文称“{says}”，但{table}{of}尚有未结{pending}件、被纠正{corrected}件。",
    advice: "按各项结果如实写，未结的不能写成维持。",
    source: "正文与统计表应当一致",
  },
  N07: {
    severity: "warning",
    message: "正文{says}，{against}。",
    advice: "核对各项办理结果的件数；正文只写了一类申请人的，注明是哪一类。",
    source: "正文与统计表应当一致",
  },
  N08: {
    severity: "hint",
    message: "自然人{natural}件＋法人或其他组织{legal}件＝{sum}件，与总数{whole}件不符。",
    advice: "核对两类申请人的件数。",
    source: "正文与统计表应当一致",
  },
  N09: {
    severity: "warning",
    message: "正文称“{says}”，{table}“{cell}”为{figure}件。",
    advice: "与法制机构核对目录，正文和统计表改成一致。",
    source: "正文与统计表应当一致",
  },
  N10: {
    severity: "hint",
    message: "“{says}”写作{printed}，应为{right}。",
    advice: "按文中的数字重新计算，四舍五入到所写的位数。",
    source: "按文中数字计算",
  },
  N11: {
    severity: "hint",
    message: "“{says}”：比率的变化应使用“百分点”。",
    advice: "把后一个“%”改为“个百分点”；确指增长幅度的，重新表述。",
    source: "统计用语",
  },
  N12: {
    severity: "hint",
    message: "“{name}”前后分别为{first}和{second}。",
    advice: "核对是不是同一项统计；不是的，写明各自的范围。",
    source: "正文前后应当一致",
  },
  N13: {
    severity: "warning",
    message: "“{says}”：所列分项合计{sum}{unit}，与总数{total}相差{difference}{unit}。",
    advice: "核对总数和各分项；同一信息在几个渠道发布的，写明渠道有重复；只列举一部分的，用“包括”并写明“等”。",
    source: "正文前后应当一致",
  },
  D01: {
    severity: "warning",
    message: "“{heading}”与上年文字重复率{share}，请更新。",
    advice: "按本年的实际情况重写，不要只改年份和数字。",
    source: "国办公开办函〔2021〕30号（不得内容雷同）",
  },
  D02: {
    severity: "warning",
    message: "{what}，是否复制了其他单位的报告？",
    advice: "核对这段文字，改写成本单位的情况。",
    source: "国办公开办函〔2021〕30号（不得内容雷同）",
  },
  D03: {
    severity: "warning",
    message: "{place}写的是“{found}”，本机关全称为“{own}”，前后不一致。",
    advice: "标题用全称；正文用简称的，先写明“以下简称”。",
    source: "机关名称应当一致",
  },
  D04: {
    severity: "hint",
    message: "“{says}”疑似重复。",
    advice: "删去多写的部分。",
    source: "文字校对",
  },
  D05: {
    severity: "hint",
    message: "仍有未替换的占位文字“{found}”。",
    advice: "换成实际内容，或者删去。",
    source: "文字校对",
  },
  D06: {
    severity: "hint",
    message: "疑似错别字“{found}”，应为“{right}”。",
    advice: "核对后改正。",
    source: "文字校对",
  },
  D07: {
    severity: "warning",
    message: "正文出现疑似个人信息（{what}{found}），请删除。",
    advice: "公布的报告中不写个人的姓名、电话和证件号码。",
    source: "《条例》第十五条",
  },
  D08: {
    severity: "warning",
    message: "“{says}”像是模板中的提示语，请删除或改写。",
    advice: "换成本单位的实际情况。",
    source: "文字校对",
  },
  P01: {
    severity: "warning",
    message: "发文字号{problem}。",
    advice: "年份用六角括号“〔〕”括起，序号不加“第”。",
    source: "GB/T 9704",
  },
  P02: {
    severity: "warning",
    message: "“{found}”用了半角括号，中文的括号应为全角“（）”。",
    advice: "改为全角括号，前后一致。",
    source: "GB/T 15834",
  },
  P03: {
    severity: "hint",
    message: "书名号里面的书名应当用“〈〉”，现为“{found}”。",
    advice: "把里层的改为单书名号“〈〉”。",
    source: "GB/T 15834",
  },
  P04: {
    severity: "hint",
    message: "“{found}”处用了半角标点，中文标点应为全角“{right}”。",
    advice: "改为全角标点。",
    source: "GB/T 15834",
  },
  P05: {
    severity: "hint",
    message: "相邻的书名号之间不用顿号。",
    advice: "删去两个书名号之间的“、”。",
    source: "GB/T 15834",
  },
  P06: {
    severity: "hint",
    message: "引用的名称“{found}”与正式名称“{right}”不一致。",
    advice: "按正式名称引用；用简称的，先写明“以下简称”。",
    source: "正式名称",
  },
  P07: {
    severity: "hint",
    message: "联系方式“{found}”{problem}。",
    advice: "电话写明区号，电子邮箱不留空格。",
    source: "公布的联系方式应当可用",
  },
  P08: {
    severity: "hint",
    message: "“{found}”中数字与汉字之间有空格。",
    advice: "删去空格。",
    source: "公文排版习惯",
  },
  P09: {
    severity: "hint",
    message: "“{found}”：年份起止之间应当用一字线“—”。",
    advice: "把短横改为“—”。",
    source: "GB/T 15834",
  },
  P10: {
    severity: "hint",
    message: "{problem}。",
    advice: "第一次出现写全称并注明“以下简称”，以后用简称。",
    source: "公文用语",
  },
  P11: {
    severity: "hint",
    message: "《条例》的公布令应为“{order}”，现为“{found}”。",
    advice: "按正式的令号引用。",
    source: "国务院令第711号",
  },
  P12: {
    severity: "warning",
    message: "{what}应为“{right}”，现为“{found}”。",
    advice: "引用本年度适用的格式通知。",
    source: "年度报告格式",
  },
  R01: {
    severity: "warning",
    message: "“{cell}”汇总应为{sum}（{bodies}个单位合计{adjusted}），现为{printed}，差额请登记调整说明。",
    advice: "核对各单位的数字；确需调整的，登记调整数和原因。",
    source: "《条例》第四十九条",
  },
  R02: {
    severity: "warning",
    message: "还有{n}个单位未提交：{missing}。",
    advice: "催报，或者说明不汇总的理由。",
    source: "《条例》第四十九条",
  },
  R03: {
    severity: "hint",
    message:
      "复议后起诉：{government}报{own}件，其他单位报{others}件，汇总没有登记扣减；复议机关作共同被告的案件可能两边都计入了。",
    advice: "逐案核对；同一案件两边都计入的，登记扣减并写明原因。",
    source: "《行政诉讼法》第二十六条第二款",
  },
  R04: {
    severity: "warning",
    message: "{problem}。",
    advice: "按期公布。",
    source: "《条例》第四十九条",
  },
  R05: {
    severity: "hint",
    message: "发布后内容有改动（{parts}），请说明。",
    advice: "公布后确需更正的，发布更正版并写明理由。",
    source: "公布的报告应当稳定",
  },
  P13: {
    severity: "warning",
    message: "“{character}”没有可用的字形，PDF 和 OFD 中将以〓代替。",
    advice: "核对是否输入有误，能用规范汉字的改用规范汉字；人名、地名确需用此字的，请联系管理员安装含有该字的字体。",
    source: "《通用规范汉字表》；GB 18030—2022",
  },
} as const satisfies Record<string, Item>;

export type Code = keyof typeof catalogue;

type Names<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** A finding before its words are put in: its params are exactly those that its message names. */
export type RawFinding = {
  [Each in Code]: {
    code: Each;
    at: string;
    params: Record<Names<(typeof catalogue)[Each]["message"]>, string | number>;
    /** Only where the check has a second severity. */
    severity?: Severity;
    /** Only where the right wording is certain. */
    fix?: Fix;
    /** Only where one reason lets several findings stand. */
    shared?: Finding["shared"];
  };
}[Code];

/** One check: a pure function that finds nothing where the format has not the lines it speaks of. */
export type Rule = (context: CheckContext) => RawFinding[];
