import styles from "./table-form.module.css";

const keys: readonly (readonly [string, string])[] = [
  ["Enter、Shift+Enter", "下一格、上一格"],
  ["Tab、Shift+Tab", "右一格、左一格（跳过自动计算的格）"],
  ["方向键", "移动；正在改数字时，光标到头再移动"],
  ["Home、End", "先到数字的两端，再到本行的两端；加 Ctrl 到全表的两端"],
  ["F1", "看这一格的填报口径"],
  ["F2", "光标放到数字末尾"],
  ["Esc", "改回进入这一格之前的数"],
  ["Shift+方向键，或按住鼠标拖", "选一块格子，Ctrl+C 复制，Delete 清空"],
  ["Ctrl+V", "粘贴从 Excel、WPS、网页或旧报告复制的表，先预览再填入"],
  ["Ctrl+Z、Ctrl+Y", "撤销、重做"],
];

/** The keys of a table, for those who look. */
export function TableHelp() {
  return (
    <details className={styles.help}>
      <summary>键盘操作，从 Excel、WPS 粘贴</summary>
      <dl>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
