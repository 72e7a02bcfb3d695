import writeExcelFile from "write-excel-file/node";
import { workbook } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { columns } from "@/lib/auth/unit-import.ts";
import { organisationKindNames } from "@/lib/workflow/organisation-kinds.ts";
import { roleNames } from "@/lib/workflow/roles.ts";

const heads = Object.values(columns).map((value) => ({ value, fontWeight: "bold" as const }));
const widths = [34, 34, 16, 12, 20, 34].map((width) => ({ width }));
const hints = [
  "一行写一名用户和他的单位；一个单位有几名用户就写几行，单位名称每行都写。没有用户的单位只写前三栏。",
  "上级单位：不写就是您自己的单位；是新单位的，给它也写一行。",
  `单位类别：${Object.values(organisationKindNames).join("、")}。已有的单位可以不写。`,
  "用户名：登录时使用，全系统不能重复，2 至 32 个汉字、字母、数字。",
  `角色：${Object.values(roleNames).join("、")}，几个角色用顿号隔开。`,
  "已有的单位和用户不会改动，同一份表格可以再次导入。第一行的标题请不要改动。",
];

/** An empty table to fill in, with what may stand in it on a second sheet. */
export const GET = handler("GET /administration/import/template", {}, async () => {
  const bytes = await writeExcelFile([
    { sheet: "单位和用户", data: [heads], columns: widths, stickyRowsCount: 1 },
    { sheet: "填写说明", data: hints.map((value) => [{ value, wrap: true }]), columns: [{ width: 90 }] },
  ]).toBuffer();
  return workbook("单位和用户导入模板.xlsx", new Uint8Array(bytes));
});
