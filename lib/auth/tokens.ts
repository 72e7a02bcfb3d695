import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** The hash under which a token is stored: whoever reads the database has no token. */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** 256 bits of chance, for addresses and cookies. */
export const newToken = (): string => randomBytes(32).toString("base64url");
