import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler, openHandler } from "@/lib/auth/handler.ts";
import { logIn } from "@/lib/auth/log-in.ts";
import { endsOf, forgetCookie, sessionOf, startSession } from "@/lib/auth/session.ts";
import { endSession, switchOrganisation } from "@/lib/store/sessions.ts";

const input = z.strictObject({
  username: z.string({ error: "请填写用户名。" }).min(1, { error: "请填写用户名。" }).max(100),
  password: z.string({ error: "请填写密码。" }).min(1, { error: "请填写密码。" }).max(1000),
  code: z.string().max(20).optional(),
  organisation: z.string().max(100).optional(),
});

/** Logs in. A session that the browser had is over: its token is not taken over. */
export const POST = openHandler("POST /api/session", { input }, async ({ input, request }) => {
  const result = await logIn(input);
  switch (result.kind) {
    case "in": {
      const before = await sessionOf(request, true);
      if (before) await endSession(before.actor, before.id, "session.end");
      return startSession(request, { userId: result.userId, organisationId: input.organisation }, json(200, {}));
    }
    case "code":
      return refusal(401, input.code === undefined ? "请输入动态口令。" : "动态口令不正确，请等下一个再试。", {
        problem: "code",
      });
    case "refused":
      return refusal(401, "用户名或密码不正确。");
    case "locked": {
      const seconds = Math.ceil((result.until - Date.now()) / 1000);
      const locked = refusal(429, `连续输错次数过多，请 ${Math.max(1, Math.ceil(seconds / 60))} 分钟后再试。`);
      locked.headers.set("retry-after", String(Math.max(1, seconds)));
      return locked;
    }
  }
});

const choice = z.strictObject({ organisation: z.string() });

/** Goes on for another organisation of hers. */
export const PATCH = handler("PATCH /api/session", { input: choice }, async ({ session, input }) =>
  (await switchOrganisation(session, input.organisation)) ? json(200, {}) : refusal(404, "没有这个单位。"),
);

/** Says when the session ends; a page that asks does not put that off. */
export const GET = handler("GET /api/session", {}, async ({ session }) => json(200, endsOf(session)));

/** Somebody is still here. Says when the session ends now. */
export const PUT = handler("PUT /api/session", {}, async ({ session }) => json(200, endsOf(session)));

/** Logs out. */
export const DELETE = handler("DELETE /api/session", {}, async ({ actor, session, request }) => {
  await endSession(actor, session.id, "session.end");
  return forgetCookie(request, json(200, {}));
});
