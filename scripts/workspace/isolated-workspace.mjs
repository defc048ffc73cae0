import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { homeEnvironment } from "../setup/platform.mjs";
import { environmentFor } from "../setup/pulumi-find.mjs";

/**
 * A temporary folder in which Pulumi sees neither the user's login and stacks nor the cloud credentials in the
 * environment and the home folder: only the variables named here reach it.
 * @param {import("../setup/pulumi-find.mjs").PulumiCli} cli
 * @param {Record<string, string>} variables further variables, such as the simulator's
 * @returns {{project: string, environment: Record<string, string>, remove: () => void}}
 */
export function isolatedWorkspace(cli, variables) {
  const root = mkdtempSync(join(tmpdir(), "eip-segment-"));
  const folder = (name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  };
  const environment = {
    ...homeEnvironment(folder("home")),
    PATH: environmentFor(cli).PATH,
    PULUMI_HOME: folder("pulumi-home"),
    PULUMI_BACKEND_URL: pathToFileURL(folder("state")).href,
    PULUMI_CONFIG_PASSPHRASE: "simulated",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...variables,
  };
  return {
    project: folder("project"),
    environment,
    remove: () => {
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
