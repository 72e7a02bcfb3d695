import { describe, expect, test } from "vitest";
import { hashPassword, isPassword, isUpToDate, oneTimePassword, passwordFault } from "../../lib/auth/passwords.ts";
import { newTotpSecret, totpAddress, totpCode, totpStep } from "../../lib/auth/totp.ts";
import { environment } from "../../lib/env.ts";

const policy = environment({}).access.password;
const about = { username: "wangfang", name: "王芳", organisation: "云岭区科技局" };

describe("a password", () => {
  test("is known by its hash, which names its own cost and is another each time", async () => {
    const [first, second] = await Promise.all([hashPassword("Qingchuan-2024"), hashPassword("Qingchuan-2024")]);
    expect(first).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.toBe(second);
    expect(await isPassword("Qingchuan-2024", first)).toBe(true);
    expect(await isPassword("Ｑingchuan－２０２４", first)).toBe(true);
    expect(await isPassword("Qingchuan-2025", first)).toBe(false);
    expect(await isPassword("Qingchuan-2024", undefined)).toBe(false);
    expect(isUpToDate(first)).toBe(true);
    const cheaper = "scrypt$1024$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    expect(isUpToDate(cheaper)).toBe(false);
    expect(await isPassword("x", cheaper)).toBe(false);
  });

  test.each([
    ["Short-1", /至少10个字符，现在是7个/],
    ["A1-".repeat(50), /最多128个字符/],
    ["alllowercase", /至少3种/],
    ["lower-and-sign", /至少3种/],
    ["WangFang-2024", /不能包含用户名/],
    ["我是王芳-Abc12345", /不能包含用户名、姓名或单位名称（“王芳”）/],
    ["Xyaaaa-12345", /四个相同/],
    ["Admin@123456", /太常见/],
    ["Passw0rd-1", /太常见/],
    ["Qing\u0000chuan-2024", /控制字符/],
  ])("is refused with the reason: %s", (password, reason) => {
    expect(passwordFault(password, about, policy)).toMatch(reason);
  });

  test.each(["Qingchuan-2024", "山路弯弯Shan9曲", "correct Horse 9 battery", `Aa1${"长路".repeat(50)}`])(
    "is taken: %s",
    (password) => {
      expect(passwordFault(password, about, policy)).toBeUndefined();
    },
  );

  test("for one use is by chance, and good enough", () => {
    const passwords = Array.from({ length: 200 }, oneTimePassword);
    expect(new Set(passwords).size).toBe(200);
    for (const password of passwords) {
      expect(password).toMatch(/^[A-HJ-NP-Za-km-z2-9]{4}(-[A-HJ-NP-Za-km-z2-9]{4}){3}$/);
      expect(passwordFault(password, about, policy)).toBeUndefined();
    }
  });
});

describe("a code", () => {
  /** The key of RFC 6238, appendix B: "12345678901234567890". */
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  test.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("is that of RFC 6238 at %i s", (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(totpCode(secret, step)).toBe(code);
    for (const drift of [-30, 0, 30]) expect(totpStep(secret, code, (seconds + drift) * 1000)).toBe(step);
    for (const drift of [-90, 90]) expect(totpStep(secret, code, (seconds + drift) * 1000)).toBeUndefined();
    expect(totpStep(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, seconds * 1000)).toBe(step);
    expect(totpStep(secret, code.slice(1), seconds * 1000)).toBeUndefined();
  });

  test("comes from a secret that an application reads from an address", () => {
    const made = newTotpSecret();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpAddress(made, "年报系统", "王芳")).toBe(
      `otpauth://totp/${encodeURIComponent("年报系统")}:${encodeURIComponent("王芳")}?secret=${made}&issuer=${encodeURIComponent("年报系统")}`,
    );
  });
});
