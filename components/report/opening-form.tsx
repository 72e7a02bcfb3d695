"use client";

import { useMemo } from "react";
import { useWatch } from "react-hook-form";
import { openingOf, periodOf, titleOf } from "@/lib/report/compose.ts";
import { type EditValue, valueAt } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import { type Binding, type BoundForm, inputName, useBoundForm } from "./bound-form.ts";
import styles from "./fields.module.css";
import { ChoiceField, ComposedField, TextField } from "./fields.tsx";
import { useReportContext } from "./report-provider.tsx";
import { useReport } from "./use-report.ts";

/** Title, 统计期限 and opening, and the particulars of the agency they are composed from. */
export function OpeningForm() {
  const { draft, ready } = useReportContext();
  const form = useBoundForm(useMemo(() => openingBindings(draft.format), [draft]));
  return (
    <>
      <fieldset className={styles.group} disabled={!ready}>
        <legend>单位信息</legend>
        <TextField form={form} path="organisation.name" wide hint="与印章一致的全称，用于标题和署名。" />
        <BlankName form={form} />
        <TextField form={form} path="organisation.office" hint="报告有疑问时找谁，如办公室。" />
        <TextField form={form} path="organisation.phone" inputMode="tel" />
        <TextField form={form} path="organisation.address" wide />
        <TextField form={form} path="organisation.postcode" inputMode="tel" />
        <TextField form={form} path="organisation.fax" inputMode="tel" />
        <TextField form={form} path="organisation.email" inputMode="email" />
        <TextField form={form} path="organisation.siteName" hint="公布报告的政府网站。" />
        <TextField form={form} path="organisation.website" inputMode="url" wide />
        <ChoiceField form={form} path="organisation.level" />
        <ChoiceField form={form} path="organisation.kind" />
        <ChoiceField form={form} path="organisation.canMakeRules" hint="决定表二“规章”一行怎样检查。" />
      </fieldset>
      <fieldset className={styles.group} disabled={!ready}>
        <legend>标题与开头</legend>
        <ComposedField form={form} path="title" />
        <ComposedField form={form} path="period" />
        <ComposedField form={form} path="opening" long />
      </fieldset>
    </>
  );
}

/** A report cannot do without the name: a field left blank is not taken over, and says so. */
function BlankName({ form }: { form: BoundForm }) {
  const typed = useWatch({ control: form.control, name: inputName("organisation.name") });
  const kept = useReport((report) => report.organisation.name);
  if (typed === undefined || typed.trim() !== "") return null;
  return (
    <p className={styles.wideProblem} role="alert">
      单位全称不能为空，报告仍按“{kept}”保存。
    </p>
  );
}

const text = (path: string): Binding => ({
  path,
  shown: (report) => String(valueAt(report, path) ?? ""),
  read: (typed) => typed.trim() || null,
});
const choice = (path: string, read: (typed: string) => EditValue = (typed) => typed): Binding => ({
  path,
  shown: (report) => String(valueAt(report, path) ?? ""),
  read: (typed) => (typed === "" ? null : read(typed)),
});
const verbatim = (typed: string): EditValue => typed;

const openingBindings = (format: Format): Binding[] => [
  { ...text("organisation.name"), read: (typed) => typed.trim() || undefined },
  text("organisation.office"),
  text("organisation.phone"),
  text("organisation.address"),
  text("organisation.postcode"),
  text("organisation.fax"),
  text("organisation.email"),
  text("organisation.siteName"),
  text("organisation.website"),
  choice("organisation.level"),
  choice("organisation.kind"),
  choice("organisation.canMakeRules", (typed) => typed === "true"),
  { path: "title", shown: (report) => titleOf(format, report), read: verbatim },
  { path: "period", shown: (report) => periodOf(format, report), read: verbatim },
  { path: "opening", shown: (report) => openingOf(format, report), read: verbatim },
];
