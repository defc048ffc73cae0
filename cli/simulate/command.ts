import type { Simulator } from "../../simulator";
import { startSimulator } from "../../simulator";
import type { Terminal } from "../terminal";
import { runInside } from "./child";
import { control } from "./control";
import { applySeed, readSeed } from "./seed";

export interface SimulateOptions {
  port: number;
  region: string;
  /** Durations in ms. */
  allocateMs: number;
  releaseMs: number;
  associateMs: number;
  tokenMemoryMs: number;
  quota: number;
  reserved: "0" | "1" | "3" | "4";
  /** False with `--no-rate-limits`. */
  rateLimits: boolean;
  frequentPurchaseGuard?: boolean;
  /** Faults as JSON texts. */
  fault?: string[];
  seed?: string;
  log?: boolean;
}

/**
 * Runs the simulator until it is interrupted, or around a command.
 *
 * @param command - Command and arguments to run with the simulator's environment; empty for none.
 * @returns Exit code of the command; 0 without one.
 * @throws CommandFailure when the seed or a fault is wrong, or the command cannot be started.
 */
export async function simulate(
  terminal: Terminal,
  command: readonly string[],
  options: SimulateOptions,
): Promise<number> {
  const seed = options.seed === undefined ? undefined : await readSeed(options.seed);
  // The seed's segments are there at once and use up nothing of the limits: the options hold from then on.
  const simulator = await startSimulator({
    port: options.port,
    regionId: options.region,
    rateLimits: false,
    frequentPurchaseGuard: false,
    reserved: Number(options.reserved) as 0 | 1 | 3 | 4,
    quota: options.quota,
    tokenMemoryMs: options.tokenMemoryMs,
    onRequest: (entry) => {
      if (options.log === true) terminal.err(logLine(entry));
    },
  });
  try {
    const made = seed === undefined ? [] : await applySeed(simulator, seed);
    const { allocateMs, releaseMs, associateMs, rateLimits, frequentPurchaseGuard = false } = options;
    simulator.configure({
      progression: { kind: "time", allocateMs, releaseMs, associateMs },
      rateLimits,
      frequentPurchaseGuard,
    });
    if (seed?.settings !== undefined) await control(simulator, "configure", JSON.stringify(seed.settings));
    for (const fault of seed?.faults ?? []) await control(simulator, "faults", JSON.stringify(fault));
    for (const fault of options.fault ?? []) await control(simulator, "faults", fault);
    return command.length > 0
      ? await runInside(command, { ...terminal.environment, ...simulator.environment })
      : await serve(terminal, simulator, made);
  } finally {
    await simulator.stop();
  }
}

async function serve(
  terminal: Terminal,
  { environment }: Simulator,
  made: readonly string[],
): Promise<number> {
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
  terminal.out(`${[...exports, ...made.map((line) => `# ${line}`)].join("\n")}\n`);
  await terminal.untilInterrupted();
  return 0;
}

type LogEntry = Simulator["log"][number];

function logLine({ action, regionId, status, code, durationMs }: LogEntry): string {
  const answer = [status === 0 ? "no answer" : String(status), code ?? []].flat().join(" ");
  return `${[action, regionId ?? "-", answer, `${durationMs} ms`].join("  ")}\n`;
}
