import { constants } from "node:fs";
import { access, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Simulator } from "../../simulator";
import { CommandFailure } from "../command-failure";
import type { Seed } from "./seed";

/** Writes a seed that restores a simulator's cloud; the settings are those of the seed it was started with. @returns a line for people */
export type Save = (simulator: Simulator, settings: Seed["settings"]) => Promise<string>;

/**
 * Prepares to write a file at the end.
 *
 * @throws CommandFailure at once when the file's folder cannot be written to, and from the result when the file cannot.
 */
export async function prepareSave(path: string): Promise<Save> {
  const attempt = async (write: Promise<void>): Promise<void> => {
    try {
      await write;
    } catch (error) {
      throw new CommandFailure(
        `${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}.`,
      );
    }
  };
  await attempt(access(dirname(path), constants.W_OK));
  return async (simulator, settings) => {
    const seed = { ...(settings === undefined ? {} : { settings }), snapshot: simulator.snapshot() };
    // Renamed into place: an interrupted write must not destroy the file that the next run is seeded with.
    const partial = `${path}.partial`;
    await attempt(writeFile(partial, `${JSON.stringify(seed, null, 2)}\n`).then(() => rename(partial, path)));
    return `Saved the simulated cloud to ${path}.\n`;
  };
}
