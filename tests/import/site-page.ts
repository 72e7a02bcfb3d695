import type { Block, ComposedDocument, PrintedCell, TableBlock } from "../../lib/report/compose.ts";

/** What happens to a table on its way from a word processor through a PDF onto a website. */
export type Damage =
  | "none"
  /** Cut at a page end: a new table with the headings again; labels merged across the cut stand only in the first part. */
  | "cut"
  /** As `cut`, but the merged labels are repeated in the second part. */
  | "cutRepeated"
  /** The label of one row stands in two rows, as a page end has torn it, its figures in the first or in the second. */
  | "tornFiguresFirst"
  | "tornFiguresLast"
  /** Merged labels taken apart: an empty cell stands in every row and column that they covered. */
  | "unmerged";

/** Share of the rows above the cut. */
const CUT = 0.55;
const SMALLEST_CUT = 12;

/**
 * A report as government websites show it when it was pasted from Word: tables within tables that arrange the page, Word's
 * own styles and elements, and around it navigation, lists of other reports, particulars, buttons and a footer.
 */
export const sitePage = (
  { blocks, title, year }: ComposedDocument,
  damage: Damage,
): string => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>${title.replaceAll("\n", "")}_云岭区人民政府门户网站</title><style>td{font:12px}</style><script>var a = "<td>9</td>";</script></head><body>
<div class="top"><a href="/">首页</a> | <a href="/gk">政务公开</a> | <a href="/fw">办事服务</a></div>
<ul><li><a>云岭区机构编制委员会办公室${year - 1}年政府信息公开工作年度报告</a></li><li>政府信息公开年报</li></ul>
<TABLE width=1000 border=0 align=center><TBODY><TR><TD width=200><table><tr><td><a>公开指南</a></td></tr><tr><td>公开制度</td></tr></table></TD>
<TD valign=top><div>当前位置：<a>首页</a> &gt; <a>政府信息公开年报</a></div>
<table class="info"><tr><td>索引号：</td><td>YL-2</td><td>发布时间：</td><td>${year + 1}-01-22 10:30</td></tr></table>
<div class="article"><div class="tools">发布日期：${year + 1}-01-22　来源：云岭区　浏览次数：<span id="hits">128</span> 字体：【大 中 小】</div>
<div class="TRS_Editor"><div class="Section1" style="layout-grid:15.6pt">
${blocks.map((block) => htmlOf(block, damage)).join("\n")}
</div></div>
<p style="display:none">内部版本</p><p align="right">【打印本页】 【关闭窗口】</p><p>上一篇：云岭区水务局年度报告</p><p>扫一扫在手机打开当前页</p></div></TD></TR></TBODY></TABLE>
<div class="bottom"><p>主办单位：云岭区人民政府办公室　网站标识码：0000000000</p><p>版权所有 备案号ICP备00000000号</p></div></body></html>`;

const mso = (text: string): string =>
  `<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>${escaped(text)}<span lang=EN-US><o:p></o:p></span></span></p>`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const joined = (runs: readonly { text: string }[]): string => runs.map(({ text }) => text).join("");

function htmlOf(block: Block, damage: Damage): string {
  switch (block.kind) {
    case "title":
      return block.lines.map(mso).join("");
    case "heading":
    case "paragraph":
      return mso(joined(block.runs));
    case "signature":
      return `${mso(block.organisation)}${mso(block.date)}`;
    case "note":
      return mso(`（${block.text.replace(/[（）]/g, "")}）`);
    case "table":
      return tablesOf(block, damage);
  }
}

type Cells = readonly PrintedCell[];

function tablesOf({ rows: printed, headRows }: TableBlock, damage: Damage): string {
  const rows = printed.map(({ cells }) => cells);
  if (damage === "unmerged") return table(unmerged(rows));
  if (damage === "none" || rows.length < SMALLEST_CUT) return table(rows);
  const cut = Math.round(rows.length * CUT);
  if (damage.startsWith("torn")) return table(torn(rows, cut, damage === "tornFiguresFirst"));
  const above = rows
    .slice(0, cut)
    .map((row, top) => row.map((cell) => ({ ...cell, rowSpan: Math.min(cell.rowSpan, cut - top) })));
  const [first = [], ...others] = rows.slice(cut);
  const reaching = rows
    .slice(0, cut)
    .flatMap((row, top) =>
      row.filter(({ rowSpan }) => top + rowSpan > cut).map((cell) => ({ ...cell, rowSpan: top + cell.rowSpan - cut })),
    );
  const begun = reaching.map((cell) => (damage === "cut" ? { ...cell, text: "" } : cell));
  return `${table(above)}${mso("— 4 —")}${table([...rows.slice(0, headRows), [...begun, ...first], ...others])}`;
}

/** The row at the cut in two: half of its label in each, all of its figures in one of them. */
function torn(rows: readonly Cells[], cut: number, figuresFirst: boolean): Cells[] {
  const row = rows[cut] ?? [];
  const label = row.findLastIndex(({ at, text }) => at === undefined && text !== "");
  const half = Math.ceil((row[label]?.text.length ?? 0) / 2);
  const part = (isFirst: boolean): Cells =>
    row.map((cell, index) => {
      if (index === label) return { ...cell, text: isFirst ? cell.text.slice(0, half) : cell.text.slice(half) };
      return index < label || isFirst === figuresFirst ? cell : { ...cell, text: "" };
    });
  const grown = rows.map((cells, top) =>
    cells.map((cell) => (top < cut && top + cell.rowSpan > cut ? { ...cell, rowSpan: cell.rowSpan + 1 } : cell)),
  );
  return [...grown.slice(0, cut), part(true), part(false), ...grown.slice(cut + 1)];
}

function unmerged(rows: readonly Cells[]): Cells[] {
  const grid: PrintedCell[][] = rows.map(() => []);
  for (const [top, row] of rows.entries()) {
    let left = 0;
    for (const cell of row) {
      while (grid[top]?.[left]) left += 1;
      for (let down = 0; down < cell.rowSpan; down++) {
        for (let across = 0; across < cell.colSpan; across++) {
          const target = grid[top + down];
          if (target)
            target[left + across] = { ...cell, rowSpan: 1, colSpan: 1, text: down + across === 0 ? cell.text : "" };
        }
      }
    }
  }
  return grid;
}

const table = (rows: readonly Cells[]): string =>
  `<div align=center><table class=MsoTableGrid border=1 cellspacing=0 style='mso-border-alt:solid windowtext .5pt'>${rows
    .map(
      (row) =>
        `<tr style='mso-yfti-irow:0'>${row
          .map(
            ({ text, rowSpan, colSpan }) =>
              `<td${rowSpan > 1 ? ` rowspan=${rowSpan}` : ""}${colSpan > 1 ? ` colspan=${colSpan}` : ""} style='padding:0cm 5.4pt'><p class=MsoNormal align=center>${escaped(text)}&nbsp;<o:p></o:p></p></td>`,
          )
          .join("")}</tr>`,
    )
    .join("\n")}</table></div>`;
