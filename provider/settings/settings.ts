import type { CredentialsSource, EndpointResolver } from "../client/types";
import { ConfigurationError } from "../util/errors";
import { withoutAbsent } from "../util/without-absent";
import { createCredentials } from "./credentials";
import { checkRegionId, endpointResolver, readFixedEndpoints } from "./endpoints";
import { type ConfigSource, SettingReader } from "./setting-reader";

/** What the provider is told from outside the program: stack configuration and environment. */
export interface Settings {
  /** Region of resources that name none. */
  region?: string;
  endpoint: EndpointResolver;
  /** Resolved at the first request, so that previews need none. */
  credentials: CredentialsSource;
  /** Milliseconds for name resolution, TCP and TLS together. */
  connectTimeoutMs: number;
  /** Milliseconds from the connection to the last byte of an answer. */
  readTimeoutMs: number;
  /** `eipSegment:tokenSalt`: goes into every ClientToken. */
  tokenSalt?: string;
  /** `eipSegment:ownershipTag`: whether EIPs are tagged with the token of their segment. @default true */
  ownershipTag: boolean;
  /** `eipSegment:allocatePerMinute`: how often the account may allocate a segment in 60 s. @default 6 */
  allocatePerMinute: number;
  /** `eipSegment:releasePerMinute`: how often the account may release a segment in 60 s. @default 60 */
  releasePerMinute: number;
  /** `eipSegment:ignoreUnclaimed`: ids of segments known to belong to nobody's earlier run. */
  ignoreUnclaimed: readonly string[];
  /** `eipSegment:replayGraceSeconds`: how long a new segment may stay unlisted before it counts as gone, in ms. @default 20000 */
  replayGraceMs: number;
}

const defaultConnectTimeoutMs = 5_000;
const defaultReadTimeoutMs = 10_000;
const defaultReplayGraceSeconds = 20;

// The rates of an account by the OpenAPI portal's pages of the two operations.
const defaultAllocatePerMinute = 6;
const defaultReleasePerMinute = 60;

/**
 * Reads all settings; stack configuration comes before the environment.
 *
 * @throws {ConfigurationError} naming the key of a malformed value. Credentials are judged only when they are used.
 */
export function readSettings(config: ConfigSource, environment: NodeJS.ProcessEnv = process.env): Settings {
  const reader = new SettingReader(config, environment);
  const fixed = readFixedEndpoints(reader);
  const region = readRegion(reader);
  return withoutAbsent({
    region,
    endpoint: endpointResolver(reader, fixed),
    credentials: createCredentials(reader, { stsEndpoint: fixed.sts, region }),
    connectTimeoutMs: reader.wholeNumber("connectTimeout", 1, "milliseconds") ?? defaultConnectTimeoutMs,
    readTimeoutMs: reader.wholeNumber("readTimeout", 1, "milliseconds") ?? defaultReadTimeoutMs,
    tokenSalt: reader.first("tokenSalt")?.value,
    ownershipTag: reader.flag("ownershipTag") ?? true,
    allocatePerMinute:
      reader.wholeNumber("allocatePerMinute", 1, "calls in 60 s") ?? defaultAllocatePerMinute,
    releasePerMinute: reader.wholeNumber("releasePerMinute", 1, "calls in 60 s") ?? defaultReleasePerMinute,
    ignoreUnclaimed: readSegmentIds(reader),
    replayGraceMs: 1000 * (reader.wholeNumber("replayGrace", 0, "seconds") ?? defaultReplayGraceSeconds),
  });
}

function readRegion(reader: SettingReader): string | undefined {
  const hit = reader.first("region");
  if (hit !== undefined) {
    checkRegionId(hit.value, hit.from);
  }
  return hit?.value;
}

function readSegmentIds(reader: SettingReader): string[] {
  const hit = reader.first("ignoreUnclaimed");
  const ids = (hit?.value ?? "").split(",").map((id) => id.trim());
  const given = ids.filter((id) => id !== "");
  if (hit !== undefined && given.some((id) => !id.startsWith("eipsg-"))) {
    throw new ConfigurationError(`${hit.from} must list ids of segments (eipsg-…), separated by commas.`);
  }
  return given;
}
