import Link from "next/link";
import type { ComponentProps } from "react";
import styles from "./button.module.css";

type Look = {
  /** The one thing to do next on this page. */
  primary?: boolean;
  /** For rows of a list. */
  small?: boolean;
};

export function Button({ primary, small, className, type = "button", ...rest }: Look & ComponentProps<"button">) {
  return <button type={type} className={classNames({ primary, small }, className)} {...rest} />;
}

/** A small action within a line of text or beside other things, without a frame. */
export function TextButton({ type = "button", ...rest }: Omit<ComponentProps<"button">, "className">) {
  return <button type={type} className={styles.text} {...rest} />;
}

/** A link to another page that looks like a button. */
export function ButtonLink({ primary, small, className, ...rest }: Look & ComponentProps<typeof Link>) {
  return <Link className={classNames({ primary, small }, className)} {...rest} />;
}

/** The class of a plain link that looks like a button. */
export const buttonLook = (look: Look): string => classNames(look);

const classNames = ({ primary, small }: Look, more?: string) =>
  [styles.button, primary && styles.primary, small && styles.small, more].filter(Boolean).join(" ");
