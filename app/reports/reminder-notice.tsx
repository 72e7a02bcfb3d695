import { Notice } from "@/components/ui/notice.tsx";
import type { Reminder } from "@/lib/store/reminders.ts";
import { moment } from "@/lib/workflow/times.ts";

/** Who of the 主管部门 asked for which report and when, for as long as it was not sent. */
export const ReminderNotice = ({ reminders }: { reminders: readonly Reminder[] }) =>
  reminders.map(({ year, office, userName, at, times }) => (
    <Notice key={year}>
      <strong>催报：</strong>
      {office}（{userName}）于{moment.format(at)}催报{year}年度报告{times > 1 && `，已是第 ${times} 次`}
      。请尽快完成，报送后这条提醒自动消失。
    </Notice>
  ));
