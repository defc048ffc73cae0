import type { LogEntry } from "./request-log";
import type { Progression, VisibilityLag } from "./progression";
import { problemOfAnswers } from "./questions";
import type { RamPolicy } from "./ram-policy";

/** One access key and the account it belongs to. Several keys may share an account id: they see the same resources. */
export interface SimulatorAccount {
  /** Account id, 16 digits. */
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The key is a temporary one: requests must have this STS token. */
  readonly securityToken?: string;
  /** Time in ms since the epoch from which the token gets `InvalidSecurityToken.Expired`. Default: never. */
  readonly securityTokenExpiresAt?: number;
  /** If false, requests with the key get `InvalidAccessKeyId.Inactive`. Default true. */
  readonly active?: boolean;
  /** Identity type that GetCallerIdentity returns. Default `Account`. */
  readonly identityType?: "Account" | "RAMUser" | "AssumedRoleUser";
  /** Actions that RAM denies to this key with `Forbidden.RAM`, for example `["TagResources"]`. Default none. */
  readonly deniedActions?: readonly string[];
  /** What RAM allows this key; every other action than GetCallerIdentity gets `Forbidden.RAM`. Default everything. */
  readonly policy?: RamPolicy;
  /** If false, AllocateEipSegmentAddress returns `Forbidden.AllocateEipSegmentAddress`. Default true. */
  readonly entitled?: boolean;
}

/** At most `limit` accepted calls in any `windowMs` milliseconds, per account. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** At most `available` live segments that match the rule; the next gets "out of stock". */
export interface StockRule {
  /** Default: every region. */
  readonly regionId?: string;
  /** 24 to 28. Default: every mask. */
  readonly mask?: number;
  readonly available: number;
}

/** What can be changed while the simulator runs. */
export interface SimulatorSettings {
  /** Keys that may sign requests. Default: one account with obviously fake keys. */
  readonly accounts: readonly SimulatorAccount[];
  /** How resources leave their `-ing` states. Default `{ kind: "immediate" }`. */
  readonly progression: Progression;
  /** How long queries omit a new segment. Default `{ kind: "none" }`. */
  readonly visibilityLag: VisibilityLag;
  /**
   * Other answers to what the documentation leaves open: alternatives by question, as docs/unverified.md names them.
   * Default none: what the package assumes.
   */
  readonly answers: Readonly<Record<string, string>>;
  /** EIPs that one account may have in all regions together. Default 20, as documented. */
  readonly quota: number;
  /** Refuses more than twice the quota of EIPs within an hour, for an hour (`FrequentPurchase.EIP`). Default true. */
  readonly frequentPurchaseGuard: boolean;
  /**
   * Rate limits by action: true for the documented ones (Allocate 6 and Release 60 calls in 60 s), false for none,
   * or limits of your own. Default true.
   */
  readonly rateLimits: boolean | Readonly<Record<string, RateLimit>>;
  /** Stock rules; a segment must satisfy all that match it. Default none. */
  readonly stock: readonly StockRule[];
  /** Addresses of each new segment that the cloud reserves. Default 0; which ones is not verified. */
  readonly reserved: 0 | 1 | 3 | 4;
  /** Resource groups that exist. Default: every id of the form `rg-…`. */
  readonly resourceGroups: readonly string[] | "any";
}

/** Options of {@link startSimulator}; all optional. */
export interface SimulatorOptions extends Partial<SimulatorSettings> {
  /**
   * Address to listen on, such as `0.0.0.0` in a container. Default `127.0.0.1`. The control path requires no key: whoever
   * reaches the port can read and change everything in the simulator.
   */
  readonly host?: string;
  /** Port to listen on. Default 0: a free one. */
  readonly port?: number;
  /** Region that `environment` names. Default `cn-hangzhou`. */
  readonly regionId?: string;
  /** Called with each request once it is answered (or never will be). */
  readonly onRequest?: (entry: LogEntry) => void;
  /** Clock in ms since the epoch. Default `Date.now`. */
  readonly now?: () => number;
}

/** Account used when none is given. */
export const defaultAccount: SimulatorAccount = {
  accountId: "1234567890123456",
  accessKeyId: "simulator-access-key-id",
  accessKeySecret: "simulator-access-key-secret",
};

/** Settings used for whatever is not given. */
export const defaultSettings: SimulatorSettings = {
  accounts: [defaultAccount],
  progression: { kind: "immediate" },
  visibilityLag: { kind: "none" },
  answers: {},
  quota: 20,
  frequentPurchaseGuard: true,
  rateLimits: true,
  stock: [],
  reserved: 0,
  resourceGroups: "any",
};

const settingNames = Object.keys(defaultSettings) as readonly (keyof SimulatorSettings)[];

/**
 * The settings among `options`, over those of `base`.
 *
 * @throws RangeError for an unknown question or answer, with the valid ids.
 */
export function mergeSettings(
  base: SimulatorSettings,
  options: Partial<SimulatorSettings>,
): SimulatorSettings {
  const problem = problemOfAnswers(options.answers ?? {});
  if (problem !== undefined) throw new RangeError(problem);
  const given = settingNames.filter((name) => options[name] !== undefined);
  return { ...base, ...Object.fromEntries(given.map((name) => [name, options[name]])) };
}
