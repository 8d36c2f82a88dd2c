/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { budget } from "./budget.ts";
import { mockApi } from "./mock/plugin.ts";

// The built files are embedded in the server; in development either a running server is asked
// through the proxy, or (SANBAO_MOCK=1) an in-memory stand-in answers without one.
export default defineConfig({
  plugins: [react(), budget(), ...(process.env["SANBAO_MOCK"] ? [mockApi()] : [])],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "chrome109",
    assetsInlineLimit: 2048,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: true,
  },
  server: {
    port: 5173,
    proxy: process.env["SANBAO_MOCK"]
      ? {}
      : { "/api": process.env["SANBAO_API"] ?? "http://127.0.0.1:8080" },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
  },
});
