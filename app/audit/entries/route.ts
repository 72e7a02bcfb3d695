import { eventName } from "@/lib/audit/events.ts";
import { attachment } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { exportEntries, type NamedEntry } from "@/lib/store/audit.ts";
import { askedIn, filterOf } from "../filter.ts";

const heads = [
  ...["序号", "时间", "事项", "用户名", "用户编号", "角色", "单位", "对象", "对象编号", "内容"],
  ...["前一条校验值", "校验值"],
];

/** What the auditor asked for as a table that Excel and WPS open: CSV in UTF-8 with the mark by which they tell. */
export const GET = handler("GET /audit/entries", {}, async ({ actor, request }) => {
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const entries = await exportEntries(actor, filterOf(askedIn(search)));
  const lines = [heads, ...entries.map(cellsOf)].map((cells) => cells.map(quoted).join(","));
  return attachment({
    name: `操作记录${new Date().toISOString().slice(0, 10)}.csv`,
    type: "text/csv; charset=utf-8",
    bytes: new TextEncoder().encode(`\ufeff${lines.join("\r\n")}\r\n`),
  });
});

const cellsOf = (entry: NamedEntry): string[] => [
  String(entry.sequence),
  new Date(entry.at).toISOString(),
  eventName(entry.event),
  entry.username ?? "",
  entry.user ?? "",
  entry.role ?? "",
  entry.organisationName ?? entry.organisation ?? "",
  entry.objectName ?? "",
  entry.object ?? "",
  JSON.stringify(entry.details),
  entry.previous,
  entry.hash,
];

/** A name that begins like a formula must not become one. */
const quoted = (cell: string): string => `"${cell.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
