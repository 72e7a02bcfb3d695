import { Notice } from "@/components/ui/notice.tsx";
import styles from "./administration.module.css";

/** A password that is shown this once, to be handed over. */
export const OneTimePassword = ({ of, password }: { of: string; password: string }) => (
  <Notice>
    <p role="status">
      {of}的一次性初始密码如下，<strong>只显示这一次</strong>
      ，请抄下来当面或者用其他安全的方式交给本人。第一次登录后必须更换。
    </p>
    <p className={styles.password}>{password}</p>
  </Notice>
);
