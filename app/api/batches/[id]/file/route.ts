import { refusal, streamedAttachment } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { batches } from "@/lib/export/batches.ts";
import { ownedBy } from "../../owners.ts";

/** The finished ZIP of a batch. */
export const GET = handler("GET /api/batches/[id]/file", {}, async ({ actor, params }) => {
  const file = ownedBy(actor, (owner) => batches().file(owner, params.id));
  return file ? streamedAttachment(file) : refusal(404, "没有这个文件，或者它已经过期。请重新选择文件下载。");
});
