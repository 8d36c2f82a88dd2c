import { Refused, Unreachable } from "@/api/client";
import type { DraftSaved } from "@/api/drafts";

/** How an edit stands: not begun, on the server, on its way, or why it is not. */
export type Phase = "untouched" | "saved" | "saving" | "offline" | "refused" | "clash";

export interface Standing {
  phase: Phase;
  error: unknown;
  /** What both changed, for a person to decide. */
  clashes: readonly unknown[];
  /** Whether somebody else's changes came in beside mine. */
  joined: boolean;
}

export interface Ways<T> {
  put: (value: T, version: number) => Promise<DraftSaved>;
  get: () => Promise<{ value: T; version: number }>;
  merge: (base: T, mine: T, theirs: T) => { value: T; clashes: readonly unknown[] };
  same: (a: T, b: T) => boolean;
  /** What the server holds after an edit. */
  saved: (saved: DraftSaved) => void;
  /** The value changed under the editor: somebody else's edit came in. */
  came: (value: T) => void;
  standing: (standing: Standing) => void;
  /** Calls back later; gives a way to call it off. */
  later: (what: () => void, ms: number) => () => void;
}

const PAUSE_MS = 350;
const RETRY_MS = 3000;

/**
 * Keeps a value on the server at every edit: one request at a time, the last value wins, nobody
 * else's edit is overwritten and nothing is lost while the server cannot be reached.
 */
export class Saver<T> {
  private running = false;
  private value: T;
  private cancel: (() => void) | null = null;
  private joined = false;
  /** What both changed, until a person says whose holds; nothing is sent meanwhile. */
  private clashed: Clashed | null = null;

  constructor(
    private base: T,
    private version: number,
    private readonly ways: Ways<T>,
  ) {
    this.value = base;
  }

  /** The value as the person left it. */
  edit(value: T): void {
    this.value = value;
    if (this.running || this.clashed) return;
    this.tell("saving");
    this.schedule(PAUSE_MS);
  }

  /** The value as it was left last. */
  get current(): T {
    return this.value;
  }

  /** Whether something is not on the server yet. */
  get dirty(): boolean {
    return this.running || !this.ways.same(this.value, this.base);
  }

  /** Sends at once what is left: the page goes away. */
  flush(): void {
    this.cancel?.();
    this.cancel = null;
    if (!this.running && !this.clashed && this.dirty) void this.run();
  }

  /** After a clash: mine over theirs, or theirs. */
  decide(value: T): void {
    this.clashed = null;
    this.value = value;
    this.ways.came(value);
    void this.run();
  }

  private schedule(ms: number): void {
    this.cancel?.();
    this.cancel = this.ways.later(() => void this.run(), ms);
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (!this.ways.same(this.value, this.base)) await this.send();
      this.running = false;
      this.tell("saved");
    } catch (error) {
      this.running = false;
      if (error instanceof Clashed) {
        this.cancel?.();
        this.clashed = error;
        return this.tell("clash", error, error.clashes);
      }
      this.tell(error instanceof Unreachable ? "offline" : "refused", error);
      if (error instanceof Unreachable) this.schedule(RETRY_MS);
    }
  }

  private async send(): Promise<void> {
    const sent = this.value;
    this.tell("saving");
    try {
      const saved = await this.ways.put(sent, this.version);
      this.base = sent;
      this.version = saved.version;
      this.ways.saved(saved);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 412) throw error;
      await this.join();
    }
  }

  /** Somebody else saved first: theirs and mine are laid together. */
  private async join(): Promise<void> {
    const theirs = await this.ways.get();
    const same = this.ways.same(theirs.value, this.base);
    const merged = this.ways.merge(this.base, this.value, theirs.value);
    this.base = theirs.value;
    this.version = theirs.version;
    if (same) return;
    this.joined = true;
    this.value = merged.value;
    this.ways.came(merged.value);
    if (merged.clashes.length > 0) throw new Clashed(merged.clashes);
  }

  private tell(phase: Phase, error: unknown = null, clashes: readonly unknown[] = []): void {
    this.ways.standing({ phase, error, clashes, joined: this.joined });
  }
}

class Clashed extends Error {
  constructor(readonly clashes: readonly unknown[]) {
    super("two people changed the same");
  }
}
