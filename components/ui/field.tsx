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

type ChoiceProps = Omit<ComponentProps<"select">, "children"> & {
  label: string;
  choices: readonly { value: string; name: string }[];
};

/** One of several, with its label above it. */
export function Choice({ label, choices, ...select }: ChoiceProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select className={styles.input} id={id} {...select}>
        {choices.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

type ChecksProps = {
  legend: string;
  name: string;
  choices: readonly { value: string; name: string; hint?: string }[];
  chosen?: readonly string[];
  disabled?: boolean;
};

/** Any of several, each with a remark on what it means. */
export const Checks = ({ legend, name, choices, chosen = [], disabled }: ChecksProps) => (
  <fieldset className={styles.field} disabled={disabled}>
    <legend className={styles.label}>{legend}</legend>
    {choices.map((choice) => (
      <label key={choice.value} className={styles.check}>
        <input type="checkbox" name={name} value={choice.value} defaultChecked={chosen.includes(choice.value)} />
        <span>
          {choice.name}
          {choice.hint && <span className={styles.hint}>　{choice.hint}</span>}
        </span>
      </label>
    ))}
  </fieldset>
);
