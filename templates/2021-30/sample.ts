/**
 * 样例: a whole report of a bureau that does not exist, for people to look at before they write their own. As a report
 * travels: what its schema reads. `figures` are the cells that are not 0, by address.
 */
export const sample = {
  year: 2024,
  organisation: {
    name: "青川市云岭区科学技术局",
    address: "云岭区松涛路26号",
    postcode: "650100",
    phone: "0799-8800126",
    office: "云岭区科学技术局办公室",
    siteName: "云岭区人民政府网站",
    website: "www.yunling.example.gov.cn",
    level: "county",
    kind: "department",
  },
  closing: { date: "2025-01-17" },
  prose: {
    overview: [
      "2024年，本局按照《条例》和区政府的部署，围绕科技项目申报、科技经费使用等企业和群众关心的事项做好政府信息公开工作。",
      "（一）主动公开情况",
      "全年主动公开政府信息96条，其中通过区政府网站公开74条，通过政务新媒体公开22条。内容以项目申报通知、立项公示和经费安排为主。对新出台的科技成果转化办法，配发了文字和图表两种解读。",
      "（二）依申请公开情况",
      "全年新收到政府信息公开申请5件，上年结转1件。办结6件，其中予以公开4件，部分公开1件，不掌握相关政府信息1件。没有结转到下一年度的申请。",
      "（三）政府信息管理情况",
      "公文起草时一并标明公开属性，由办公室复核，发布前逐条进行保密审查。全年制发行政规范性文件1件，废止1件，现行有效3件，目录已在区政府网站更新。",
      "（四）政府信息公开平台建设情况",
      "把原来分散的项目信息归到一个专栏，按申报、评审、立项、验收排列。每季度检查一次栏目和链接，发现的7处失效链接都已修复。",
      "（五）监督保障情况",
      "由一名副局长分管，办公室两人具体承办。全年组织业务培训2次，参训38人次。本局在区里组织的工作考核中达到良好等次，社会评议中没有收到负面意见，没有发生责任追究情形。",
    ].join("\n"),
    problems: [
      "（一）存在的主要问题",
      "一是申报通知写得偏长，小微企业反映不容易看出自己能不能报；二是验收结果公开得慢，有两个项目验收后一个多月才登载。",
      "（二）改进情况",
      "针对第一个问题，已在申报通知前面加上半页的要点表，列明对象、条件、时间和联系人，2025年将用于全部通知。针对第二个问题，已把公开结果写进验收流程，验收会后十个工作日内登载。上年提出的栏目分散问题，今年已经解决。",
    ].join("\n"),
    other: [
      "（一）信息处理费收取情况",
      "2024年，本局没有发出收费通知，未收取信息处理费。",
      "（二）年度政务公开工作要点落实情况",
      "区年度政务公开工作要点中由本局承担的科技经费公开、惠企政策解读两项任务已经完成。",
    ].join("\n"),
  },
  figures: {
    "disclosed.normative.issued": 1,
    "disclosed.normative.repealed": 1,
    "disclosed.normative.inForce": 3,
    "requests.received.natural": 3,
    "requests.received.business": 2,
    "requests.carriedIn.natural": 1,
    "requests.granted.natural": 2,
    "requests.granted.business": 2,
    "requests.partial.natural": 1,
    "requests.notHeld.natural": 1,
  },
};
