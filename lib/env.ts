import { resolve } from "node:path";
import { z } from "zod";

/**
 * What the operator configures. `databaseUrl` absent: the embedded database in `dataDirectory` (an absolute path).
 * `proxies`: how many reverse proxies stand before this server and name the client in X-Forwarded-For.
 */
export type Environment = {
  databaseUrl?: string;
  dataDirectory: string;
  port: number;
  host: string;
  proxies: number;
  access: AccessPolicy;
};

/** The rules for passwords, log-ins and sessions. Times are milliseconds. */
export type AccessPolicy = {
  password: {
    /** Least length in characters. */
    length: number;
    /** How many of the four kinds of characters: capitals, small letters, digits, signs. */
    classes: number;
    /** How many earlier passwords are not taken again. */
    history: number;
    /** How long one may be used; Infinity: for ever. */
    lifetime: number;
  };
  lockout: {
    /** After so many failures in turn a name is locked. */
    failures: number;
    /** For so long at first, twice as long with each further failure, up to the longest. */
    wait: number;
    longestWait: number;
  };
  session: {
    /** Ends when it was not used for so long. */
    idle: number;
    /** Ends so long after the log-in in any case. */
    longest: number;
  };
};

/** The header that names the client: set by the server that took the connection, which lets nobody else set it. */
export const CLIENT_ADDRESS = "x-client-address";
/** The header that says which address was asked for, as pages do not learn it otherwise; set in the same place. */
export const ADDRESS = "x-address";
/** The header that tells the pages which nonce their scripts and styles need; set in the same place, absent in development. */
export const NONCE = "x-nonce";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const unset = (value: unknown) => (value === "" ? undefined : value);
/** Whole numbers: what each is when it is not set, and from what to what it may be set. */
const numbers = {
  PORT: [3000, 1, 65535],
  TRUSTED_PROXIES: [0, 0, 10],
  PASSWORD_LENGTH: [10, 8, 64],
  PASSWORD_CLASSES: [3, 1, 4],
  PASSWORD_HISTORY: [5, 0, 24],
  PASSWORD_DAYS: [90, 0, 3650],
  LOGIN_FAILURES: [5, 3, 20],
  LOGIN_WAIT_MINUTES: [1, 1, 60],
  LOGIN_LONGEST_WAIT_MINUTES: [30, 1, 1440],
  SESSION_IDLE_MINUTES: [30, 5, 480],
  SESSION_HOURS: [12, 1, 24],
} as const satisfies Record<string, readonly [usual: number, least: number, most: number]>;
type NumberName = keyof typeof numbers;

const numberSchemas = Object.fromEntries(
  Object.entries(numbers).map(([name, [usual, least, most]]) => [
    name,
    z.preprocess(unset, z.coerce.number().int().min(least).max(most).default(usual)),
  ]),
) as unknown as Record<NumberName, z.ZodType<number>>;
const schema = z.object({
  DATABASE_URL: z.preprocess(unset, z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  DATA_DIR: z.preprocess(unset, z.string().default("./data")),
  ...numberSchemas,
  HOST: z.preprocess(
    unset,
    z
      .string()
      .regex(/^[\w.:-]+$/)
      .default("127.0.0.1"),
  ),
});

const expected: Record<string, string> = {
  DATABASE_URL: "应为 postgres:// 开头的数据库地址，或不设置 / must be a postgres:// URL or unset",
  DATA_DIR: "应为文件夹路径 / must be a folder",
  ...Object.fromEntries(
    Object.entries(numbers).map(([name, [, least, most]]) => [
      name,
      `应为${least}至${most}的整数 / must be a whole number from ${least} to ${most}`,
    ]),
  ),
  HOST: "应为主机名或IP地址 / must be a host name or an IP address",
};

/**
 * The environment, read and judged. Throws an `Error` whose message is one line for the operator, Chinese and English;
 * the bad value itself is left out, it may hold a password.
 */
export function environment(variables: Record<string, string | undefined> = process.env): Environment {
  const result = schema.safeParse(variables);
  if (!result.success) {
    const name = String(result.error.issues[0]?.path[0]);
    throw new Error(`环境变量 ${name} 有误：${expected[name]}`);
  }
  const { DATABASE_URL, DATA_DIR, HOST, ...set } = result.data;
  return {
    databaseUrl: DATABASE_URL,
    dataDirectory: resolve(DATA_DIR),
    port: set.PORT,
    host: HOST,
    proxies: set.TRUSTED_PROXIES,
    access: {
      password: {
        length: set.PASSWORD_LENGTH,
        classes: set.PASSWORD_CLASSES,
        history: set.PASSWORD_HISTORY,
        lifetime: set.PASSWORD_DAYS === 0 ? Number.POSITIVE_INFINITY : set.PASSWORD_DAYS * DAY,
      },
      lockout: {
        failures: set.LOGIN_FAILURES,
        wait: set.LOGIN_WAIT_MINUTES * MINUTE,
        longestWait: set.LOGIN_LONGEST_WAIT_MINUTES * MINUTE,
      },
      session: { idle: set.SESSION_IDLE_MINUTES * MINUTE, longest: set.SESSION_HOURS * HOUR },
    },
  };
}

/** Where a browser on this machine finds the application. */
export function localAddress({ host, port }: Pick<Environment, "host" | "port">): string {
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
