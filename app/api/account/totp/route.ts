import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { ownPasswordFault } from "@/lib/auth/own-password.ts";
import { newTotpSecret, totpAddress, totpStep } from "@/lib/auth/totp.ts";
import { takeTotpStep } from "@/lib/store/log-ins.ts";
import { setTotp, totpOf } from "@/lib/store/users.ts";

const password = z.strictObject({
  password: z.string({ error: "请填写现在的密码。" }).min(1, { error: "请填写现在的密码。" }).max(1000),
});
const code = z.strictObject({ code: z.string({ error: "请输入动态口令。" }).max(20) });

/** Short, so that the squares of the QR code are large. */
const ISSUER = "年度报告";

/** Begins with a second factor: its secret, for an authenticator application. It is not asked for before it was confirmed. */
export const POST = handler("POST /api/account/totp", { input: password }, async ({ actor, input }) => {
  const fault = await ownPasswordFault(actor, input.password);
  if (fault) return refusal(422, fault);
  if ((await totpOf(actor))?.isConfirmed) return refusal(409, "动态口令已经开通。要换手机，请先关闭，再重新开通。");
  const secret = newTotpSecret();
  await setTotp(actor, secret);
  return json(200, { secret, address: totpAddress(secret, ISSUER, actor.user.username) });
});

/** Confirms it by a first code. */
export const PUT = handler("PUT /api/account/totp", { input: code }, async ({ actor, input }) => {
  const totp = await totpOf(actor);
  if (!totp || totp.isConfirmed) return refusal(409, "请重新开始开通动态口令。");
  const step = totpStep(totp.secret, input.code, Date.now());
  if (step === undefined || !(await takeTotpStep(actor.user.id, step))) {
    return refusal(422, "动态口令不正确。请确认手机时间准确，输入当前显示的 6 位数字。");
  }
  await setTotp(actor, "confirmed");
  return json(200, {});
});

/** Lifts it. */
export const DELETE = handler("DELETE /api/account/totp", { input: password }, async ({ actor, input }) => {
  const fault = await ownPasswordFault(actor, input.password);
  if (fault) return refusal(422, fault);
  await setTotp(actor, undefined);
  return json(200, {});
});
