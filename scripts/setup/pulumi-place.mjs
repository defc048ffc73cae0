import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { cliCache, pulumiSdk } from "./paths.mjs";
import { CLI_FILES, inspectCliFolder, PLUGIN_STARTER } from "./pulumi-find.mjs";

const TEMPORARY = ".eip-segment-";
const [PULUMI] = CLI_FILES;

/**
 * Lets `fill` put a CLI into a temporary folder of the cache and moves it to `versions/<version>/bin` when it works.
 * Files are renamed one by one and `pulumi` last, so that an interrupted placing leaves an incomplete folder, which
 * no search accepts and the next placing completes. To be called with the cache's lock held.
 * @param {(root: string) => Promise<void>} fill puts the files into `<root>/bin`
 * @returns {Promise<{cli?: import("./pulumi-find.mjs").PulumiCli, reason?: string}>}
 */
export async function placeCli(version, fill) {
  removeLeftovers();
  const temporary = mkdtempSync(join(cliCache(), TEMPORARY));
  try {
    const filled = join(temporary, "bin");
    mkdirSync(filled);
    await fill(temporary);
    addPluginStarter(filled);
    const { reason } = await inspectCliFolder(filled);
    if (reason !== undefined) return { reason };
    const target = join(cliCache(), version, "bin");
    mkdirSync(target, { recursive: true });
    const files = readdirSync(filled).filter((file) => file !== PULUMI);
    for (const file of [...files, PULUMI]) renameSync(join(filled, file), join(target, file));
    return await inspectCliFolder(target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The script that starts dynamic providers comes with the SDK, not with every way to get a CLI. */
function addPluginStarter(folder) {
  const target = join(folder, PLUGIN_STARTER);
  if (!existsSync(target)) copyFileSync(join(pulumiSdk, PLUGIN_STARTER), target);
}

function removeLeftovers() {
  for (const name of readdirSync(cliCache()).filter((entry) => entry.startsWith(TEMPORARY))) {
    rmSync(join(cliCache(), name), { recursive: true, force: true });
  }
}
