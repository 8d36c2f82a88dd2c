import { accounts, me } from "./people.ts";

export interface Reply {
  status: number;
  body?: unknown;
  type?: string;
}

let signedIn = true;

/** One answer of the stand-in server. */
export function answer(method: string, url: string, body: string): Reply {
  const [path = "/"] = url.split("?");
  const ask = `${method} ${path}`;
  if (ask === "GET /demo/accounts") return { status: 200, body: { accounts } };
  if (ask === "POST /session") {
    const { password } = JSON.parse(body) as { password: string };
    if (password !== "demo") return { status: 401, body: { code: "bad-login", detail: "" } };
    signedIn = true;
    return { status: 200, body: me };
  }
  if (ask === "DELETE /session") {
    signedIn = false;
    return { status: 204 };
  }
  if (!signedIn) return { status: 401, body: { code: "no-session", detail: "" } };
  if (ask === "GET /me") return { status: 200, body: me };
  if (ask === "GET /offers") return { status: 200, body: { items: [], next: null, total: 0 } };
  return { status: 404, body: { code: "not-found", detail: "" } };
}
