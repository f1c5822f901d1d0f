// How long to wait before something that failed is tried again: longer each time, up to half a
// minute, and never in step with others who wait for the same.

const firstMs = 250;
const longestMs = 30_000;

export class Backoff {
  #failures = 0;

  /** The next pause, at least `leastMs`. */
  next(leastMs = 0): number {
    const most = Math.min(firstMs * 2 ** this.#failures++, longestMs);
    return Math.max((most * (1 + Math.random())) / 2, leastMs);
  }

  reset(): void {
    this.#failures = 0;
  }
}

/** A wait that can be cut short. */
export class Rest {
  #wake: () => void = () => {};

  for(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  cut(): void {
    this.#wake();
  }
}
