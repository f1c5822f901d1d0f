/** Fills `bytes` with random bits. */
export type Random = (bytes: Uint8Array<ArrayBuffer>) => void;

export const strongRandom: Random = (bytes) => void crypto.getRandomValues(bytes);

/** A UUIDv7 (RFC 9562): sorts by the time it was made. */
export function timeOrderedUuid(now: Date, random: Random): string {
  const bytes = new Uint8Array(16);
  random(bytes);
  const view = new DataView(bytes.buffer);
  const ms = now.getTime();
  view.setUint32(0, Math.floor(ms / 65_536));
  view.setUint16(4, ms % 65_536);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
