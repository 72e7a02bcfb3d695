import type { ReactNode } from "react";
import styles from "./notice.module.css";

/** A boxed remark. An error is read out as soon as it appears. */
export function Notice({ error, children }: { error?: boolean; children: ReactNode }) {
  return (
    <div className={error ? `${styles.notice} ${styles.error}` : styles.notice} role={error ? "alert" : undefined}>
      {children}
    </div>
  );
}
