import { agentChooser } from "../client/agents";
import { createApiClient } from "../client/api-client";
import { PopTransport } from "../client/pop-transport";
import { RateLimiter } from "../client/rate-limiter";
import { systemClock } from "../util/clock";
import { SegmentWatch } from "../cloud/segment-watch";
import { CreationPace } from "./creation-pace";
import type { Deps } from "./deps";
import { ProcessMemory } from "./process-memory";
import { proxyOf } from "../settings/proxy";
import { readSettings } from "../settings/settings";
import type { ConfigSource } from "../settings/setting-reader";

/** Window of the account's rates, in ms. */
const windowMs = 60_000;

/** What the verbs work with outside tests. */
export function createDeps(config: ConfigSource): Deps {
  const settings = readSettings(config);
  const { connectTimeoutMs, readTimeoutMs, allocatePerMinute, releasePerMinute } = settings;
  // The engine shows what a provider prints under the stack's diagnostics.
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const limiter = (calls: number, what: string): RateLimiter =>
    new RateLimiter({ calls, windowMs }, systemClock, ({ sent, waiting }) => {
      say(
        `Waiting for the account's ${what} rate of ${calls} per minute: ${sent} of ${sent + waiting} requested.`,
      );
    });
  const allocations = limiter(allocatePerMinute, "allocation");
  const api = createApiClient({
    ...settings,
    transport: new PopTransport({ connectTimeoutMs, readTimeoutMs, agentFor: agentChooser(proxyOf) }),
    limiters: new Map([
      ["AllocateEipSegmentAddress", allocations],
      ["ReleaseEipSegmentAddress", limiter(releasePerMinute, "release")],
    ]),
  });
  const watch = new SegmentWatch(api, systemClock);
  const pace = new CreationPace(systemClock, allocations, say);
  return { api, clock: systemClock, settings, watch, memory: new ProcessMemory(), pace, say };
}

/** All segments of a run share one provider process, and so its polls, its limits and its memory. */
let shared: Deps | undefined;

/** What the verbs of this process share, made from the configuration of the first call: a process serves one stack. */
export function depsOf(config: ConfigSource | undefined): Deps {
  shared ??= createDeps(config ?? { get: () => undefined });
  return shared;
}
