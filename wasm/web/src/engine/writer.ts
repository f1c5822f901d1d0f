// One tab of a browser writes; the others wait until it closes. Pages that come neither from this
// machine nor over TLS have no locks: there every tab writes, and none has a lasting device.
const locks = (): LockManager | undefined => navigator.locks;
const lock = "libtodo writer";
const forever = new Promise<never>(() => {});

/** How this tab writes from now on, until it closes. */
export function becomeWriter(): Promise<"not yet" | "alone" | "beside others"> {
  const manager = locks();
  if (!manager) return Promise.resolve("beside others");
  return new Promise((resolve, reject) => {
    const held = manager.request(lock, { ifAvailable: true }, async (granted) => {
      resolve(granted ? "alone" : "not yet");
      if (granted) await forever;
    });
    held.catch(reject);
  });
}

/** Calls back once it is this tab's turn. */
export function waitToWrite(begin: () => void): void {
  void locks()?.request(lock, async () => {
    begin();
    await forever;
  });
}
