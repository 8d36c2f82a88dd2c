import { language } from "@/shared/i18n/language";
import { Refused, Unreachable, address } from "./client";
import type { Problem, StoredFile } from "./types";

/** Uploads a file with progress; `fetch` cannot tell how far an upload is. */
export function upload(file: Blob, name: string, progress?: (percent: number) => void) {
  return new Promise<StoredFile>((resolve, reject) => {
    const form = new FormData();
    form.append("file", file, name);
    const request = new XMLHttpRequest();
    request.open("POST", address("/files"));
    request.setRequestHeader("X-Sanbao", "1");
    request.setRequestHeader("Accept-Language", language.get() === "zh" ? "zh-CN" : "en");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress?.(Math.round((event.loaded / event.total) * 100));
    };
    request.onerror = () => reject(new Unreachable("upload"));
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as StoredFile);
      else reject(new Refused(request.status, problem(request)));
    };
    request.send(form);
  });
}

function problem(request: XMLHttpRequest): Problem {
  try {
    return JSON.parse(request.responseText) as Problem;
  } catch {
    return { code: `http-${request.status}`, detail: "" };
  }
}

/** The address of a stored file. */
export const fileAddress = (id: string) => address(`/files/${encodeURIComponent(id)}`);
