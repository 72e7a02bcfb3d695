import { type ComposedDocument, compose } from "../../lib/report/compose.ts";
import { type Format, leaves } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { parseReport } from "../../lib/report/schema.ts";

const office = {
  name: "青川市云岭区档案馆",
  address: "青川市云岭区文昌路18号",
  postcode: "621000",
  phone: "0816-2345678",
  email: "xxgk@yunling-archives.example.cn",
  siteName: "青川市云岭区人民政府网站",
  website: "https://www.yunling.example.cn/zwgk/fdzdgknr/zfxxgknb/index.html",
};

const overview = `2024年，本馆把政府信息公开与档案开放利用一并部署，有关情况如下。
（一）主动公开情况
全年通过区政府网站公开信息126条，其中：工作动态48条、通知公告31条、政策解读12条、其他35条；政务新媒体“云岭档案”发布图文214篇，阅读量达1.2万次，同比增长15.6%。
（二）依申请公开情况。全年收到政府信息公开申请16件，均在法定期限内答复，没有因此引起行政复议和行政诉讼。
1.查询类申请
群众到馆查阅婚姻、土地、知青等民生档案3,208人次（《云岭区档案查阅办法》〔2023〕7号）。
（三）政府信息管理情况
落实“先审查、后公开”，张喆堃、李昇等3名同志负责保密审查；全年清理失效文件4件——均已标注。
（四）政府信息公开平台建设情况
栏目由11个并为7个，网址https://www.yunling.example.cn/dag/gongkai/2024/mulu.html?lanmu=zhengce&ye=1已启用，可用率99.98%。
（五）监督保障情况
组织培训2次、68人次；社会评议满意率97.5%……未发生需要追究责任的情形。`;

const problems = `（一）存在的主要问题
一是馆藏开放审核进度偏慢，1990年以前形成的民生档案尚有2.3万卷未完成开放审核；二是政策解读以文字为主，图表、短视频偏少。
（二）改进情况
上年提出的“栏目重复”问题已经解决；对开放审核，2024年增加审核人员5名，完成8600卷，计划2026年6月底前全部完成。`;

const other = "本年度没有收取信息处理费，没有其他需要报告的事项。";

/** Long reports are made by saying the same again, so that breaks fall in ever new places. */
const repeated = (text: string, times: number) => Array.from({ length: times }, () => text).join("\n");

export type Sample = { figure?: number; times?: number; organisation?: string; draft?: boolean };

/** A complete report of an invented agency in this format; `figure` stands in every cell that is entered. */
function sampleReport(format: Format, { figure = 0, times = 1, organisation }: Sample = {}): Report {
  const tables = Object.fromEntries(
    format.tables.map((table) => {
      const rows = table.bands.flatMap((band) =>
        leaves(band.rows)
          .filter((row) => !row.sum)
          .map((row) => {
            const columns = leaves(band.columns).filter((column) => !column.sum);
            return [row.id, Object.fromEntries(columns.map((column) => [column.id, figure]))] as const;
          }),
      );
      return [table.id, Object.fromEntries(rows)];
    }),
  );
  const parsed = parseReport(format, {
    format: format.id,
    year: format.years.from,
    organisation: organisation ? { ...office, name: organisation } : office,
    prose: { overview: repeated(overview, times), problems, other },
    closing: { date: `${format.years.from + 1}-01-21`, note: "此件公开发布" },
    tables,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
  return parsed.report;
}

/** Such a report, composed. */
export const sampleDocument = (format: Format, { draft = false, ...sample }: Sample = {}): ComposedDocument =>
  compose(format, sampleReport(format, sample), draft);
