import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { pulumiSdk } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { placeCli } from "./pulumi-place.mjs";
import { CommandFailure, runCommand } from "./run-command.mjs";

const INSTALLER = "https://get.pulumi.com/install.sh";
const REACHABLE_MS = 15_000;
const DOWNLOAD_MS = 10 * 60_000;

/** Downloads the official CLI of the SDK's own version with the Automation API's installer. */
export async function downloadPulumiCli() {
  const unreachable = await whyUnreachable();
  if (unreachable !== undefined) return { reason: `download: ${INSTALLER} ${unreachable}` };
  const { version } = JSON.parse(readFileSync(join(pulumiSdk, "package.json"), "utf8"));
  try {
    const { cli, reason } = await withProgress(`Downloading the Pulumi CLI ${version}`, () =>
      placeCli(version, (root) => install(root)),
    );
    return cli === undefined ? { reason: `download: ${reason}` } : { cli };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { reason: `download: ${error.report}` };
  }
}

/** The installer itself waits two minutes for its first byte, which is too long on a machine without the network. */
async function whyUnreachable() {
  try {
    const response = await fetch(INSTALLER, { method: "HEAD", signal: AbortSignal.timeout(REACHABLE_MS) });
    return response.ok ? undefined : `returned ${response.status}`;
  } catch (error) {
    return `is not reachable (${error.cause?.message ?? error.message})`;
  }
}

/** In a process of its own, because the Automation API cannot stop an installer that hangs. */
async function install(root) {
  const automation = pathToFileURL(join(pulumiSdk, "automation", "index.js")).href;
  const program = `import automation from ${JSON.stringify(automation)};
    await automation.PulumiCommand.install({ root: process.argv[1] });`;
  await runCommand(process.execPath, ["--input-type=module", "--eval", program, root], {
    timeoutMs: DOWNLOAD_MS,
  });
}
