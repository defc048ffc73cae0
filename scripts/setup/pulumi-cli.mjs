import { join } from "node:path";

import { SetupFailure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { cliCache } from "./paths.mjs";
import { say } from "./progress.mjs";
import { buildPulumiCli, neededGo } from "./pulumi-build.mjs";
import { downloadPulumiCli } from "./pulumi-download.mjs";
import { findPulumiCli, MINIMUM_CLI } from "./pulumi-find.mjs";

/** What follows when there is no CLI on the PATH and none in the cache, which are ways 1 and 2. */
const installations = [
  { name: "the official download", install: downloadPulumiCli },
  { name: "a build with Go from its module proxy", install: buildPulumiCli },
];

/**
 * The first Pulumi CLI that works: on the PATH, in the cache, downloaded, built with Go.
 * @returns {Promise<import("./pulumi-find.mjs").PulumiCli>}
 * @throws {SetupFailure} naming what was tried and what to do
 */
export async function ensurePulumiCli() {
  const { cli } = await findPulumiCli();
  return (
    cli ??
    (await withLock(join(cliCache(), ".eip-segment.lock"), "installing the Pulumi CLI", installPulumiCli))
  );
}

async function installPulumiCli() {
  // Another set-up may have installed it while this one waited for the lock.
  const { cli, tried } = await findPulumiCli();
  if (cli !== undefined) return cli;
  say(`No Pulumi CLI on the PATH or in the cache (${tried.join("; ")}).`);
  for (const { name, install } of installations) {
    say(`Trying source ${tried.length + 1} of 4: ${name}.`);
    const { cli: installed, reason } = await install();
    if (installed !== undefined) return installed;
    say(`That failed (${reason}).`);
    tried.push(reason);
  }
  throw new SetupFailure(
    [
      "No Pulumi CLI could be found or installed. Tried, in this order:",
      ...tried.map((line) => `  - ${line}`),
      `Install Pulumi ${MINIMUM_CLI} or later (https://www.pulumi.com/docs/iac/download-install/) so that ` +
        `\`pulumi version\` works, or Go ${neededGo()} or later (https://go.dev/dl/) with access to its module proxy; ` +
        "then run the command again.",
    ].join("\n"),
  );
}
