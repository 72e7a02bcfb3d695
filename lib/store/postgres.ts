import { CompiledQuery, type Dialect, PostgresDialect } from "kysely";
import pg from "pg";

const BIGINT = 20;
/** How long a request waits for a connection, in ms. */
const PATIENCE = 5000;

/** PostgreSQL and what speaks its protocol. Times and counts come back as numbers, commits are on disk when acknowledged. */
export function postgresDialect(url: string): Dialect {
  const types = new pg.TypeOverrides();
  types.setTypeParser(BIGINT, Number);
  const pool = new pg.Pool({ connectionString: url, types, connectionTimeoutMillis: PATIENCE });
  // An idle connection that the server closes is replaced by the pool; unheard, the event would end the process.
  pool.on("error", (error) => console.error("database connection lost:", error.name));
  return new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw("set synchronous_commit to on"));
      // Compiling a query takes longer than any of ours.
      await connection.executeQuery(CompiledQuery.raw("set jit to off"));
    },
  });
}
