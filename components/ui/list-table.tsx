import type { ReactNode } from "react";
import styles from "./list-table.module.css";
import { spoken } from "./spoken.ts";

type ScrollerProps = {
  /** Accessible name. */
  name: string;
  children: ReactNode;
};

/** A frame in which a table that is wider than the window scrolls. */
export const Scroller = ({ name, children }: ScrollerProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
  <section className={styles.scroller} tabIndex={0} aria-label={name}>
    {children}
  </section>
);

type ListTableProps = ScrollerProps & {
  /** What is listed, for those who do not see it. */
  caption: string;
  /** Headings. */
  columns: readonly string[];
  className?: string;
  /** Rows. */
  children: ReactNode;
};

/** A list with columns, a row a thing. In a narrow window the cells of a row lie one below the other. */
export const ListTable = ({ name, caption, columns, className = "", children }: ListTableProps) => (
  <Scroller name={name}>
    <table className={`${styles.list} ${className}`}>
      <caption className={spoken}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scroller>
);
