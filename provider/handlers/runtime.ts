import { createApiClient } from "../client/api-client";
import { PopTransport } from "../client/pop-transport";
import { systemClock } from "../leaves/clock";
import { SegmentWatch } from "../operations/segment-watch";
import type { Deps } from "./deps";
import { ProcessMemory } from "./process-memory";
import { readSettings } from "./settings/settings";
import type { ConfigSource } from "./settings/setting-reader";

/** What the verbs work with outside tests. */
export function createDeps(config: ConfigSource): Deps {
  const settings = readSettings(config);
  const { connectTimeoutMs, readTimeoutMs } = settings;
  const api = createApiClient({
    ...settings,
    transport: new PopTransport({ connectTimeoutMs, readTimeoutMs }),
  });
  return {
    api,
    clock: systemClock,
    settings,
    watch: new SegmentWatch(api, systemClock),
    memory: new ProcessMemory(),
    // The engine shows what a provider prints under the stack's diagnostics.
    say: (line) => process.stdout.write(`${line}\n`),
  };
}

/** All segments of a run share one provider process, and so its polls, its limits and its memory. */
let shared: Deps | undefined;

/** What the verbs of this process share, made from the configuration of the first call: a process serves one stack. */
export function depsOf(config: ConfigSource | undefined): Deps {
  shared ??= createDeps(config ?? { get: () => undefined });
  return shared;
}
