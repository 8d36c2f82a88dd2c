import { useSyncExternalStore } from "react";
import { query } from "@/api/client";
import { kept } from "@/shared/kept";

/** How this machine's printer of one paper puts it there. */
export interface PrinterLook {
  /** To the right, in millimetres. */
  x: number;
  /** Down, in millimetres. */
  y: number;
  /** Size in percent. */
  scale: number;
  /** Black and bold throughout, for a worn ribbon. */
  dark: boolean;
  /** Carbon makes the copies: one print for all. */
  carbon: boolean;
}

/** The print settings (打印设置) of this browser: of the machine, not of a person. */
export interface PrintProfile {
  /** The paper chosen for a form, by the form's key. */
  paper: Record<string, string>;
  /** By the paper's key. */
  look: Record<string, PrinterLook>;
}

/** Nothing moved, nothing enlarged. */
export const plain: PrinterLook = { x: 0, y: 0, scale: 100, dark: false, carbon: false };

/** The furthest that a print is moved, in millimetres, as the server holds it. */
export const mostOffset = 30;
/** The smallest and the largest scale, in percent. */
export const scales = [80, 120] as const;

const empty: PrintProfile = { paper: {}, look: {} };
const profile = kept<PrintProfile>("sanbao.print", empty);

/** What the storage holds may be of another version, or nobody's. */
export function usable(found: unknown): PrintProfile {
  const of = (found ?? {}) as Partial<PrintProfile>;
  const look = Object.entries(of.look ?? {}).map(([key, value]) => [key, look1(value)] as const);
  const paper = Object.entries(of.paper ?? {}).filter(([, value]) => typeof value === "string");
  return { paper: Object.fromEntries(paper), look: Object.fromEntries(look) };
}

function look1(found: unknown): PrinterLook {
  const of = (found ?? {}) as Partial<PrinterLook>;
  const within = (value: unknown, least: number, most: number, other: number) =>
    typeof value === "number" && Number.isFinite(value)
      ? Math.min(Math.max(value, least), most)
      : other;
  return {
    x: within(of.x, -mostOffset, mostOffset, 0),
    y: within(of.y, -mostOffset, mostOffset, 0),
    scale: Math.round(within(of.scale, scales[0], scales[1], 100)),
    dark: of.dark === true,
    carbon: of.carbon === true,
  };
}

/** The settings of this machine. */
export function usePrintProfile() {
  const found = usable(useSyncExternalStore(profile.subscribe, profile.get));
  return {
    profile: found,
    setLook: (paper: string, look: PrinterLook) =>
      profile.set({ ...found, look: { ...found.look, [paper]: look } }),
    setPaper: (form: string, paper: string) =>
      profile.set({ ...found, paper: { ...found.paper, [form]: paper } }),
    clear: () => profile.set(empty),
  };
}

/** The look of a paper here. */
export function lookOf(of: PrintProfile, paper: string): PrinterLook {
  return of.look[paper] ?? plain;
}

/** The paper of a form here: the one chosen on this machine, else the usual one. */
export function paperOf(of: PrintProfile, form: string, allowed: readonly string[]): string {
  const chosen = of.paper[form];
  return chosen && allowed.includes(chosen) ? chosen : (allowed[0] ?? "A4");
}

/** The look as the server is asked for it. */
export function looking(look: PrinterLook) {
  return {
    x: look.x || null,
    y: look.y || null,
    scale: look.scale === 100 ? null : look.scale,
    dark: look.dark ? 1 : null,
  };
}

/** The address of a page with its look and whatever else is asked. */
export function pageOf(
  path: string,
  look: PrinterLook,
  more: Record<string, string | number | null>,
): string {
  return path + query({ ...more, ...looking(look) });
}
