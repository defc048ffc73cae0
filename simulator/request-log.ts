/** One request of the API, without signature, tokens or keys. */
export interface LogEntry {
  /** 1 for the first request. */
  readonly sequence: number;
  /** Arrival, in ms since the epoch by the simulator's clock. */
  readonly at: number;
  readonly method: string;
  /** Signature version used: `1.0` or `ACS3-HMAC-SHA256`. */
  readonly signature: string | undefined;
  readonly action: string;
  readonly regionId: string | undefined;
  /** Account of the key; undefined when the signature was not accepted. */
  readonly accountId: string | undefined;
  /** Parameters of the operation; those of the protocol (Action, Signature, Timestamp, …) are left out. */
  readonly parameters: Readonly<Record<string, string>>;
  /** HTTP status of the answer; 0 while there is none, and for ever where a fault or the client ended the connection. */
  readonly status: number;
  /** Error code of the answer; undefined for a success. */
  readonly code: string | undefined;
  readonly requestId: string;
  /** Time from arrival to answer. */
  readonly durationMs: number;
  /** Kind of the fault that hit the request, if any. */
  readonly fault: string | undefined;
}

/** A log entry while its request is being answered. */
export type OpenLogEntry = { -readonly [Key in keyof LogEntry]: LogEntry[Key] };

/** Parameters that the protocol adds to those of the operation. */
const protocolParameters: ReadonlySet<string> = new Set([
  "Action",
  "Version",
  "Format",
  "AccessKeyId",
  "SecurityToken",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureVersion",
  "SignatureType",
  "Timestamp",
]);

/** The parameters of an operation without those of the protocol. */
export function businessParameters(parameters: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...parameters].filter(([name]) => !protocolParameters.has(name)));
}

/** One line for people: time, number, action, region, answer, duration and parameters. */
export function formatLogEntry(entry: LogEntry): string {
  const parameters = Object.entries(entry.parameters)
    .filter(([name]) => name !== "RegionId")
    .map(([name, value]) => `${name}=${value.replace(/\p{Cc}/gu, " ")}`);
  const answer = [entry.status === 0 ? "no answer" : String(entry.status), entry.code ?? []].flat().join(" ");
  return [
    new Date(entry.at).toISOString().slice(11, 23),
    `#${entry.sequence}`,
    entry.action,
    entry.regionId ?? "-",
    `${answer} ${entry.durationMs} ms`,
    ...(entry.fault === undefined ? [] : [`fault:${entry.fault}`]),
    ...parameters,
  ].join("  ");
}
