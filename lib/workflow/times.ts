/** Beijing time, wherever the server and the browser think they are, so that both write the same. */
const timeZone = "Asia/Shanghai";

export const moment = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeStyle: "short", timeZone });
export const timeOfDay = new Intl.DateTimeFormat("zh-CN", { timeStyle: "short", timeZone });
