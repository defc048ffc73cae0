import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { repository } from "../setup/paths.mjs";

/**
 * Starts the simulator that the build has made.
 * @param {import("../../simulator").SimulatorOptions} options
 * @returns {Promise<import("../../simulator").Simulator>}
 */
export async function startSimulator(options) {
  const built = pathToFileURL(join(repository, "dist", "simulator", "index.js"));
  const simulator = await import(built.href);
  return simulator.startSimulator(options);
}
