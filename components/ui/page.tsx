import type { ComponentProps, ReactNode } from "react";
import styles from "./page.module.css";

type PageProps = {
  heading: string;
  /** Stands beside the heading: what can be done with the whole page. */
  aside?: ReactNode;
  /** For pages that are read or hold one short form. */
  narrow?: boolean;
  children: ReactNode;
};

/** What every page has: its main landmark, its one heading, and the same margins. */
export function Page({ heading, aside, narrow, children }: PageProps) {
  return (
    <main className={narrow ? `${styles.page} ${styles.narrow}` : styles.page}>
      <div className={styles.head}>
        <h1>{heading}</h1>
        {aside}
      </div>
      {children}
    </main>
  );
}

/** What belongs together, in a frame. With a name it is a region. */
export const Card = (props: Omit<ComponentProps<"section">, "className">) => (
  <section className={styles.card} {...props} />
);

/** Buttons and links in one line, the most important first. */
export const Actions = ({ children }: { children: ReactNode }) => <div className={styles.actions}>{children}</div>;

/** Class of what stands one below the other within a card. */
export const stack = styles.stack;

/** Class of remarks that stand back. */
export const soft = styles.soft;
