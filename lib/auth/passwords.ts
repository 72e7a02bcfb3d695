import "server-only";
import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { type AccessPolicy, environment } from "../env.ts";

/** Cost of a hash; an older hash names its own. About a tenth of a second and 32 MB. */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const BYTES = 32;
const DAY = 24 * 60 * 60_000;
/** Longer ones are no passwords but attacks; every one is hashed whole. */
const LONGEST = 128;

/** What a password must not be made of. */
export type About = { username: string; name: string; organisation: string };

/** Hashes a password as `scrypt$N$r$p$salt$hash`, so that its cost may change later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/**
 * Whether the password is the hashed one. Without a hash it takes as long and is false, so that nobody learns from the time
 * whether there is such a user.
 */
export async function isPassword(password: string, hashed: string | undefined): Promise<boolean> {
  const [N, r, p, salt = "", hash = ""] = (hashed ?? NOBODY).split("$").slice(1);
  const expected = Buffer.from(hash, "base64url");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const given = await derive(password, Buffer.from(salt, "base64url"), cost);
  return timingSafeEqual(given, expected) && hashed !== undefined;
}

/** Whether a hash costs what hashes are to cost now. */
export const isUpToDate = (hashed: string): boolean =>
  hashed.startsWith(`${["scrypt", COST.N, COST.r, COST.p].join("$")}$`);

/** What is wrong with a password that somebody would like to have: a finished sentence, or undefined. */
export function passwordFault(
  password: string,
  about: About,
  { length, classes }: AccessPolicy["password"],
): string | undefined {
  const text = normalised(password);
  const count = [...text].length;
  if (count < length) return `密码至少${length}个字符，现在是${count}个。`;
  if (count > LONGEST) return `密码最多${LONGEST}个字符。`;
  if (/\p{Cc}/u.test(text)) return "密码中有不能使用的控制字符。";
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((kind) => kind.test(text)).length;
  if (kinds < classes) return `密码须包含大写字母、小写字母、数字、符号中的至少${classes}种。`;
  const plain = text.toLowerCase();
  const taken = [about.username, about.name, about.organisation].find(
    (word) => [...word].length > 1 && plain.includes(word.toLowerCase()),
  );
  if (taken) return `密码中不能包含用户名、姓名或单位名称（“${taken}”）。`;
  if (/(.)\1{3}/u.test(plain)) return "密码中不能连续出现四个相同的字符。";
  if (GUESSED.some((guess) => plain.replace(/[^\p{L}\p{Nd}]/gu, "").includes(guess)))
    return "这个密码太常见，容易被猜到，请换一个。";
  return undefined;
}

/** What the policy asks for, in a sentence for whoever chooses a password. */
export function passwordRules(): string {
  const { length, classes, lifetime } = environment().access.password;
  const days = Number.isFinite(lifetime) ? `，${Math.round(lifetime / DAY)}天更换一次` : "";
  return `至少${length}个字符，包含大写字母、小写字母、数字、符号中的至少${classes}种${days}。可以粘贴。`;
}

/** A random password to be handed over on paper: no characters that look alike, three of the four kinds. */
export function oneTimePassword(): string {
  const sets = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"];
  const group = () => Array.from({ length: 4 }, (_, index) => pick(sets[index % sets.length] ?? "")).join("");
  return [group(), group(), group(), group()].join("-");
}

const pick = (characters: string): string => characters[randomInt(characters.length)] ?? "";

/** What is left of passwords that everybody tries first, without signs and in small letters. */
const GUESSED = [
  "password",
  "passw0rd",
  "admin123",
  "admin888",
  "root123",
  "test123",
  "abc123",
  "abcd1234",
  "qwer1234",
  "1qaz2wsx",
  "qwerty",
  "asdfgh",
  "zxcvbn",
  "12345678",
  "23456789",
  "87654321",
  "11223344",
  "woaini",
  "a123456",
  "123456a",
  "huawei123",
  "changeme",
  "letmein",
  "zhengfu123",
];

/** Compared with where there is no user; of no password. */
const NOBODY = [
  "scrypt",
  COST.N,
  COST.r,
  COST.p,
  "AAAAAAAAAAAAAAAAAAAAAA",
  Buffer.alloc(BYTES).toString("base64url"),
].join("$");

/** Full-width characters of an input method are those that everybody means. */
const normalised = (password: string): string => password.normalize("NFKC");

const derive = (password: string, salt: Buffer, cost: ScryptOptions & { N: number; r: number }): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The memory that it takes, and some more.
    const options = { ...cost, maxmem: 256 * cost.N * cost.r };
    scrypt(normalised(password), salt, BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
