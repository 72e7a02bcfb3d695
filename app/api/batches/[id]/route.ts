import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { batches } from "@/lib/export/batches.ts";
import { ownedBy } from "../owners.ts";

const absent = () => refusal(404, "没有这次下载，或者它已经过期。请重新选择文件下载。");

/** How far a batch is. */
export const GET = handler("GET /api/batches/[id]", {}, async ({ actor, params }) => {
  const state = ownedBy(actor, (owner) => batches().state(owner, params.id));
  return state ? json(200, state) : absent();
});

/** Stops a batch. */
export const DELETE = handler("DELETE /api/batches/[id]", {}, async ({ actor, params }) =>
  ownedBy(actor, (owner) => batches().cancel(owner, params.id)) ? json(200, {}) : absent(),
);
