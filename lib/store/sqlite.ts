import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

/** How long a write waits for another process to finish its own, in ms. */
const PATIENCE = 5000;

/**
 * The embedded database: one file, `reports.sqlite`, in a folder only its owner may enter. Every commit is on the disk
 * before it is acknowledged. Several processes may use the file at once, on a local disk.
 */
export function sqliteDialect(dataDirectory: string): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new ImmediateDriver({ database: async () => openFile(dataDirectory) }),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function openFile(dataDirectory: string): SqliteDatabase {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const file = new DatabaseSync(join(dataDirectory, "reports.sqlite"), {
    timeout: PATIENCE,
    enableForeignKeyConstraints: true,
  });
  const mode = file.prepare("PRAGMA journal_mode = WAL").get();
  if (mode?.journal_mode !== "wal") throw new Error("the data directory must be on a local disk");
  file.exec("PRAGMA synchronous = FULL");
  return {
    close: () => file.close(),
    prepare: (sql) => {
      const statement = file.prepare(sql);
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}

/** SQLite can undo a migration that failed half-way; with this, migrations of two processes also wait for each other. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A transaction that reads first and writes later fails when another process wrote between; one that locks first waits. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}
