/** One end of a conversation with a worker. */
export interface Port {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called if the other side has died. */
  onDeath(listener: (reason: string) => void): void;
  close(): void;
}
