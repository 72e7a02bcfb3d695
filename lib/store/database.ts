import "server-only";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { environment } from "../env.ts";
import { reports } from "./migrations/0001-reports.ts";
import { access } from "./migrations/0002-access.ts";
import { workflow } from "./migrations/0003-workflow.ts";
import { requirements } from "./migrations/0005-requirements.ts";
import { lastYear } from "./migrations/0006-last-year.ts";
import { overview } from "./migrations/0007-overview.ts";
import { reminders } from "./migrations/0008-reminders.ts";
import { quickLocks } from "./migrations/0009-quick-locks.ts";
import { adjustments } from "./migrations/0010-adjustments.ts";
import type { Tables } from "./tables.ts";

/** In order of their names; one that has run anywhere is never changed again. */
const migrations = {
  "0001-reports": reports,
  "0002-access": access,
  "0003-workflow": workflow,
  "0005-requirements": requirements,
  "0006-last-year": lastYear,
  "0007-overview": overview,
  "0008-reminders": reminders,
  "0009-quick-locks": quickLocks,
  "0010-adjustments": adjustments,
};

/** Development reloads modules, and each would open its own connection: the one database hangs on the process. */
const holder = globalThis as { annualReportDatabase?: Promise<Kysely<Tables>> };

/**
 * The database that the environment names, opened and migrated on first use. Rejects when it cannot be reached; the next
 * call then tries again.
 */
export function database(): Promise<Kysely<Tables>> {
  holder.annualReportDatabase ??= open().catch((error) => {
    holder.annualReportDatabase = undefined;
    throw error;
  });
  return holder.annualReportDatabase;
}

/** Closes the database; the next use opens it again, from the environment as it is then. */
export async function closeDatabase(): Promise<void> {
  const closing = holder.annualReportDatabase;
  holder.annualReportDatabase = undefined;
  await (await closing)?.destroy();
}

/** Whether the database answers. */
export async function isReachable(): Promise<boolean> {
  try {
    await (await database()).selectFrom("organisation").select("id").limit(1).execute();
    return true;
  } catch {
    return false;
  }
}

/** Whether the database refused a row because its key is taken, told by the codes of either dialect. */
export function isKeyTaken(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === POSTGRES_UNIQUE_VIOLATION || SQLITE_UNIQUE_VIOLATIONS.has(errcode);
}

const POSTGRES_UNIQUE_VIOLATION = "23505";
/** SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY. */
const SQLITE_UNIQUE_VIOLATIONS = new Set<unknown>([2067, 1555]);

async function open(): Promise<Kysely<Tables>> {
  const opened = new Kysely<Tables>({ dialect: await dialect() });
  try {
    const migrator = new Migrator({ db: opened, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    return opened;
  } catch (error) {
    await opened.destroy();
    throw error;
  }
}

/** Only the driver in use is loaded. */
async function dialect() {
  const { databaseUrl, dataDirectory } = environment();
  if (databaseUrl) return (await import("./postgres.ts")).postgresDialect(databaseUrl);
  return (await import("./sqlite.ts")).sqliteDialect(dataDirectory);
}
