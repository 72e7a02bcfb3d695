import type { Report } from "@/lib/report/report.ts";

/** What an agency published of a year, and the day on which it first did, `YYYY-MM-DD`. */
export type Published = { date: string; report: Report };

/**
 * Asks the server for what the agency of this report has published of its year. Undefined where it published nothing here, or that
 * is not hers to read; and where the server does not answer: the report is checked all the same.
 */
export async function askPublished({ organisation, year }: Report): Promise<Published | undefined> {
  try {
    const asked = new URLSearchParams({ name: organisation.name, year: String(year) });
    const response = await fetch(`/api/published?${asked}`);
    return response.ok ? (await response.json()).published : undefined;
  } catch {
    return undefined;
  }
}
