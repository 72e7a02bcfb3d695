"use client";

import { type ComponentProps, useCallback, useEffect, useRef } from "react";
import { type BoundForm, bindText } from "./bound-form.ts";
import styles from "./fields.module.css";
import { useReport } from "./use-report.ts";

type GrowingTextareaProps = Omit<ComponentProps<"textarea">, "form" | "name"> & { form: BoundForm; name: string };

/** A field for running text that is as tall as its text, so that the page scrolls and not the field. */
export function GrowingTextarea({ form, name, className, ...rest }: GrowingTextareaProps) {
  const { ref, onChange, ...bound } = bindText(form, name);
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
      {...bound}
      ref={(field) => {
        ref(field);
        textarea.current = field;
      }}
      className={`${styles.textarea} ${className ?? ""}`}
      autoComplete="off"
      onChange={(event) => {
        onChange(event);
        grow();
      }}
    />
  );
}
