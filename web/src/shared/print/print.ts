import { Refused, Unreachable, address } from "@/api/client";
import type { Problem } from "@/api/types";

/** Hands a frame to the browser's printer. */
export function printFrame(frame: HTMLIFrameElement | null): void {
  frame?.contentWindow?.focus();
  frame?.contentWindow?.print();
}

/** Saves a page as a PDF the server makes; refused in a sentence where it has no Chromium. */
export async function savePdf(path: string, name: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(address(path), { credentials: "same-origin" });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
    throw new Refused(answer.status, {
      ...problem,
      code: problem.code ?? `http-${answer.status}`,
      detail: problem.detail ?? "",
    });
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
