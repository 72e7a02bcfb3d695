/** What a member may be in an organisation. One person may be several of these. */
export const roles = ["clerk", "reviewer", "signatory", "supervisor", "administrator", "auditor"] as const;
export type Role = (typeof roles)[number];

/** The official terms. */
export const roleNames: Readonly<Record<Role, string>> = {
  clerk: "经办人",
  reviewer: "审核人",
  signatory: "签发人",
  supervisor: "主管部门",
  administrator: "系统管理员",
  auditor: "审计员",
};

/** What each is there for, for whoever hands the roles out. */
export const roleDuties: Readonly<Record<Role, string>> = {
  clerk: "填写本单位的年度报告",
  reviewer: "审核本单位的年度报告",
  signatory: "签发本单位的年度报告",
  supervisor: "查看下级单位的年度报告，通过或者退回",
  administrator: "管理本单位和下级单位的机构、用户和角色，看不到报告",
  auditor: "查看操作记录，不能同时是系统管理员",
};
