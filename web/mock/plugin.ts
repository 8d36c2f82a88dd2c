import type { Plugin } from "vite";
import { answer } from "./api.ts";

/** Answers `/api/v1` from memory while developing without a server; never part of a build. */
export function mockApi(): Plugin {
  return {
    name: "mock-api",
    configureServer(server) {
      server.middlewares.use("/api/v1", (request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const reply = answer(request.method ?? "GET", request.url ?? "/", text);
          response.statusCode = reply.status;
          response.setHeader("Content-Type", reply.type ?? "application/json");
          response.end(
            reply.body === undefined
              ? ""
              : typeof reply.body === "string"
                ? reply.body
                : JSON.stringify(reply.body),
          );
        });
      });
    },
  };
}
