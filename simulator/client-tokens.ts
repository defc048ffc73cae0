import { ApiError, apiError, invalidParameter } from "./api-error";
import type { IsAnswered } from "./questions";
import type { RememberedToken, TokenScope } from "./remembered-token";
import type { ReplyBody } from "./reply-body";

interface Remembered {
  readonly scope: TokenScope;
  /** Undefined while the first request with the token is being processed. */
  answer: { readonly body: ReplyBody | ApiError; readonly at: number } | undefined;
}

/**
 * Memory of ClientTokens. Documented: a repetition with the same parameters gets the same answer, one with others
 * `IdempotentParameterMismatch`. The scope (here account, region and action) is UNVERIFIED, and so is what the questions about
 * tokens ask.
 */
export class ClientTokens {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly isAnswered: IsAnswered,
    private readonly now: () => number,
  ) {}

  /**
   * Takes a token, or answers the remembered body for a repetition.
   *
   * @throws `InvalidParameter` for more than 64 or other than ASCII characters (the code is UNVERIFIED),
   *   `IdempotentParameterMismatch`, `LastTokenProcessing`; a refusal that is remembered.
   */
  begin(scope: TokenScope): ReplyBody | undefined {
    if (scope.token.length > 64 || !/^[\x20-\x7e]+$/.test(scope.token)) throw invalidParameter("ClientToken");
    const key = this.keyOf(scope);
    const earlier = this.recall(key);
    const isMismatch = earlier !== undefined && fingerprintOf(earlier.scope) !== fingerprintOf(scope);
    if (earlier === undefined) {
      this.remembered.set(key, { scope, answer: undefined });
      return undefined;
    }
    if (isMismatch && !this.isAnswered("token-with-other-settings=old-segment")) {
      throw apiError("IdempotentParameterMismatch");
    }
    if (earlier.answer === undefined) {
      throw this.isAnswered("token-in-progress=processing")
        ? new ApiError(
            403,
            "IdempotentProcessing",
            "The previous idempotent request is still being processed.",
          )
        : apiError("LastTokenProcessing");
    }
    if (earlier.answer.body instanceof ApiError) throw earlier.answer.body;
    return earlier.answer.body;
  }

  /** Remembers the answer to the request that took the token. */
  complete(scope: TokenScope, body: ReplyBody | ApiError): void {
    const entry = this.remembered.get(this.keyOf(scope));
    if (entry !== undefined) entry.answer = { body, at: this.now() };
  }

  /** Remembers a refusal of the request that took the token, where an alternative asks for it. */
  refuse(scope: TokenScope, refusal: unknown): void {
    if (!(refusal instanceof ApiError) || this.remembered.get(this.keyOf(scope))?.answer !== undefined)
      return;
    if (this.isAnswered("token-of-refused-request=again")) this.complete(scope, refusal);
    if (this.isAnswered("token-of-refused-request=failed")) {
      const message = "The previous idempotent request(s) has failed.";
      this.complete(scope, new ApiError(400, "IdempotentFailed", message));
    }
  }

  /** Forgets the token of a request that ended without an answer to remember: refused or dropped. */
  end(scope: TokenScope): void {
    const key = this.keyOf(scope);
    if (this.remembered.get(key)?.answer === undefined) this.remembered.delete(key);
  }

  /** Every token that has a reply and not a refusal. */
  all(): RememberedToken[] {
    return [...this.remembered.values()].flatMap(({ scope, answer }) =>
      answer === undefined || answer.body instanceof ApiError
        ? []
        : [{ ...scope, body: answer.body, at: answer.at }],
    );
  }

  /** Remembers a token of another simulator. */
  restore({ body, at, ...scope }: RememberedToken): void {
    this.remembered.set(this.keyOf(scope), { scope, answer: { body, at } });
  }

  private keyOf(scope: TokenScope): string {
    const { accountId, regionId, action, token } = scope;
    const key = [accountId, regionId, action, token];
    return JSON.stringify(
      this.isAnswered("token-with-other-settings=new-segment") ? [...key, fingerprintOf(scope)] : key,
    );
  }

  private get memoryMs(): number {
    if (this.isAnswered("token-memory=none")) return 0;
    if (this.isAnswered("token-memory=forever")) return Infinity;
    return this.isAnswered("token-memory=seconds") ? 10_000 : 24 * 60 * 60 * 1000;
  }

  private recall(key: string): Remembered | undefined {
    const entry = this.remembered.get(key);
    const isExpired = entry?.answer !== undefined && this.now() >= entry.answer.at + this.memoryMs;
    if (isExpired) this.remembered.delete(key);
    return isExpired ? undefined : entry;
  }
}

const fingerprintOf = ({ parameters }: TokenScope): string =>
  JSON.stringify(Object.entries(parameters).sort());
