/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { budget } from "./budget.ts";

// The built files are embedded in the server; in development a running server (`make run`) is
// asked through the proxy.
export default defineConfig({
  plugins: [react(), budget()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    // Beside the application, the page of enquiries: people without an account load little.
    rollupOptions: { input: ["index.html", "ask.html"] },
    target: "chrome109",
    assetsInlineLimit: 2048,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: true,
  },
  server: {
    port: 5173,
    proxy: { "/api": process.env["SANBAO_API"] ?? "http://127.0.0.1:8080" },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
  },
});
