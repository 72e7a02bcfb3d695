import { afterAll, beforeAll } from "vitest";
import { accessSuite } from "./access.ts";
import { overviewSuite } from "./overview.ts";
import { type PostgresServer, postgresServer } from "./postgres-server.ts";
import { recordSuite } from "./record.ts";
import { requirementSuite } from "./requirements.ts";
import { secondLockSuite } from "./second-lock.ts";
import { storeSuite } from "./suite.ts";
import { workflowSuite } from "./workflow.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
});
/** It writes everything to disk before it ends, which takes its time on a busy one (milliseconds). */
const PATIENCE = 60_000;
afterAll(() => server?.stop(), PATIENCE);

const prepare = async () => {
  process.env.DATABASE_URL = await server.createDatabase();
};
storeSuite("PostgreSQL", prepare);
accessSuite("PostgreSQL", prepare);
secondLockSuite(prepare);
workflowSuite("PostgreSQL", prepare);
recordSuite("PostgreSQL", prepare);
requirementSuite("PostgreSQL", prepare);
overviewSuite("PostgreSQL", prepare);
