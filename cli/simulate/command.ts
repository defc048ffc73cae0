import type { Simulator, SimulatorOptions } from "../../simulator";
import { startSimulator } from "../../simulator";
import { problemOfAnswers } from "../../simulator/questions";
import { formatLogEntry } from "../../simulator/request-log";
import { CommandFailure } from "../command-failure";
import type { Terminal } from "../terminal";
import { runInside } from "./child";
import { control } from "./control";
import { prepareSave } from "./save";
import { applySeed, readSeed } from "./seed";
import { staleStackWarnings } from "./stale-stacks";
import { strayVariables, surroundingsOf } from "./environment";

export interface SimulateOptions {
  host: string;
  port: number;
  region: string;
  /** Durations in ms. */
  allocateMs: number;
  releaseMs: number;
  associateMs: number;
  quota: number;
  reserved: "0" | "1" | "3" | "4";
  /** False with `--no-rate-limits`. */
  rateLimits: boolean;
  frequentPurchaseGuard?: boolean;
  /** Alternatives as `question=alternative`. */
  answer?: string[];
  /** Faults as JSON texts. */
  fault?: string[];
  seed?: string;
  save?: string;
  log?: boolean;
}

/**
 * Runs the simulator until it is interrupted, or around a command.
 *
 * @param command - Command and arguments to run with the simulator's environment; empty for none.
 * @returns Exit code of the command; 0 without one.
 * @throws CommandFailure when the port is taken, the seed, an answer or a fault is invalid, the command cannot be started, or
 *   the cloud cannot be saved.
 */
export async function simulate(
  terminal: Terminal,
  command: readonly string[],
  options: SimulateOptions,
): Promise<number> {
  const seed = options.seed === undefined ? undefined : await readSeed(options.seed);
  const answers = Object.fromEntries((options.answer ?? []).map((answer) => splitAnswer(answer)));
  const problem = problemOfAnswers(answers);
  if (problem !== undefined) throw new CommandFailure(problem);
  const save = options.save === undefined ? undefined : await prepareSave(options.save);
  // The seed's segments are there at once and use up nothing of the limits: the options hold from then on.
  const simulator = await start({
    host: options.host,
    port: options.port,
    regionId: options.region,
    rateLimits: false,
    frequentPurchaseGuard: false,
    reserved: Number(options.reserved) as 0 | 1 | 3 | 4,
    quota: options.quota,
    answers,
    onRequest: (entry) => {
      if (options.log === true) terminal.err(`${formatLogEntry(entry)}\n`);
    },
  });
  if (!isLoopback(options.host)) terminal.err(openToOthers(options.host, simulator.endpoint));
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
    const known = new Set(simulator.segments().map(({ id }) => id));
    for (const warning of staleStackWarnings(terminal.environment, process.cwd(), known)) {
      terminal.err(`eip-segment: ${warning}\n`);
    }
    const exitCode =
      command.length > 0
        ? await runInside(command, surroundingsOf(terminal.environment, simulator.environment))
        : await serve(terminal, simulator, made);
    if (save !== undefined) terminal.err(await save(simulator, seed?.settings));
    return exitCode;
  } finally {
    await simulator.stop();
  }
}

async function start(options: SimulatorOptions): Promise<Simulator> {
  try {
    return await startSimulator(options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new CommandFailure(
        `${options.host ?? ""} is no address of this machine. Set --host to one that is.`,
      );
    }
    const reason = code === undefined ? undefined : portProblems[code];
    if (reason === undefined) throw error;
    throw new CommandFailure(
      `Port ${options.port ?? 0} cannot be used: ${reason}. Give another --port, or none.`,
    );
  }
}

/** `question=alternative` as a pair. */
function splitAnswer(answer: string): [string, string] {
  const [question = "", alternative = ""] = answer.split("=");
  return [question, alternative];
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || host.startsWith("127.");

const openToOthers = (host: string, endpoint: string): string =>
  `eip-segment: The simulator listens on ${host}, port ${new URL(endpoint).port}, and protects nothing: its control path requires no key. ` +
  "Anyone who reaches the port can read and change the simulated cloud.\n";

const portProblems: Record<string, string> = {
  EADDRINUSE: "something listens there already",
  EACCES: "permission is denied",
  ERR_SOCKET_BAD_PORT: "ports end at 65535",
};

async function serve(
  terminal: Terminal,
  { environment }: Simulator,
  made: readonly string[],
): Promise<number> {
  const stray = strayVariables(terminal.environment, environment);
  const lines = [
    ...(stray.length === 0 ? [] : [`unset ${stray.join(" ")}`]),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    ...made.map((line) => `# ${line}`),
  ];
  // Whoever reads the lines may end the simulator the moment it has them.
  const interrupted = terminal.untilInterrupted();
  terminal.out(`${lines.join("\n")}\n`);
  await interrupted;
  return 0;
}
