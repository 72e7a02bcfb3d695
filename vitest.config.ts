import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

if (Number(process.versions.node.split(".")[0]) < 24) {
  throw new Error(`tests run on Node 24 (this is ${process.version}): use npm run check or npm test`);
}

const alias = {
  "@": import.meta.dirname,
  "server-only": fileURLToPath(new URL("./tests/server-only.ts", import.meta.url)),
};
const project = (name: string, include: string[], testTimeout: number) => ({
  resolve: { alias },
  test: { name, include, testTimeout, setupFiles: ["tests/generated-cases.ts"] },
});

export default defineConfig({
  test: {
    projects: [
      project(
        "unit",
        ["tests/{report,checks,workflow,audit,layout,sheet,import,formats,app}/**/*.test.{ts,tsx}", "tests/*.test.ts"],
        20_000,
      ),
      project("documents", ["tests/{documents,export,cli}/**/*.test.ts"], 120_000),
      project("store", ["tests/store/**/*.test.ts"], 60_000),
    ],
  },
});
