import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";

/** What a command reads and writes; tests put their own in its place. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Everything on standard input. */
  readInput(): Promise<Uint8Array>;
  /** One line that the user types. */
  readLine(): Promise<string>;
  /** Resolves when the user, or whoever started the process, wants it to end. */
  untilInterrupted(): Promise<void>;
  /** Whether someone would have to type the input. */
  readonly inputIsTerminal: boolean;
  readonly outputIsTerminal: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

/** The process's own streams and environment. */
export const processTerminal: Terminal = {
  out: (written) => process.stdout.write(written),
  err: (written) => process.stderr.write(written),
  readInput: () => buffer(process.stdin),
  readLine: async () => {
    const lines = createInterface({ input: process.stdin });
    const line = new Promise<string>((resolve) =>
      lines.once("line", resolve).once("close", () => {
        resolve("");
      }),
    );
    return line.finally(() => {
      lines.close();
    });
  },
  untilInterrupted: () =>
    new Promise((resolve) => {
      process.once("SIGINT", () => {
        resolve();
      });
      process.once("SIGTERM", () => {
        resolve();
      });
    }),
  inputIsTerminal: process.stdin.isTTY,
  outputIsTerminal: process.stdout.isTTY,
  environment: process.env,
};
