import "server-only";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** RFC 6238 as every authenticator application knows it: SHA-1, six digits, thirty seconds. */
const INTERVAL = 30_000;
const DIGITS = 6;
/** Clocks of telephones and servers differ: the intervals before and after count, too. */
const DRIFT = 1;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A new secret, in base 32. */
export const newTotpSecret = (): string => Array.from(randomBytes(32), (byte) => BASE32[byte & 31]).join("");

/** The address that an authenticator application reads from a QR code. */
export const totpAddress = (secret: string, issuer: string, username: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(username)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;

/** The interval to which the code belongs at this time (epoch ms); undefined when it is not right. */
export function totpStep(secret: string, code: string, now: number): number | undefined {
  const given = Buffer.from(code.normalize("NFKC").replace(/\s/g, ""));
  const current = Math.floor(now / INTERVAL);
  const steps = Array.from({ length: 2 * DRIFT + 1 }, (_, index) => current + index - DRIFT).filter(
    (step) => step >= 0,
  );
  return steps.find((step) => {
    const expected = Buffer.from(totpCode(secret, step));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

/** The code of an interval (RFC 4226). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", decoded(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  const number = (hash.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, "0");
}

function decoded(secret: string): Buffer {
  const bits = Array.from(secret, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
