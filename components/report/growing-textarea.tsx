"use client";

import { type ComponentProps, useCallback, useEffect, useRef } from "react";
import type { BoundForm } from "./bound-form.ts";
import styles from "./fields.module.css";
import { useReport } from "./use-report.ts";

type GrowingTextareaProps = Omit<ComponentProps<"textarea">, "form" | "name"> & { form: BoundForm; name: string };

/** A field for running text that is as tall as its text, so that the page scrolls and not the field. */
export function GrowingTextarea({ form, name, className, ...rest }: GrowingTextareaProps) {
  const { ref, onChange, onBlur } = form.register(name);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const grow = useCallback(() => {
    const field = textarea.current;
    if (field && field.scrollHeight > field.clientHeight) field.style.height = `${field.scrollHeight + 4}px`;
  }, []);
  // Whatever changes the report may change this text, too.
  const report = useReport((current) => current);
  useEffect(() => {
    if (report) grow();
  }, [report, grow]);
  return (
    <textarea
      {...rest}
      ref={(field) => {
        ref(field);
        textarea.current = field;
      }}
      name={name}
      className={`${styles.textarea} ${className ?? ""}`}
      defaultValue={form.formState.defaultValues?.[name] ?? ""}
      autoComplete="off"
      onChange={(event) => {
        if (!(event.nativeEvent as InputEvent).isComposing) void onChange(event);
        grow();
      }}
      onCompositionEnd={(event) => void onChange({ target: event.currentTarget, type: "change" })}
      onBlur={(event) => void onBlur(event)}
    />
  );
}
