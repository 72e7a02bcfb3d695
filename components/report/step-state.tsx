import type { StepState as State } from "@/lib/checks/progress.ts";
import styles from "./step-state.module.css";

const words: Record<State, string> = { untouched: "未开始", started: "进行中", faulty: "有错误", done: "已完成" };

/** How far a step is, in words; the colour only repeats them. */
export const StepState = ({ state }: { state: State }) => (
  <span className={styles.state} data-state={state}>
    {words[state]}
  </span>
);
