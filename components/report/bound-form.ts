"use client";

import { useEffect, useMemo } from "react";
import { type UseFormReturn, useForm } from "react-hook-form";
import { type EditValue, valueAt } from "@/lib/report/edits.ts";
import type { Report } from "@/lib/report/report.ts";
import { sameValue } from "./draft/pending.ts";
import { useReportContext } from "./report-provider.tsx";

/** Ties a text field to a place of the report. Must not change while the form is shown. */
export type Binding = {
  path: string;
  /** What the field shows for the report as it stands. */
  shown: (report: Report) => string;
  /** What the typed text means at that place; undefined when it cannot stand there and is only kept in the field. */
  read: (text: string, report: Report) => EditValue | undefined;
};

/** The texts as they are typed, by field name. */
type Texts = Record<string, string>;
export type BoundForm = UseFormReturn<Texts>;

/** Dots would nest the values. */
export const inputName = (path: string): string => path.replaceAll(".", "/");

/**
 * A form whose fields write every change into the draft, and follow the draft when it changes by other means (undo,
 * filling, a merge). Typed text is left alone as long as it means what the draft says.
 */
export function useBoundForm(bindings: readonly Binding[]): BoundForm {
  const { draft } = useReportContext();
  const defaultValues = useMemo(
    () => Object.fromEntries(bindings.map(({ path, shown }) => [inputName(path), shown(draft.state.report)])),
    [bindings, draft],
  );
  const form = useForm<Texts>({ defaultValues, mode: "onSubmit", reValidateMode: "onSubmit" });

  useEffect(() => {
    const byName = new Map(bindings.map((binding) => [inputName(binding.path), binding]));
    const settled = new Map<string, EditValue>();
    let following = false;
    let typing = "";

    const unsubscribeForm = form.subscribe({
      formState: { values: true },
      callback: ({ name = "", values }) => {
        const binding = byName.get(name);
        if (following || !binding) return;
        const value = binding.read(values[name] ?? "", draft.state.report);
        if (value === undefined) return;
        typing = name;
        draft.edit([{ path: binding.path, value }]);
        typing = "";
        settled.set(name, valueAt(draft.state.report, binding.path));
      },
    });

    const follow = () => {
      following = true;
      const { report } = draft.state;
      const texts = form.getValues();
      for (const [name, binding] of byName) {
        const value = valueAt(report, binding.path);
        if (name === typing || (value !== null && settled.get(name) === value)) continue;
        settled.set(name, value);
        const shown = binding.shown(report);
        const text = texts[name] ?? "";
        if (text !== shown && !sameValue(binding.read(text, report), value)) form.setValue(name, shown);
      }
      following = false;
    };
    follow();
    const unsubscribeDraft = draft.subscribe(follow);
    return () => {
      unsubscribeForm();
      unsubscribeDraft();
    };
  }, [bindings, draft, form]);

  return form;
}
