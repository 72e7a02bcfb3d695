/** Everything that is put on record, with what it is called for people. */
export const auditEvents = {
  "session.begin": "登录",
  "session.fail": "登录失败",
  "session.lock": "账号锁定",
  "session.end": "退出登录",
  "session.revoke": "结束会话",
  "password.choose": "修改密码",
  "password.reset": "重置密码",
  "factor.begin": "启用动态口令",
  "factor.end": "停用动态口令",
  "installation.setup": "首次设置",
  "user.create": "增加用户",
  "user.change": "修改用户",
  "user.disable": "停用用户",
  "user.enable": "启用用户",
  "user.import": "导入用户",
  "organisation.create": "增加机构",
  "organisation.change": "修改机构",
  "organisation.steps": "修改审签步骤",
  "report.create": "新建报告",
  "report.submit": "送审",
  "report.approve": "审核通过",
  "report.clear": "保密审查通过",
  "report.sign": "签发",
  "report.file": "报送",
  "report.accept": "主管部门通过",
  "report.publish": "登记公开",
  "report.return": "退回修改",
  "report.recall": "撤回",
  "report.correct": "更正",
  "report.abandon": "放弃更正",
  "report.export": "下载文件",
  "remark.make": "提出意见",
  "remark.settle": "处理意见",
  "remark.reopen": "重新提出意见",
  "reminder.send": "催报",
  "adjustment.make": "登记汇总调整",
  "adjustment.withdraw": "撤销汇总调整",
  "requirements.put": "放入地方要求",
  "requirements.remove": "移除地方要求",
  "audit.export": "导出操作记录",
  "database.backup": "备份数据库",
} as const;

export type AuditEvent = keyof typeof auditEvents;

/** What an event is called; one that an older release knew keeps its code. */
export const eventName = (event: string): string => (isAuditEvent(event) ? auditEvents[event] : event);

export const isAuditEvent = (name: string): name is AuditEvent => Object.hasOwn(auditEvents, name);
