import type { Endpoint } from "./endpoint";

/** The API carried the request out. */
export interface Success {
  kind: "success";
  /** The reply as plain objects, arrays, strings, numbers and booleans. */
  body: unknown;
  requestId?: string;
  /** The server's clock, ms since the epoch. */
  serverTime?: number;
}

/** The API answered with an error code. */
export interface Refusal {
  kind: "refusal";
  code: string;
  /** The API's own message, without anything secret. */
  message: string;
  requestId?: string;
  status?: number;
  /** Milliseconds to wait before the next try, as the API asked. */
  retryAfterMs?: number;
  /** The server's clock, ms since the epoch. */
  serverTime?: number;
}

/** No usable answer came. */
export interface Silence {
  kind: "silence";
  /** Completes the sentence "there was no usable answer: …". */
  reason: string;
  /** Whether a repetition soon is unlikely to go better: a wrong host name, a wrong certificate. */
  lasting: boolean;
  /** Whether the request may have reached the API. */
  sent: boolean;
  requestId?: string;
}

/** How one try of a request ended. */
export type Answer = Success | Refusal | Silence;

/** One request, all it takes to send it. */
export interface Request {
  endpoint: Endpoint;
  /** API version, for example `2016-04-28`. */
  version: string;
  /** For example `AllocateEipSegmentAddress`. */
  action: string;
  /** Parameters by their API names; arrays are numbered from 1 on the wire. */
  parameters: Readonly<Record<string, unknown>>;
}
