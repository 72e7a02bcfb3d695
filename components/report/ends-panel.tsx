import styles from "./side.module.css";

/** What belongs into the steps that are no section: the beginning and the end of the document. */
export function EndsPanel({ step }: { step: string }) {
  const lines = ends[step];
  if (!lines) return null;
  return (
    <section className={styles.panel} aria-label="怎样填">
      <h2>怎样填</h2>
      <ul className={styles.parts}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

const ends: Readonly<Record<string, readonly string[]>> = {
  opening: [
    "单位全称与印章一致，不用简称；标题、开头和署名都用它。",
    "联系电话、地址等会印在开头，供群众询问，请填对外公开的办公电话，不填个人手机号。",
    "标题、统计期限和开头自动生成，一般不用改；改过以后想回到自动生成的，点“恢复自动生成”。",
    "没有的项目（如传真）可以空着，开头里就不会出现。",
  ],
  closing: [
    "成文日期填报告定稿的日期，印成“某年某月某日”。",
    "署名自动取单位全称；几个单位联合发布的，可以直接修改。",
    "附注通常写“此件公开发布”，不需要可以不填。",
  ],
};
