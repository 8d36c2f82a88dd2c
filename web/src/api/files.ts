import { language } from "@/shared/i18n/language";
import { Refused, Unreachable, address } from "./client";
import type { Problem, StoredFile } from "./types";

/** Sends a form with progress; `fetch` cannot tell how far an upload is. */
export function send<T>(path: string, form: FormData, progress?: (percent: number) => void) {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(path));
    request.setRequestHeader("X-Sanbao", "1");
    request.setRequestHeader("Accept-Language", language.get() === "zh" ? "zh-CN" : "en");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress?.(Math.round((event.loaded / event.total) * 100));
    };
    request.onerror = () => reject(new Unreachable("upload"));
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else reject(new Refused(request.status, problem(request)));
    };
    request.send(form);
  });
}

/** Uploads a photo, signature or paper. */
export function upload(file: Blob, name: string, progress?: (percent: number) => void) {
  const form = new FormData();
  form.append("file", file, name);
  return send<StoredFile>("/files", form, progress);
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
