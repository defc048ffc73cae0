import { readFile } from "node:fs/promises";
import { CommandFailure } from "./command-failure";
import { exitCodes } from "./exit-codes";
import type { Terminal } from "./terminal";

/** One text that a command was given, and where it came from. */
export interface InputText {
  /** File name, or `standard input`. */
  from: string;
  text: string;
}

/**
 * Reads the named files, or standard input when none is named; `-` stands for standard input.
 *
 * @param what - What is read, for the message when nothing is: "the output of `pulumi preview --json`".
 * @throws CommandFailure when a file cannot be read, or when standard input is a terminal.
 */
export async function readInputs(
  terminal: Terminal,
  files: readonly string[],
  what: string,
): Promise<InputText[]> {
  const names = files.length === 0 ? ["-"] : files;
  if (names.includes("-") && terminal.inputIsTerminal) {
    throw new CommandFailure(`Name a file or pipe ${what} into this command.`, exitCodes.usage);
  }
  const inputs: InputText[] = [];
  for (const name of names) {
    inputs.push(
      name === "-"
        ? { from: "standard input", text: await terminal.readInput() }
        : { from: name, text: await readNamed(name) },
    );
  }
  return inputs;
}

async function readNamed(name: string): Promise<string> {
  try {
    return await readFile(name, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : (code ?? "unknown error");
    throw new CommandFailure(`${name} cannot be read: ${reason}.`);
  }
}
