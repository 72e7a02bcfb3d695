import { afterAll, beforeAll } from "vitest";
import { type PostgresServer, postgresServer } from "./postgres-server.ts";
import { storeSuite } from "./suite.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server?.stop());

storeSuite("PostgreSQL", async () => {
  process.env.DATABASE_URL = await server.createDatabase();
});
