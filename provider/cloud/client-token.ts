import { createHash } from "node:crypto";

/**
 * ClientToken of a segment: `eipseg-<32 hex>-g<generation>`.
 *
 * The digest ties the token to one resource, so that a later run sends the same token and the cloud answers with the segment
 * that an interrupted run already paid for. The generation makes every replacement a new request: without it the cloud
 * would answer with the old segment for as long as it remembers the token.
 */
export interface ClientToken {
  digest: string;
  generation: number;
}

/** Generations tried before giving up; reaching it means that something replays dead answers. */
export const maxGenerations = 16;

/** Digest of one resource: its organization, its URN, and the salt that keeps two backends with equal names apart. */
export function tokenDigest(organization: string, urn: string, salt: string | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify([organization, urn, salt ?? ""]))
    .digest("hex")
    .slice(0, 32);
}

/** The token as the API takes it: at most 64 ASCII characters. */
export function formatToken({ digest, generation }: ClientToken): string {
  return `eipseg-${digest}-g${generation}`;
}

/** The parts of a token this package made; undefined for any other text. */
export function parseToken(text: string): ClientToken | undefined {
  const match = /^eipseg-([0-9a-f]{32})-g(\d+)$/.exec(text);
  return match?.[1] === undefined ? undefined : { digest: match[1], generation: Number(match[2]) };
}

/** What the stack records about one segment, as far as tokens go. */
export interface TokenRecord {
  urn: string;
  clientToken?: string | undefined;
}

/**
 * Generation with which a creation of `urn` starts: one past the highest that the stack records for its digest, on any
 * segment, because a renamed resource keeps the token of its old name. A segment recorded for `urn` without a token counts as
 * a generation of its own.
 */
export function firstGeneration(digest: string, urn: string, records: readonly TokenRecord[]): number {
  const used = records.flatMap((record) => {
    const token = parseToken(record.clientToken ?? "");
    if (token !== undefined) {
      return token.digest === digest ? [token.generation] : [];
    }
    return record.urn === urn ? [0] : [];
  });
  return Math.max(-1, ...used) + 1;
}
