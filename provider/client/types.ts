import type { ErrorClass } from "../util/errors";

/** The services of Alibaba Cloud that this package calls. */
export type Service = "vpc" | "sts";

/** Where a service is reached. */
export interface Endpoint {
  /** Scheme, host and port, for example `https://vpc.cn-hangzhou.aliyuncs.com`. */
  url: string;
  /** Names of the settings that change it, for error messages. */
  changedBy: string;
}

/** Finds the endpoint of a service in a region. */
export type EndpointResolver = (service: Service, regionId: string) => Endpoint;

/** What signs a request. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Set for temporary credentials (STS). */
  securityToken?: string;
}

/** Where the client gets its credentials from, asked before every try. */
export interface CredentialsSource {
  /**
   * The credentials to sign with now.
   *
   * @throws {ConfigurationError} when there are none, or they are incomplete.
   */
  getCredentials(): Promise<Credentials>;
  /** Forgets these credentials, which the API called expired, so that the next request gets new ones. */
  renew(expired: Credentials): void;
  /** Names the setting or file that the latest credentials came from; absent before the first. */
  readonly sourceName?: string | undefined;
}

/** One request, all it takes to send it. */
export interface ApiRequest {
  endpoint: Endpoint;
  /** API version, for example `2016-04-28`. */
  version: string;
  /** For example `AllocateEipSegmentAddress`. */
  action: string;
  /** Parameters by their API names; arrays are numbered from 1 on the wire. */
  parameters: Readonly<Record<string, unknown>>;
}

/** The API carried the request out. */
export interface Success {
  kind: "success";
  /** The response as plain objects, arrays, strings, numbers and booleans. */
  body: unknown;
  requestId?: string;
  /** The server's clock, ms since the epoch. */
  serverTime?: number;
}

/** The API returned an error code. */
export interface Refusal {
  kind: "refusal";
  code: string;
  /** The API's own message, without anything secret. */
  message: string;
  requestId?: string;
  /** HTTP status. */
  status?: number;
  /** Milliseconds to wait before the next try, as the API asked. */
  retryAfterMs?: number;
  /** The server's clock, ms since the epoch. */
  serverTime?: number;
}

/** No usable response came. */
export interface TransportFailure {
  kind: "transportFailure";
  /** Completes the sentence "there was no usable response: …". */
  reason: string;
  /** Whether another try soon is unlikely to go better: a wrong host name, a wrong certificate. */
  isLasting: boolean;
  /** Whether the request may have reached the API. */
  wasSent: boolean;
  requestId?: string;
}

/** How one try of a request ended. */
export type Outcome = Success | Refusal | TransportFailure;

/** Sends one try of a request; never rejects. */
export interface Transport {
  send(request: ApiRequest, credentials: Credentials): Promise<Outcome>;
}

/** What the catalogue knows about an error code. */
export interface CatalogueEntry {
  class: ErrorClass;
  /** One short sentence without its full stop. `{message}` stands for the API's own message. */
  says: string;
  /** One sentence with its full stop: what to do. `{permission}` stands for the RAM action, `{code}` for the code. */
  remedy: string;
  /** The input that the code is about, where it names one. */
  property?: string;
  /** What makes exactly one more try worthwhile, although the class is final. */
  once?: "renewedCredentials" | "newTimestamp";
  /** Whether no documentation has the code, so that it may not even be a refusal. */
  isUnknown?: true;
}

/** Codes that share one entry. */
export interface CatalogueRow extends CatalogueEntry {
  codes: readonly string[];
}
