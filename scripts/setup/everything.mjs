import { ensureBuild } from "./build.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { SetupFailure } from "./failure.mjs";
import { ensurePulumiCli } from "./pulumi-cli.mjs";
import { isAtLeast } from "./version.mjs";

const MINIMUM_NODE = "20.11.0";

/** Brings dependencies and dist/ up to date; prints nothing when they are. */
export async function ensurePackage() {
  if (!isAtLeast(process.version, MINIMUM_NODE)) {
    throw new SetupFailure(
      `Node.js ${MINIMUM_NODE} or later is needed, and this is ${process.version}. Install it from https://nodejs.org/.`,
    );
  }
  await ensureDependencies();
  await ensureBuild();
}

/** All that the demo and the tests need. @returns {Promise<import("./pulumi-find.mjs").PulumiCli>} */
export async function ensureEverything() {
  await ensurePackage();
  return await ensurePulumiCli();
}
