import { isAuditEvent } from "@/lib/audit/events.ts";
import type { AuditFilter } from "@/lib/store/audit.ts";

/** What the auditor asked for, as it stands in the address. */
export type Asked = { from: string; until: string; event: string; username: string; object: string };

type Search = Record<string, string | string[] | undefined>;

export function askedIn(search: Search): Asked {
  const one = (name: string) => {
    const value = search[name];
    return (typeof value === "string" ? value : "").trim().slice(0, 100);
  };
  return {
    from: one("from"),
    until: one("until"),
    event: one("event"),
    username: one("username"),
    object: one("object"),
  };
}

const DAY = 24 * 60 * 60_000;

/** The same for the store: days are days in China; what is no day or no event is left out. */
export function filterOf({ from, until, event, username, object }: Asked): AuditFilter {
  const [first, last] = [startOfDay(from), startOfDay(until)];
  return {
    from: first,
    until: last === undefined ? undefined : last + DAY - 1,
    event: isAuditEvent(event) ? event : undefined,
    username: username.normalize("NFKC").toLowerCase() || undefined,
    object: object || undefined,
  };
}

function startOfDay(day: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
