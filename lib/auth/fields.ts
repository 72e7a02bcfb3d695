import "server-only";
import { z } from "zod";
import { roles } from "../workflow/roles.ts";
import { usernameOf } from "./log-in.ts";

/** One line that people read: not empty, not too long, without control characters. */
const line = (what: string, longest: number) =>
  z
    .string({ error: `请填写${what}。` })
    .trim()
    .min(1, { error: `请填写${what}。` })
    .max(longest, { error: `${what}最多${longest}个字。` })
    .regex(/^\P{Cc}*$/u, { error: `${what}中有不能使用的控制字符。` });

export const organisationName = line("单位名称", 100);

export const displayName = line("姓名", 50);

/** What somebody logs in by: Chinese or Latin letters and digits, in small letters. */
export const username = z
  .string({ error: "请填写用户名。" })
  .transform(usernameOf)
  .pipe(
    z.string().regex(/^[\p{Script=Han}a-z0-9][\p{Script=Han}a-z0-9._-]{1,31}$/u, {
      error: "用户名为2至32个汉字、字母、数字，中间可以有点、下划线、连字符。",
    }),
  );

/** A password that somebody would like to have; whether it is one is judged by the policy. */
export const newPassword = z.string({ error: "请填写密码。" }).min(1, { error: "请填写密码。" }).max(1000);

/** Roles in organisations, each once. */
export const memberships = z
  .array(z.strictObject({ organisationId: z.string(), role: z.enum(roles, { error: "没有这个角色。" }) }))
  .max(200)
  .refine((list) => new Set(list.map(({ organisationId, role }) => `${organisationId} ${role}`)).size === list.length, {
    error: "同一个角色重复了。",
  });
