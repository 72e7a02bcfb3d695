"use client";

import { type ChangeEvent, type CompositionEvent, type FocusEvent, useEffect, useMemo } from "react";
import { type UseFormReturn, useForm } from "react-hook-form";
import { type EditValue, sameValue, valueAt } from "@/lib/report/edits.ts";
import type { Report } from "@/lib/report/report.ts";

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

/** Text as the server keeps it: no tabs, controls, halves of pairs or non-characters; line ends and \v stay. */
const storable = (text: string): string =>
  text.replaceAll("\t", " ").replace(/[^\P{Cc}\n\v\r]|\p{Cs}|[\ufffe\uffff]/gu, "");

/**
 * What ties a text field to the form. Nothing is taken over while an input method composes: what stands in the field then
 * are the letters that were typed for it.
 */
export function bindText(form: BoundForm, name: string) {
  const { ref, onChange, onBlur } = form.register(name);
  type Field = HTMLInputElement | HTMLTextAreaElement;
  return {
    ref,
    name,
    defaultValue: form.formState.defaultValues?.[name] ?? "",
    onChange: (event: ChangeEvent<Field>) => {
      if (!(event.nativeEvent as InputEvent).isComposing) void onChange(event);
    },
    onCompositionEnd: (event: CompositionEvent<Field>) =>
      void onChange({ target: event.currentTarget, type: "change" }),
    onBlur: (event: FocusEvent<Field>) => void onBlur(event),
  };
}

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
        const value = binding.read(storable(values[name] ?? ""), draft.state.report);
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
        if (text !== shown && !sameValue(binding.read(storable(text), report), value)) form.setValue(name, shown);
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
