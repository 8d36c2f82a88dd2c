// What comes out of a printer: the papers themselves, without a server behind them.
import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import shared from "./playwright.config.ts";

const config: PlaywrightTestConfig = {
  testDir: "e2e/prints",
  workers: 1,
  retries: 0,
  timeout: 300_000,
  reporter: [["list"]],
  outputDir: "test-results",
  use: { ...shared.use, trace: "off" },
};

export default defineConfig(config);
