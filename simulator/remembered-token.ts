import type { ReplyBody } from "./reply-body";

/** Names the logical request that a token stands for. */
export interface TokenScope {
  readonly accountId: string;
  readonly regionId: string | undefined;
  readonly action: string;
  readonly token: string;
  /** All parameters of the operation; a repetition must have the same. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A token with the reply that a repetition gets. */
export interface RememberedToken extends TokenScope {
  readonly body: ReplyBody;
  /** When the reply was made, in ms since the epoch by the simulator's clock. */
  readonly at: number;
}
