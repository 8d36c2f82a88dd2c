/** Sends one value, and says when it has arrived. */
type Send<T> = (value: T) => Promise<unknown>;

/**
 * Sends what somebody sets up again and again, one at a time and the newest only: two requests on
 * their way at once may arrive in either order, and the older one would win.
 */
export class Saver<T> {
  readonly #send: Send<T>;
  #waiting: { value: T } | null = null;
  #running: Promise<void> | null = null;

  constructor(send: Send<T>) {
    this.#send = send;
  }

  /** Sends the value after those before it; done when it, or a newer one, has arrived. */
  keep(value: T): Promise<void> {
    this.#waiting = { value };
    this.#running ??= this.#run();
    return this.#running;
  }

  /** The page goes away: what waits for its turn is sent now. */
  leave(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    // Nobody is left to hear how it ended.
    if (waiting) this.#send(waiting.value).catch(() => undefined);
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting) {
        const { value } = this.#waiting;
        this.#waiting = null;
        await this.#send(value);
      }
    } finally {
      this.#waiting = null;
      this.#running = null;
    }
  }
}
