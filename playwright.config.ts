import { defineConfig } from "@playwright/test";
import { chromium109 } from "./tests/e2e/chromium-109.ts";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP office.test 127.0.0.1",
];
const current = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.e2e.ts",
  globalSetup: "./tests/e2e/chromium-109.ts",
  timeout: 180_000,
  workers: 1,
  forbidOnly: true,
  use: {
    viewport: { width: 1280, height: 720 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "chromium", use: { launchOptions: { executablePath: current, args } } },
    { name: "chromium-109", use: { launchOptions: { executablePath: chromium109, args } } },
  ],
});
