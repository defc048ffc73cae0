import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { SetupFailure } from "../setup/failure.mjs";
import { cliCache } from "../setup/paths.mjs";
import { inspectCliFolder } from "../setup/pulumi-find.mjs";
import { compareVersions } from "../setup/version.mjs";

/** Folders of the CLIs in Pulumi's cache. */
export function cachedClis() {
  const cache = cliCache();
  const versions = existsSync(cache) ? readdirSync(cache).filter((name) => /^\d/.test(name)) : [];
  return versions.map((version) => join(cache, version, "bin"));
}

/**
 * The CLIs in folders, oldest first.
 *
 * @throws {SetupFailure} for one that cannot be used, and when there is none
 */
export async function inspectClis(folders) {
  const found = [];
  for (const folder of folders) {
    const { cli, reason } = await inspectCliFolder(folder);
    if (cli === undefined) throw new SetupFailure(reason);
    found.push(cli);
  }
  if (found.length === 0) throw new SetupFailure("There is no Pulumi CLI in the cache; give one with --cli.");
  return found.sort((a, b) => compareVersions(a.version, b.version));
}
