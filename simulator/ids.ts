import { randomBytes, randomUUID } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** `{prefix}-{region code}{18 lower-case letters and digits}`, as the ids in the documentation's samples. */
export function newId(prefix: string, regionCode: string): string {
  const random = Array.from(randomBytes(18), (byte) => alphabet[byte % alphabet.length]).join("");
  return `${prefix}-${regionCode}${random}`;
}

/** Upper-case UUID, as the RequestIds of the cloud. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}
