// How much of what waits is sent at a time: little enough for any server and any line.
import type { Request } from "libtodo";

const mostRequests = 256;
const mostBytes = 256 * 1024; // a single request may be larger

export class Slices {
  #most = mostRequests;

  /** The first of `requests`; at least one if there is any. */
  first(requests: Request[]): Request[] {
    let bytes = 0;
    const end = requests.findIndex((request, index) => {
      bytes += new TextEncoder().encode(JSON.stringify(request)).length;
      return index > 0 && (index >= this.#most || bytes > mostBytes);
    });
    return end < 0 ? requests : requests.slice(0, end);
  }

  /** `slice` did not come through: a part of it may. */
  shrink(slice: Request[]): void {
    this.#most = Math.max(Math.ceil(slice.length / 2), 1);
  }

  /** All that waited came through. */
  reset(): void {
    this.#most = mostRequests;
  }
}
