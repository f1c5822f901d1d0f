// Which device this browser profile is in the journal, kept so that its requests go on counting.

export interface Device {
  id: string;
  /** The last request that may have been sent. */
  number: number;
}

const store = "device";

/** `null` if there is none yet, or if the browser keeps nothing. */
export async function readDevice(): Promise<Device | null> {
  try {
    const device = await inStore<Device | undefined>("readonly", (devices) => devices.get(0));
    return device ?? null;
  } catch {
    return null;
  }
}

/** Whether it is kept now. */
export async function writeDevice(device: Device): Promise<boolean> {
  try {
    await inStore("readwrite", (devices) => devices.put(device, 0));
    return true;
  } catch {
    return false;
  }
}

async function inStore<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open("libtodo", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store);
  const database = await answerOf(opening);
  try {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const answer = await answerOf(act(transaction.objectStore(store)));
    await done;
    return answer;
  } finally {
    database.close();
  }
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
