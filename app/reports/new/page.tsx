import type { Metadata } from "next";
import { Page } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { listReports } from "@/lib/store/reports.ts";
import { YearForm } from "./year-form.tsx";
import { lastYear, yearChoices } from "./years.ts";

export const metadata: Metadata = { title: "新建年度报告" };

export default page("GET /reports/new", async ({ actor }) => {
  const now = new Date();
  const choices = yearChoices(now, await listReports(actor));
  return (
    <Page heading="新建年度报告">
      <p>选择报告的统计年度，不是编写报告的年份。每个年度按当年适用的官方格式编制。</p>
      <YearForm choices={choices} usual={lastYear(now)} agency={actor.organisation.name} />
    </Page>
  );
});
