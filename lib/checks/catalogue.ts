import type { CheckContext, Severity } from "./finding.ts";

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
    advice: "以上年已发布的报告为准核对；上年报告确有错误的，先更正上年报告。",
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
  };
}[Code];

/** One check: a pure function that finds nothing where the format has not the lines it speaks of. */
export type Rule = (context: CheckContext) => RawFinding[];
