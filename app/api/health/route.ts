import { json, refusal } from "@/lib/auth/answers.ts";
import { openHandler } from "@/lib/auth/handler.ts";
import { isWarm } from "@/lib/export/warm-up.ts";
import { isReachable } from "@/lib/store/database.ts";

/** Whether the application and its database can serve; `ready` says that downloads are as quick as they will be. */
export const GET = openHandler("GET /api/health", {}, async () =>
  (await isReachable()) ? json(200, { ok: true, ready: isWarm() }) : refusal(503, "数据库暂时无法使用。"),
);
