"use client";

import { useSyncExternalStore } from "react";
import styles from "./notice.module.css";

/** Says that the network is gone, as far as the browser knows, and what can be done without it. */
export function OfflineNotice() {
  const offline = useSyncExternalStore(
    follow,
    () => !navigator.onLine,
    () => false,
  );
  return (
    <div role="status">
      {offline && (
        <p className={styles.offline}>
          网络断开了。已打开的报告可以继续填写，内容先存在本机；打开其他页面、预览和下载，请等网络恢复。
        </p>
      )}
    </div>
  );
}

function follow(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
