import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "react-router";

/** The call on the line: kept for this tab, so that a case opened meanwhile does not lose it. */
export interface Call {
  /** What was typed or handed over by the telephone system: a number, a name, last digits. */
  text: string;
  customer: string | null;
  unit: string | null;
  /** The number of the case that was opened while talking. */
  follow: string | null;
}

const KEY = "sanbao.call";
export const noCall: Call = { text: "", customer: null, unit: null, follow: null };

function read(): Call {
  try {
    return { ...noCall, ...(JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Partial<Call>) };
  } catch {
    return noCall;
  }
}

function keep(call: Call): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(call));
  } catch {
    // Storage refused: the call lasts as long as the page.
  }
}

/** A number as a telephone shows it; null for a name or a few digits. */
export function phoneOf(text: string): string | null {
  const digits = text.replace(/[\s()+-]/g, "").replace(/^(?:00)?86(?=1\d{10}$)/, "");
  return /^\d{7,15}$/.test(digits) ? digits : null;
}

/** A number in groups, as it is read out: `138 1234 5678`. */
export function spoken(phone: string): string {
  return /^1\d{10}$/.test(phone)
    ? `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`
    : phone;
}

/**
 * The call on the line. `?from=` brings a new one, `?case=` the case opened meanwhile; both leave
 * the address at once, so that no number stays in the history of the browser.
 */
export function useCall(): [Call, (part: Partial<Call>) => void] {
  const [search, setSearch] = useSearchParams();
  const from = search.get("from");
  const follow = search.get("case");
  const [call, setCall] = useState<Call>(() => arrived(read(), from, follow));
  const [seen, setSeen] = useState({ from, follow });
  if (seen.from !== from || seen.follow !== follow) {
    setSeen({ from, follow });
    if (from || follow) setCall((old) => arrived(old, from, follow));
  }
  useEffect(() => keep(call), [call]);
  useEffect(() => {
    if (from !== null || follow !== null) setSearch({}, { replace: true });
  }, [from, follow, setSearch]);
  const put = useCallback((part: Partial<Call>) => setCall((old) => ({ ...old, ...part })), []);
  return [call, put];
}

function arrived(old: Call, from: string | null, follow: string | null): Call {
  if (from) return { ...noCall, text: from };
  return follow ? { ...old, follow } : old;
}
