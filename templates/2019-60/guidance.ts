import type { Guidance } from "../../lib/report/format.ts";

const clerk = "办公室（依申请公开经办人）";
const legal = "法制机构（或法规科）";

/** 填报口径 of every row and column. */
export const guidance: Readonly<Record<string, Readonly<Record<string, Guidance>>>> = {
  disclosed: {
    rules: {
      counts:
        "本机关制定的规章。只有国务院有关部门，以及省、自治区、直辖市和设区的市、自治州的人民政府有权制定；县级政府、地方政府各部门、乡镇和派出机构没有这项权力，三栏都填0。执行的上级规章不计。",
      basis: "条例第二十条第（一）项；《立法法》关于规章制定权的规定",
      knows: "司法局（或法规科）",
    },
    normative: {
      counts: "本机关制作的规范性文件，一般的通知、函、会议纪要不计。几家联合制发的，只由牵头制作的机关计一次。",
      basis: "条例第二十条第（一）项",
      knows: "司法局（或法规科）",
    },
    licensing: {
      counts: "前两栏填行政许可事项的项目数和增减，最后一栏填本年作出的全部许可决定，依法不公开的也计入。",
      basis: "条例第二十条第（五）项",
      knows: "审批股",
    },
    otherServices: {
      counts: "行政许可以外、面向社会办理的管理和服务事项：前两栏填项目数和增减，最后一栏填本年作出的处理决定数量。",
      basis: "条例第二十条第（五）项",
      knows: "审批股",
    },
    penalties: {
      counts: "前两栏填行政处罚事项的项目数和增减，最后一栏填本年作出的全部处罚决定，依法不公开的也计入。",
      basis: "条例第二十条第（六）项",
      knows: "执法股",
    },
    coercion: {
      counts: "前两栏填行政强制事项的项目数和增减，最后一栏填本年作出的全部强制决定，依法不公开的也计入。",
      basis: "条例第二十条第（六）项",
      knows: "执法股",
    },
    fees: {
      counts: "填行政事业性收费的项目数和本年增减，不填收费金额。",
      basis: "条例第二十条第（八）项",
      knows: "财务股",
    },
    procurement: {
      counts: "本年政府集中采购的项目数和总金额。没有发生的填0。",
      basis: "条例第二十条第（九）项",
      knows: "财务股",
    },
    made: {
      counts: "本年1月1日至12月31日新制作的件数，不论是否公开。",
      basis: "条例第二十条第（一）项",
      knows: "司法局（或法规科）",
    },
    opened: {
      counts: "本年新向社会公开的件数。一般不多于本年新制作数量；公开了以前年度文件的，要能说明。",
      basis: "条例第二十条第（一）项",
      knows: "办公室",
    },
    inForce: {
      counts: "到本年12月31日向社会公开着的总件数，以前年度公开的也计入。不会少于本年新公开数量。",
      basis: "条例第二十条第（一）项",
      knows: "办公室",
    },
    items: {
      counts:
        "许可、处罚、强制、收费等行填上一年的事项项目数，确实没有项目的可以填“/”。政府集中采购一行填本年采购的项目数，没有的填0。",
      basis: "条例第二十条第（五）（六）（八）（九）项",
      knows: "许可问审批股，处罚、强制问执法股，收费、采购问财务股",
    },
    change: {
      counts: "本年事项项目数比上一年增加或减少了多少，减少的填负数，如-4；没有变化的填0，确实没有项目的可以填“/”。",
      basis: "条例第二十条第（五）（六）（八）项",
      knows: "许可问审批股，处罚、强制问执法股，收费问财务股",
    },
    decisions: {
      counts: "本年作出的处理决定的件数，包括依法不公开的。填的是全部决定，不是上网公开的条数。",
      basis: "条例第二十条第（五）（六）项",
      knows: "许可问审批股，处罚、强制问执法股",
    },
    amount: {
      counts: "本年政府集中采购的总金额。单位是万元，可以带小数：1元写作0.0001。只写数字，单位由系统印出。",
      basis: "条例第二十条第（九）项",
      knows: "财务股",
    },
  },
  requests: {
    received: {
      counts:
        "本年1月1日至12月31日新收到的政府信息公开申请，收到一件计一件，最后不予公开、不予处理的也计入。上年收到、本年才办的不在这里，计入第二项。",
      basis: "条例第二十九条至第三十一条",
      knows: clerk,
    },
    carriedIn: {
      counts:
        "上年收到、到上年年底还没有办结、转到本年办理的申请。上年已用这个格式的，每一列都应与上年年度报告的“结转下年度继续办理”相同。",
      knows: `${clerk}，可查上年年度报告`,
    },
    granted: {
      counts: "申请的信息全部给了申请人，或者已经主动公开、告知了获取的方式和途径。只给了一部分的不计在这里。",
      basis: "条例第三十六条第（一）（二）项",
      knows: clerk,
    },
    partial: {
      counts:
        "同一件申请中，能公开的公开了，不能公开的作了区分处理。这样的一件只计在这里，不公开的那部分不再计入其他各行。",
      basis: "条例第三十七条",
      knows: clerk,
    },
    secret: {
      counts: "申请的信息依法定为国家秘密，因此不予公开。填报前先确认定密依据已按规定审查过。",
      basis: "条例第十四条",
      knows: `${clerk}，定密依据问保密审查人员`,
    },
    prohibited: {
      counts: "国家秘密以外，其他法律或行政法规明文禁止公开的。只有地方文件或内部规定作依据的不计。",
      basis: "条例第十四条",
      knows: clerk,
    },
    security: {
      counts: "公开后可能危及国家安全、公共安全、经济安全或社会稳定的，“三安全一稳定”指的就是这四样。",
      basis: "条例第十四条",
      knows: clerk,
    },
    thirdParty: {
      counts:
        "涉及商业秘密、个人隐私等，公开会损害第三方合法权益，因此不予公开。第三方同意公开而公开了的，不计在这里。",
      basis: "条例第十五条、第三十二条",
      knows: clerk,
    },
    internal: {
      counts: "属于内部事务信息而不予公开的。三类指人事管理、后勤管理、内部工作流程。",
      basis: "条例第十六条第一款",
      knows: clerk,
    },
    process: {
      counts: "属于过程性信息而不予公开的。四类指讨论记录、过程稿、磋商信函、请示报告。",
      basis: "条例第十六条第二款",
      knows: clerk,
    },
    enforcement: {
      counts: "申请的是行政执法案卷里的信息，因此不予公开。不能公开的原因是别的，按实际原因计入其他各行。",
      basis: "条例第十六条第二款",
      knows: `${clerk}，案卷问执法股`,
    },
    inquiry: {
      counts: "申请的是法律、行政法规对获取方式另有规定的信息，如工商登记、不动产登记资料，告知申请人按有关规定查询。",
      basis: "条例第三十六条第（七）项",
      knows: clerk,
    },
    notHeld: {
      counts:
        "本机关查不到申请的信息，或者信息不归本机关公开、告知了申请人应向哪个机关申请。本机关收到并答复了的都计，告知向其他机关申请的也不扣除。",
      basis: "条例第三十六条第（四）（五）项",
      knows: clerk,
    },
    notMade: {
      counts:
        "没有现成的信息，要另外加工、分析才能得出，因此没有提供。经过区分处理就能提供的不计在这里，计入“部分公开”。",
      basis: "条例第三十八条",
      knows: clerk,
    },
    unclear: {
      counts: "通知申请人补正，申请人补正了，但申请内容仍不明确。根本没有补正的不计在这里，计入“其他处理”。",
      basis: "条例第三十条",
      knows: clerk,
    },
    petition: {
      counts:
        "名为申请公开信息，实为信访、举报、投诉，告知申请人通过相应渠道提出。确实是申请公开信息的，按答复结果计入其他各行。",
      basis: "条例第三十九条第一款",
      knows: clerk,
    },
    repeat: {
      counts: "同一申请人就同样的信息已经得到过答复，又来申请，告知不重复处理。不同的人申请同样信息的不计在这里。",
      basis: "条例第三十六条第（六）项",
      knows: clerk,
    },
    publication: {
      counts: "申请的是政府公报、报刊、书籍等公开出版物，告知申请人获取的途径。",
      basis: "条例第三十九条第二款",
      knows: clerk,
    },
    excessive: {
      counts:
        "申请的数量、频次明显超出合理范围，要求说明理由后认为理由不合理，因此不予处理。没有要求过说明理由的不能计在这里。",
      basis: "条例第三十五条",
      knows: clerk,
    },
    reconfirm: {
      counts: "申请人已经获取了这份信息，又要求行政机关予以确认或者重新出具。",
      knows: clerk,
    },
    otherwise: {
      counts:
        "前五项都归不进去的办理结果，例如申请人没有正当理由、逾期不补正，或者自己撤回申请。能归入前五项的不要放在这里。",
      knows: clerk,
    },
    handled: {
      counts: "系统自动计算：本列第三项（一）至（六）各行之和，也就是本年办结的件数。",
    },
    carriedOut: {
      counts:
        "到本年12月31日还没有办结、转到下一年继续办的申请，应当都在答复期限内（二十个工作日，依法延长的再加二十个）。下一年度报告的第二项应与这个数一致。",
      basis: "条例第三十三条",
      knows: clerk,
    },
    natural: {
      counts: "以公民个人名义提出的申请。以单位名义提出的，不论由谁经办，都不计在这里。",
      knows: clerk,
    },
    business: {
      counts: "以企业名义提出的申请。律师事务所等法律服务机构不计在这里。",
      knows: clerk,
    },
    research: {
      counts: "以研究院、研究所等科研机构名义提出的申请。科研人员以个人名义申请的，计入“自然人”。",
      knows: clerk,
    },
    charity: {
      counts: "以慈善、环保等社会公益组织名义提出的申请。志愿者以个人名义申请的，计入“自然人”。",
      knows: clerk,
    },
    legal: {
      counts: "以律师事务所等法律服务机构自己名义提出的申请。律师以个人名义申请的，计入“自然人”。",
      knows: clerk,
    },
    otherOrg: {
      counts: "前四列都归不进去的法人或其他组织。能归入前四列的不要放在这里。",
      knows: clerk,
    },
    total: {
      counts: "系统自动计算：自然人与五类法人或其他组织之和。",
    },
  },
  disputes: {
    cases: {
      counts:
        "只计因政府信息公开引起的行政复议和行政诉讼，其他复议、诉讼案件一律不计。没有发生的填0。上年没有审结的案件不要漏看，算在哪一年按本级主管部门的要求。",
      knows: legal,
    },
    reviewUpheld: { counts: "复议机关维持了本机关的做法，或者驳回了复议申请。", knows: legal },
    reviewCorrected: {
      counts: "复议机关撤销、变更本机关的决定，确认违法，或者责令履行。这里不是0的，宜在第五部分说明原因和改进。",
      knows: legal,
    },
    reviewOther: { counts: "没有维持也没有纠正的复议案件，例如不予受理、申请人撤回、调解、终止。", knows: legal },
    reviewPending: { counts: "到本年12月31日复议机关还没有作出决定的案件。", knows: legal },
    reviewTotal: { counts: "系统自动计算：行政复议前四栏之和。" },
    directUpheld: {
      counts: "没有经过复议、直接起诉的案件中，法院支持了本机关的做法，例如驳回原告的请求。",
      knows: legal,
    },
    directCorrected: {
      counts: "没有经过复议、直接起诉的案件中，法院撤销、变更本机关的决定，确认违法，或者责令履行。",
      knows: legal,
    },
    directOther: {
      counts: "没有经过复议、直接起诉的案件中，没有维持也没有纠正的，例如不予受理、原告撤诉、调解、终止。",
      knows: legal,
    },
    directPending: {
      counts: "没有经过复议、直接起诉，到本年12月31日法院还没有审结的案件。",
      knows: legal,
    },
    directTotal: { counts: "系统自动计算：未经复议直接起诉前四栏之和。" },
    afterReviewUpheld: {
      counts: "先经过复议、再起诉的案件中，法院支持了本机关的做法，例如驳回原告的请求。",
      knows: legal,
    },
    afterReviewCorrected: {
      counts: "先经过复议、再起诉的案件中，法院撤销、变更本机关的决定，确认违法，或者责令履行。",
      knows: legal,
    },
    afterReviewOther: {
      counts: "先经过复议、再起诉的案件中，没有维持也没有纠正的，例如不予受理、原告撤诉、调解、终止。",
      knows: legal,
    },
    afterReviewPending: {
      counts: "先经过复议、再起诉，到本年12月31日法院还没有审结的案件。",
      knows: legal,
    },
    afterReviewTotal: { counts: "系统自动计算：复议后起诉前四栏之和。" },
  },
};
