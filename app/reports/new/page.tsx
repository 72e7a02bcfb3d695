import type { Metadata } from "next";
import { yearDue } from "@/components/report/deadline.ts";
import { Page } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { dayInChina } from "@/lib/report/day.ts";
import { listReports } from "@/lib/store/reports.ts";
import { requirementsFor } from "@/lib/store/requirements.ts";
import { YearForm } from "./year-form.tsx";
import { yearChoices } from "./years.ts";

export const metadata: Metadata = { title: "新建年度报告" };

export default page("GET /reports/new", async ({ actor }) => {
  const now = new Date();
  const choices = yearChoices(now, await listReports(actor));
  const due = yearDue(actor.organisation, dayInChina(now), await requirementsFor(actor));
  return (
    <Page heading="新建年度报告">
      <p>选择报告的统计年度，不是编写报告的年份。每个年度按当年适用的官方格式编制。</p>
      <YearForm choices={choices} due={due} agency={actor.organisation.name} />
    </Page>
  );
});
