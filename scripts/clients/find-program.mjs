import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { scratch } from "../setup/paths.mjs";
import { programFile } from "../setup/platform.mjs";
import { withProgress } from "../setup/progress.mjs";
import { CommandFailure, runCommand } from "../setup/run-command.mjs";

const built = join(scratch, "clients");

/**
 * Finds a program on the PATH or among those built before, and builds it from its Go module when it names one.
 *
 * @param {{program: string, module?: string}} recipe `module` with its version
 * @returns {Promise<{path?: string, reason?: string}>}
 */
export async function findProgram({ program, module }) {
  const file = programFile(program);
  const folders = [...(process.env.PATH ?? "").split(delimiter), built].filter((folder) => folder !== "");
  const path = folders.map((folder) => join(folder, file)).find(isExecutable);
  if (path !== undefined) return { path };
  if (module === undefined) return { reason: "it is not on the PATH" };
  try {
    const env = { ...process.env, GOBIN: built };
    await withProgress(`Building ${program} with Go`, () => runCommand("go", ["install", module], { env }));
    return { path: join(built, file) };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { reason: `it is not on the PATH, and cannot be built: ${error.report}` };
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
