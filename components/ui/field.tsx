import { type ComponentProps, useId } from "react";
import styles from "./field.module.css";

type FieldProps = ComponentProps<"input"> & {
  label: string;
  hint?: string;
  /** A finished sentence: what is wrong and what to do about it. */
  error?: string;
};

/** A line of text to fill in, with its label above it and its error tied to it for screen readers. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        className={styles.input}
        id={id}
        type="text"
        aria-describedby={describedBy}
        aria-invalid={error ? true : undefined}
        {...input}
      />
      {error && (
        <p className={styles.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
