import { resolve } from "node:path";
import { z } from "zod";

/** What the operator configures. `databaseUrl` absent: the embedded database in `dataDirectory` (an absolute path). */
export type Environment = { databaseUrl?: string; dataDirectory: string; port: number; host: string };

const unset = (value: unknown) => (value === "" ? undefined : value);
const schema = z.object({
  DATABASE_URL: z.preprocess(unset, z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  DATA_DIR: z.preprocess(unset, z.string().default("./data")),
  PORT: z.preprocess(unset, z.coerce.number().int().min(1).max(65535).default(3000)),
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
  PORT: "应为1至65535的整数 / must be a whole number from 1 to 65535",
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
  const { DATABASE_URL, DATA_DIR, PORT, HOST } = result.data;
  return { databaseUrl: DATABASE_URL, dataDirectory: resolve(DATA_DIR), port: PORT, host: HOST };
}
