import styles from "./spoken.module.css";

/** Class of what is read out and not shown; its container has to be positioned, or the page may become wider. */
export const spoken = styles.spoken;
