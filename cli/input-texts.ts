import { readFile } from "node:fs/promises";
import { CommandFailure } from "./command-failure";
import { decodeText } from "./decode-text";
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
 * @throws CommandFailure when something cannot be read, or when standard input is a terminal or named twice.
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
  if (names.filter((name) => name === "-").length > 1) {
    throw new CommandFailure("Standard input can be read once: give - once.", exitCodes.usage);
  }
  const inputs: InputText[] = [];
  for (const name of names) {
    const from = name === "-" ? "standard input" : name;
    inputs.push({ from, text: await readText(from, name === "-" ? terminal.readInput() : readFile(name)) });
  }
  return inputs;
}

async function readText(from: string, bytes: Promise<Uint8Array>): Promise<string> {
  try {
    return decodeText(await bytes);
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`${from} cannot be read: ${reasons[code] ?? code}.`);
  }
}

const reasons: Record<string, string> = {
  EACCES: "permission is denied",
  EISDIR: "it is a folder",
  ENOENT: "there is no such file",
  ERR_FS_FILE_TOO_LARGE: "it is too large",
  ERR_STRING_TOO_LONG: "it is too large",
};
