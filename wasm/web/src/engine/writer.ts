// One tab of a browser writes; the others wait until it closes.
const lock = "libtodo writer";
const forever = new Promise<never>(() => {});

/** Whether this tab writes now; it does until it closes. */
export function becomeWriter(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(lock, { ifAvailable: true }, async (granted) => {
      resolve(granted !== null);
      if (granted) await forever;
    });
    held.catch(reject);
  });
}

/** Calls back once it is this tab's turn. */
export function waitToWrite(begin: () => void): void {
  void navigator.locks.request(lock, async () => {
    begin();
    await forever;
  });
}
