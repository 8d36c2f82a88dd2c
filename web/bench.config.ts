// What the screens cost a person in time: figures for docs/performance.md, no test.
import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import shared from "./playwright.config.ts";

const config: PlaywrightTestConfig = {
  ...shared,
  testDir: "e2e/bench",
  workers: 1,
  retries: 0,
  projects: [],
  use: { ...shared.use, trace: "off" },
};

export default defineConfig(config);
