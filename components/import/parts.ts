import { placeOfPath } from "@/components/report/places.ts";
import { stepOf } from "@/lib/checks/progress.ts";
import type { Edit } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import { changesBetween } from "@/lib/report/history.ts";
import type { Report } from "@/lib/report/report.ts";

/**
 * The edits that make a draft say what a file says, by the step they belong to. What could not be read leaves what is there,
 * and the agency's particulars stay its own.
 */
export function changesByStep(format: Format, current: Report, read: Report): ReadonlyMap<string, readonly Edit[]> {
  const steps = new Map<string, Edit[]>();
  for (const { path, after } of changesBetween(format, current, read)) {
    const isNothing = after === null || (Array.isArray(after) && after.length === 0);
    if (isNothing || path.startsWith("organisation.")) continue;
    const step = stepOf(format, placeOfPath(path));
    steps.set(step, [...(steps.get(step) ?? []), { path, value: after }]);
  }
  return steps;
}
