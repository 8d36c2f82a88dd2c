import { language } from "@/shared/i18n/language";
import { Refused, Unreachable, address } from "./client";
import type { Problem } from "./types";

/** What the server says between the pieces of a workbook. */
interface Line {
  rows?: number;
  total?: number | null;
  bytes?: number;
  end?: number;
  problem?: Problem;
}

/** How far an export is: rows read of how many, where that is known. */
export interface Exported {
  rows: number;
  total: number | null;
}

const KIND = "application/vnd.sanbao.export";
const NEWLINE = 10;

/** A list as a workbook, read with progress and saved under this name. */
export async function exportList(
  body: unknown,
  name: string,
  told: (how: Exported) => void,
  signal: AbortSignal,
): Promise<void> {
  const answer = await fetch(address("/exports"), {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-Sanbao": "1",
      Accept: KIND,
      "Accept-Language": language.get() === "zh" ? "zh-CN" : "en",
    },
    credentials: "same-origin",
    body: JSON.stringify(body),
    signal,
  }).catch((error: unknown) => {
    throw signal.aborted ? error : new Unreachable(String(error));
  });
  if (!answer.ok || !answer.body) {
    const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
    const code = problem.code ?? `http-${answer.status}`;
    throw new Refused(answer.status, { ...problem, code, detail: problem.detail ?? "" });
  }
  const pieces = await gathered(answer.body, told).catch((error: unknown) => {
    throw error instanceof Refused || signal.aborted ? error : new Unreachable(String(error));
  });
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(pieces, { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The pieces of the workbook out of the lines between them. */
async function gathered(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  told: (how: Exported) => void,
): Promise<BlobPart[]> {
  const reader = body.getReader();
  const pieces: BlobPart[] = [];
  let held = new Uint8Array();
  let wanted = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error("the workbook broke off");
    held = joined(held, value);
    for (;;) {
      if (wanted > 0) {
        const piece = held.slice(0, wanted);
        if (piece.length > 0) pieces.push(piece);
        wanted -= piece.length;
        held = held.slice(piece.length);
        if (wanted > 0) break;
      }
      const at = held.indexOf(NEWLINE);
      if (at < 0) break;
      const line = JSON.parse(new TextDecoder().decode(held.slice(0, at))) as Line;
      held = held.slice(at + 1);
      if (line.problem) throw new Refused(line.problem.status ?? 422, line.problem);
      if (line.end !== undefined) return pieces;
      if (line.rows !== undefined) told({ rows: line.rows, total: line.total ?? null });
      wanted = line.bytes ?? 0;
    }
  }
}

function joined(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>) {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
