import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { displayName, newPassword, organisationName, username } from "@/lib/auth/fields.ts";
import { openHandler } from "@/lib/auth/handler.ts";
import { startSession } from "@/lib/auth/session.ts";
import { makeFirstUser } from "@/lib/auth/setup.ts";

const input = z.strictObject({
  token: z.string().max(100),
  organisation: organisationName,
  username,
  name: displayName,
  password: newPassword,
});

/** The first set-up: the first organisation and its administrator, who is logged in by it. Gone once it was made. */
export const POST = openHandler("POST /api/setup", { input }, async ({ input, request }) => {
  const made = await makeFirstUser(input);
  switch (made.kind) {
    case "made":
      return startSession(request, { userId: made.userId }, json(201, {}));
    case "weak":
      return refusal(422, made.message, { field: "password" });
    case "refused":
      return refusal(403, "设置地址不对或者已经失效。请重新启动系统，用控制台上新显示的地址打开。");
    case "done":
      return refusal(404, "没有这个地址。");
  }
});
