// Tries the packed package under each supported Node.js, SDK, Pulumi CLI and TypeScript, and writes the results into docs/matrix.md:
//   npm run matrix -- [--cli FOLDER]... [--quick]
//   --cli    folder with a further Pulumi CLI and its Node.js language host (default: those in the cache of Pulumi)
//   --quick  only the oldest and the newest of everything
import { parseArgs } from "node:util";

import { compilers, tryCompiler } from "./matrix/compilers.mjs";
import { engineTests, tryCell } from "./matrix/cell.mjs";
import { cachedClis, inspectClis } from "./matrix/clis.mjs";
import { installConsumer, installNode, packTarball } from "./matrix/install.mjs";
import { writeResults } from "./matrix/results.mjs";
import { ensureEverything } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { say } from "./setup/progress.mjs";

const nodeMajors = [20, 22, 24];
/** The oldest supported SDK, and the newest: by its tag, since of a range npm takes what supports its own Node.js. `npm test` runs one in between. */
const sdks = ["3.216.0", "latest"];

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      cli: { type: "string", multiple: true, default: [] },
      quick: { type: "boolean", default: false },
    },
  });
  await ensureEverything();
  const chosen = (all) => (values.quick ? [...new Set([all[0], all.at(-1)])] : all);
  const clis = chosen(await inspectClis([...cachedClis(), ...values.cli]));
  const tarball = await packTarball();
  const nodes = [];
  for (const major of chosen(nodeMajors)) nodes.push(await installNode(major));
  const cells = [];
  const consumers = [];
  for (const sdk of sdks) consumers.push(await installConsumer(tarball, sdk));
  for (const { sdk, modules } of consumers) {
    for (const node of nodes) {
      for (const cli of clis) cells.push(await tryCell({ node, sdk, cli, modules }));
    }
  }
  const consumer = consumers.at(-1);
  const types = [];
  for (const version of chosen(compilers)) types.push(await tryCompiler(version, consumer));
  if (!values.quick) writeResults({ cells, types, engineTests });
  const failed = [...cells, ...types].filter(({ passed }) => !passed);
  say(`${cells.length + types.length - failed.length} combinations passed, ${failed.length} failed.`);
  return failed.length === 0 ? 0 : 1;
});
