import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { giveOneTimePassword } from "@/lib/auth/user-administration.ts";

/** Gives a user another first password, which is shown this once; her sessions end. */
export const POST = handler("POST /api/users/[id]/password", {}, async ({ actor, params }) => {
  const password = await giveOneTimePassword(actor, params.id);
  return password ? json(200, { password }) : refusal(404, "没有这个用户。");
});
