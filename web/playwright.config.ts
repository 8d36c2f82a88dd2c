import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";

// The system's own Chromium: nothing is downloaded. Its background services are off, as a test
// must not depend on what answers out there.
const launchOptions = {
  executablePath: process.env["SANBAO_CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
  ],
};

const config: PlaywrightTestConfig = {
  testDir: "e2e",
  globalSetup: "./e2e/seed.ts",
  // Each worker has a server and a company of its own.
  workers: 2,
  // A test that passes only at the second attempt is listed as flaky, and wants mending.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    launchOptions,
  },
  projects: [
    { name: "journey", testDir: "e2e/journey" },
    { name: "screens", testDir: "e2e/screens", fullyParallel: true },
  ],
};

export default defineConfig(config);
