import { type Cases, fine, saying, slip } from "./case.ts";
import { drafting, everyAspect, soundReport, toSubmit } from "./samples.ts";

const paragraph = (year: number, n: number) =>
  `${year}年，本局把政府信息公开作为服务企业的窗口，项目申报、评审、立项各环节的安排提前在网站预告，办理结果当天登载，全年通过网站发布项目信息${n}条，解答企业提问并将共性问题整理成问答集中公布，企业对公开工作的评价逐步提高。`;
const withOverview = (year: number, text: string) =>
  soundReport({ year, prose: { overview: `${text}\n${everyAspect}` } });
const neighbour = {
  ...soundReport({ organisation: { name: "青川县云岭民政局" }, prose: { overview: paragraph(2024, 17) } }),
};
const renamed = (title: string) => toSubmit({ title });
const agency = { organisation: { name: "云岭县科学技术局" } };

/** Copied and garbled text, names, placeholders, personal data. */
export const copyingCases = {
  D01: {
    fires: [
      {
        name: "last year's text with new figures",
        context: toSubmit(
          { prose: { overview: `${paragraph(2024, 42)}\n${everyAspect}` } },
          { lastYear: withOverview(2023, paragraph(2023, 34)) },
        ),
        at: "overview",
        says: "“总体情况”与上年文字重复率100%",
        severity: "warning",
      },
      {
        name: "a draft that starts from last year's text",
        context: drafting(
          { prose: { overview: `${paragraph(2024, 42)}\n${everyAspect}` } },
          { lastYear: withOverview(2023, paragraph(2023, 34)) },
        ),
        at: "overview",
        says: "重复率100%",
        severity: "hint",
      },
    ],
    silent: [
      { name: "another text", context: toSubmit({}, { lastYear: soundReport({ year: 2023 }) }) },
      {
        name: "short sections that are alike",
        context: toSubmit(
          { prose: { other: "本机关未收取信息处理费。" } },
          { lastYear: soundReport({ year: 2023, prose: { other: "本机关未收取信息处理费。" } }) },
        ),
      },
    ],
  },
  D02: {
    fires: [
      slip(["overview", paragraph(2024, 42), paragraph(2024, 42), "这一段与“青川县云岭民政局”的报告相同"], {
        context: { others: [neighbour] },
      }),
      slip(["overview", "青川县云岭民政局2024年主动公开信息42条。", "青川县云岭民政局", "文中出现“青川县云岭民政局”"], {
        context: { others: [neighbour] },
      }),
      slip(["overview", "公开工作列入全办年度考核。", "全办", "文中自称“全办”"]),
      slip(
        ["overview", "由山南县科学技术局办公室汇总编制。", "山南县科学技术局", "文中出现“山南县科学技术局”"],
        agency,
      ),
    ],
    silent: [
      fine("overview", "会同青川县云岭民政局开展联合检查。", { context: { others: [neighbour] } }),
      fine("overview", "严格执行本办法，做好全办公区公示，我办理的事项均已公开。"),
      fine("overview", "着眼全局，我局、本局和全局干部共同做好公开工作。"),
      fine("overview", "赴山南县科学技术局学习交流公开工作经验。", agency),
      fine("overview", "成立了县科学技术局公开工作小组，我县科学技术局、各县科学技术局按要求执行。", agency),
      fine("overview", "本办2024年主动公开信息42条。", { organisation: { name: "青川县人民政府办公室" } }),
    ],
  },
  D03: {
    fires: [
      {
        name: "a title without the full name",
        context: renamed("云岭科技局2024年政府信息公开工作年度报告"),
        at: "title",
        says: "标题写的是“云岭科技局2024年政府信息公开工作年度报告”，本机关全称为“青川县云岭科学技术局”",
      },
      slip([
        "opening",
        "现发布《县科技局2024年政府信息公开工作年度报告》。",
        "《县科技局2024年政府信息公开工作年度报告》",
        "正文引用的标题写的是",
      ]),
      slip(["overview", "云岭县科技局主动公开信息42条。", "云岭县科技局", "正文写的是“云岭县科技局”"], agency),
      slip(["overview", "2024年，县科技局主动公开信息42条。", "县科技局", "正文写的是“县科技局”"], {
        ...agency,
        severity: "hint",
      }),
    ],
    silent: [
      { name: "the composed title", context: toSubmit() },
      fine("opening", "现发布《青川县云岭科学技术局 2024 年政府信息公开工作年度报告》。"),
      fine("overview", "云岭县科学技术局（以下简称“县科技局”）主动公开信息42条，县科技局按月检查。", agency),
      fine("overview", "编制《云岭县科技局公开指南》。", agency),
      fine("overview", "按照市科学技术局要求，云岭县科学技术局主动公开信息42条。", agency),
      fine("overview", "云岭县教育局、云岭县财政局配合公开。", agency),
    ],
  },
  D04: {
    fires: [
      slip([
        "overview",
        "公众号公开政府信息主动公开政府信息。",
        "公开政府信息主动公开政府信息",
        "“公开政府信息主动公开政府信息”疑似重复",
      ]),
      slip(["overview", "加强业务培训业务培训。", "业务培训业务培训", "疑似重复"]),
    ],
    silent: [
      fine("overview", "编制政府信息公开指南和政府信息公开目录。"),
      fine("overview", "政府信息公开指南、政府信息公开目录均已更新。"),
      fine("overview", "加强政务公开培训提升政务公开水平。"),
      fine("overview", "坚持以公开为常态、不公开为例外。"),
      fine("overview", "谁起草谁解读，谁公开谁负责。"),
    ],
  },
  D05: {
    fires: [
      slip(["overview", "通过XX网站公开信息。", "XX", "占位文字“XX”"]),
      slip(["overview", "主动公开信息××条。", "××", "占位文字“××”"]),
      slip(["overview", "主动公开信息____条。", "____", "占位文字“____”"]),
      slip(["overview", "主动公开信息【 】条。", "【 】", "占位文字“【 】”"]),
      slip(["overview", "办理【请填写】件。", "【请填写】", "占位文字“【请填写】”"]),
      slip(["overview", "此处填写平台建设情况。", "此处", "占位文字“此处”"]),
    ],
    silent: [
      fine("overview", "开设【政策图解】栏目。"),
      fine("overview", "《政府网站发展指引》对此处有规定的照办。"),
      fine("overview", "网址为https://www.example.gov.cn/xxgk/index.html。"),
      fine("overview", "执行GB/T 9704标准，面积3×4米。"),
    ],
  },
  D06: {
    fires: [
      slip(["overview", "推进政务工开，优化平台。", "政务工开", "疑似错别字“政务工开”，应为“政务公开”"], {
        fix: "政务公开",
      }),
      slip(["problems", "行政复义被纠正。", "行政复义", "应为“行政复议”"], { fix: "行政复议" }),
    ],
    silent: [
      fine("overview", "推进政务公开工作，政策解读及时，工作部署到位。"),
      fine("overview", "不与公开工作挂钩的事项不再列入。"),
    ],
  },
  D07: {
    fires: [
      slip(["overview", "如需查阅请拨打13812345678。", "13812345678", "手机号码138…78"]),
      slip(["overview", "申请人身份证号11010519491231002X已登记。", "11010519491231002X", "身份证号码110…2X"]),
      slip(["overview", "申请人：王小明，申请公开规划文本。", "申请人：王小明", "申请人姓名"]),
      slip(["opening", "如有疑问请联系办公室，电话13812345678。", "13812345678", "手机号码"], { severity: "hint" }),
    ],
    silent: [
      fine("overview", "咨询电话0953-1234567，统一社会信用代码11640100MB1234567X。"),
      fine("overview", "项目编号110105194912310021不是证件号码。"),
      fine("overview", "申请人：补正后重新提交的，按新申请办理。"),
    ],
  },
  D08: {
    fires: [
      slip(["overview", "本部分以表格形式报告。", "本部分以表格形式报告", "像是模板中的提示语"]),
      slip([
        "problems",
        "与上面的问题逐条对应：已经做了什么，下一年准备做什么。",
        "与上面的问题逐条对应：已经做了什么，下一年准备做什么",
        "提示语",
      ]),
      slip([
        "opening",
        "本报告电子版可在县政府网站（具体网址）下载。",
        "（具体网址）",
        "“（具体网址）”像是模板中的提示语",
      ]),
      slip(["overview", "（单位名称）全年主动公开信息42条。", "（单位名称）", "提示语"]),
    ],
    silent: [
      fine("overview", "机构和人员已经落实，培训按计划开展。"),
      { name: "the composed opening", context: saying("overview", "已公开。") },
    ],
  },
} satisfies Record<string, Cases>;
