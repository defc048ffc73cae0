import { apiError, invalidParameter } from "./api-error";
import type { ReplyBody } from "./reply";

interface Remembered {
  readonly fingerprint: string;
  /** Undefined while the first request with the token is being processed. */
  answer: { readonly body: ReplyBody; readonly at: number } | undefined;
}

/** Names the logical request that a token stands for. */
export interface TokenScope {
  readonly accountId: string;
  readonly regionId: string | undefined;
  readonly action: string;
  readonly token: string;
  /** All parameters of the operation; a repetition must have the same. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Memory of ClientTokens. Documented: a repetition with the same parameters gets the same answer, one with others
 * `IdempotentParameterMismatch`. UNVERIFIED at the real API: the scope (here account, region and action), how long
 * tokens are remembered, and that refusals are not remembered.
 */
export class ClientTokens {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly memoryMs: () => number,
    private readonly now: () => number,
  ) {}

  /**
   * Takes a token, or answers the remembered body for a repetition.
   *
   * @throws `InvalidParameter` for more than 64 or other than ASCII characters (the code is UNVERIFIED),
   *   `IdempotentParameterMismatch`, `LastTokenProcessing`.
   */
  begin(scope: TokenScope): ReplyBody | undefined {
    if (scope.token.length > 64 || !/^[\x20-\x7e]+$/.test(scope.token)) throw invalidParameter("ClientToken");
    const key = keyOf(scope);
    const fingerprint = JSON.stringify(Object.entries(scope.parameters).sort());
    const earlier = this.recall(key);
    if (earlier === undefined) {
      this.remembered.set(key, { fingerprint, answer: undefined });
      return undefined;
    }
    if (earlier.fingerprint !== fingerprint) throw apiError("IdempotentParameterMismatch");
    if (earlier.answer === undefined) throw apiError("LastTokenProcessing");
    return earlier.answer.body;
  }

  /** Remembers the answer to the request that took the token. */
  complete(scope: TokenScope, body: ReplyBody): void {
    const entry = this.remembered.get(keyOf(scope));
    if (entry !== undefined) entry.answer = { body, at: this.now() };
  }

  /** Forgets the token of a request that ended without an answer to remember: refused or dropped. */
  end(scope: TokenScope): void {
    const key = keyOf(scope);
    if (this.remembered.get(key)?.answer === undefined) this.remembered.delete(key);
  }

  private recall(key: string): Remembered | undefined {
    const entry = this.remembered.get(key);
    const isExpired = entry?.answer !== undefined && this.now() >= entry.answer.at + this.memoryMs();
    if (isExpired) this.remembered.delete(key);
    return isExpired ? undefined : entry;
  }
}

function keyOf({ accountId, regionId, action, token }: TokenScope): string {
  return JSON.stringify([accountId, regionId, action, token]);
}
