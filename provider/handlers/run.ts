import { createConnection } from "node:net";
import { createApiClient } from "../client/api-client";
import { RateLimiter } from "../client/rate-limiter";
import type { VpcApi } from "../client/vpc-api";
import type { AcquireContext } from "../cloud/token-replay";
import { ReleasedSegmentsFile } from "../cloud/released-segments";
import type { ReleasedSegments } from "../cloud/released-segments";
import { Regions } from "../cloud/region";
import { CreationsInFlight } from "../cloud/creations-in-flight";
import { readSettings } from "../settings/settings";
import type { Settings } from "../settings/settings";
import { createTransport } from "../settings/transport";
import { Deadline, systemClock } from "../util/clock";
import type { Clock } from "../util/clock";
import { parseDuration } from "../util/duration";
import { EipSegmentError } from "../util/errors";
import type { ConfigSource } from "../util/verbs";
import { AccountLookup } from "./account";
import { Ledger } from "./ledger";
import { OriginReader } from "./origin";

/** Window of the account's rates. */
const windowMs = 60_000;

/** How long the engine may take to accept a connection before it counts as ended. */
const engineMs = 5000;

/** Time a verb may take when `customTimeouts` says nothing. The cloud documents none; its FAQ speaks of 3 to 5 minutes. */
export const defaultTimeoutMs = 600_000;

/** What the verbs of one provider process share. */
export interface Run extends AcquireContext {
  settings: Settings;
  regions: Regions;
  ledger: Ledger;
  account: AccountLookup;
  origins: OriginReader;
  /** Logs a line unless it was logged before. */
  logOnce: (line: string) => void;
}

/** What a run is made of; tests put their own in place of some. */
export interface RunParts {
  settings: Settings;
  api: VpcApi;
  clock: Clock;
  log: (line: string) => void;
  releasedSegments: ReleasedSegments;
  confirmRunning: () => Promise<void>;
  /** From 0 up to 1, for the jitter of polls. @default Math.random */
  random?: () => number;
}

export function createRun(parts: RunParts): Run {
  const { api, clock, log, settings } = parts;
  const graceMs = settings.replayGraceMs;
  const ledger = new Ledger(clock);
  const logged = new Set<string>();
  return {
    ...parts,
    ...{ graceMs, ledger },
    regions: new Regions({ ...parts, graceMs }),
    account: new AccountLookup(api, clock, log),
    origins: new OriginReader(),
    creationsInFlight: new CreationsInFlight(),
    hasJustReleased: ledger.hasJustReleased,
    logOnce: (line) => {
      if (!logged.has(line)) {
        logged.add(line);
        log(line);
      }
    },
  };
}

/** When a verb that starts now must end. */
export function deadlineOf(
  { clock }: Pick<Run, "clock">,
  verb: "create" | "read" | "update" | "delete",
  customTimeouts: Partial<Record<string, string | undefined>> | undefined,
): Deadline {
  return Deadline.in(clock, parseDuration(customTimeouts?.[verb] ?? "") ?? defaultTimeoutMs);
}

/** The parts of a run outside tests. */
export function partsOf(config: ConfigSource): RunParts {
  const settings = readSettings(config);
  const { allocatePerMinute, releasePerMinute } = settings;
  // The engine shows what a provider prints under the stack's diagnostics.
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  const limiter = (calls: number, what: string): RateLimiter =>
    new RateLimiter({ calls, windowMs }, systemClock, ({ sent, waiting }) => {
      log(
        `Waiting for the account's ${what} rate of ${calls} per minute: ${sent} of ${sent + waiting} requested.`,
      );
    });
  const api = createApiClient({
    ...settings,
    transport: createTransport(settings),
    limiters: new Map([
      ["AllocateEipSegmentAddress", limiter(allocatePerMinute, "allocation")],
      ["ReleaseEipSegmentAddress", limiter(releasePerMinute, "release")],
    ]),
  });
  const releasedSegments = new ReleasedSegmentsFile();
  const confirmRunning = (): Promise<void> => confirmEngineRuns(process.argv[2]);
  return { settings, api, clock: systemClock, log, releasedSegments, confirmRunning };
}

/**
 * Makes sure that the engine that started this process still runs: after a killed run the provider process lives on, and would allocate what
 * nobody waits for. A provider process gets the engine's address as its argument.
 *
 * @throws EipSegmentError when nothing listens there.
 */
export async function confirmEngineRuns(address: string | undefined): Promise<void> {
  const [, host, port] = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(address ?? "") ?? [];
  if (host === undefined) {
    return;
  }
  const isListening = await new Promise<boolean>((resolve) => {
    const socket = createConnection({
      host: host.replace(/[[\]]/g, ""),
      port: Number(port),
      timeout: engineMs,
    });
    const end = (result: boolean) => () => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(true));
  });
  if (!isListening) {
    throw new EipSegmentError(
      "The Pulumi run has ended, so no segment is requested for it any more. Run `pulumi up` again.",
    );
  }
}

/** All segments of a run share one provider process, and so its polls, its limits and its ledger. */
let shared: Run | undefined;

/** The run of this process, made from the configuration of the first call: a process serves one stack. */
export function sharedRun(config: ConfigSource | undefined): Run {
  shared ??= createRun(partsOf(config ?? { get: () => undefined }));
  return shared;
}
