import { cases, offers, rows } from "./cases.ts";
import { condition, intake } from "./forms.ts";
import { accounts, me } from "./people.ts";
import { at, tx } from "./text.ts";
import { unit } from "./units.ts";

export interface Reply {
  status: number;
  body?: unknown;
  type?: string;
}

let signedIn = true;

const ok = (body: unknown): Reply => ({ status: 200, body });
const list = (items: unknown[]): Reply => ok({ items, next: null, total: items.length });
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>';

/** One answer of the stand-in server. */
export function answer(method: string, url: string, body: string): Reply {
  const [path = "/", search = ""] = url.split("?");
  const ask = `${method} ${path}`;
  if (ask === "GET /demo/accounts") return ok({ accounts });
  if (ask === "POST /session") {
    const { password } = JSON.parse(body) as { password: string };
    if (password !== "demo") return { status: 401, body: { code: "bad-login", detail: "" } };
    signedIn = true;
    return ok(me);
  }
  if (ask === "DELETE /session") {
    signedIn = false;
    return { status: 204 };
  }
  if (!signedIn) return { status: 401, body: { code: "no-session", detail: "" } };
  if (method === "GET") return read(path, new URLSearchParams(search));
  return write(path, body);
}

function read(path: string, search: URLSearchParams): Reply {
  const id = path.split("/")[2] ?? "";
  const q = search.get("q") ?? "";
  if (path === "/me") return ok(me);
  if (path === "/offers") return list(offers);
  if (path === "/units") {
    return list(q.includes("5821") ? [unit] : q === "wang" ? [unit, { ...unit, id: "u2" }] : []);
  }
  if (path.startsWith("/units/")) return ok(unit);
  if (path === "/cases") return list(rows);
  if (path.startsWith("/cases/")) return ok(cases.find((one) => one.id === id) ?? cases[0]);
  if (path === "/processes") {
    const repair = { id: "repair_order", title: tx("服务工单", "Repair order"), area: "repair" };
    return list([{ ...repair, subject: "unit", can_open: true, form: intake }]);
  }
  if (path === "/catalog") {
    return ok({ products: [], models: [], components: [], faults: [], causes: [], prices: [] });
  }
  if (path === "/messages") {
    return list([
      {
        id: "m1",
        title: "派工时限将到",
        body: "WX202611-0042 须在 3 分钟内派工。",
        at: at(-4),
        read: false,
        case: { id: "case_1", number: "WX202611-0042" },
      },
    ]);
  }
  if (path.startsWith("/files/")) return { status: 200, type: "image/svg+xml", body: picture };
  if (path.startsWith("/documents/")) {
    return { status: 200, type: "text/html", body: "<h1>WX202611-0042</h1>" };
  }
  return { status: 404, body: { code: "not-found", detail: "" } };
}

function write(path: string, body: string): Reply {
  if (path === "/files") return { status: 201, body: { id: "file_1", kind: "image/png" } };
  if (path.endsWith("/preview")) {
    const open = path === "/cases/preview";
    return ok({ ok: true, problem: null, form: open ? intake : condition, next: null });
  }
  if (path.endsWith("/unmask")) return ok({ name: "王大明", phone: "13800004410" });
  const one = cases[0];
  if (path.startsWith("/cases") && body) return ok(one);
  return { status: 404, body: { code: "not-found", detail: "" } };
}
