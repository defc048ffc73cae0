import { run } from "../../../../cli/program";
import type { Terminal } from "../../../../cli/terminal";
import { commandsWithJson, validateJson } from "./schemas";

/** How a command ended, and what it printed. */
export interface Ended {
  exitCode: number;
  out: string;
  err: string;
}

/** What a command is run with. */
export interface Surroundings {
  /** What is on standard input; a terminal without one. */
  input?: string | Uint8Array;
  /** What the user types when asked for a line. */
  line?: string;
  environment?: NodeJS.ProcessEnv;
  outputIsTerminal?: boolean;
  untilInterrupted?: () => Promise<void>;
  /** Called with what the command prints, as it prints it. */
  onOut?: (text: string) => void;
}

/** Runs the command line in this process. Whatever JSON a command prints is validated. */
export async function runCli(argv: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const { input, environment = {}, outputIsTerminal = false } = surroundings;
  const printed = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => {
      printed.out += text;
      surroundings.onOut?.(text);
    },
    err: (text) => {
      printed.err += text;
    },
    readLine: () => Promise.resolve(surroundings.line ?? ""),
    readInput: () => Promise.resolve(Buffer.from(input ?? "")),
    untilInterrupted: surroundings.untilInterrupted ?? (() => Promise.resolve()),
    inputIsTerminal: input === undefined,
    outputIsTerminal,
    environment,
  };
  const exitCode = await run(argv, terminal);
  const [command = ""] = argv;
  if (printed.out.startsWith("{") && commandsWithJson.includes(command)) validateJson(command, printed.out);
  return { exitCode, ...printed };
}
