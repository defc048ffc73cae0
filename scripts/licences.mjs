// Checks what users install along with this package: licences, install scripts, and a line of docs/dependencies.md for each.
// npm run licences -- [--write]
//   --write  writes the list into docs/dependencies.md
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { installedPackages, readJson } from "./release/installed-packages.mjs";
import { SetupFailure, runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";

/** Licences that allow what Apache-2.0 allows; anything else is looked at by a person first. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
]);

const page = join(repository, "docs", "dependencies.md");
const [begin, end] = ["<!-- licences: begin -->", "<!-- licences: end -->"];

await runMain(() => {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
  const manifest = readJson("package.json");
  const installed = [...installedPackages().values()].sort((a, b) =>
    `${a.name}${a.version}`.localeCompare(`${b.name}${b.version}`),
  );
  if (values.write) writeList(installed);
  const text = readFileSync(page, "utf8");
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const problems = [
    ...installed
      .filter(({ license }) => !allowed.has(license))
      .map(({ name, license }) => `${name} has the licence ${license ?? "none"}`),
    ...installed
      .filter(({ hasInstallScript }) => hasInstallScript)
      .map(({ name }) => `${name} runs a script when it is installed`),
    ...direct
      .filter((name) => !text.includes(`| \`${name}\``))
      .map((name) => `docs/dependencies.md lacks ${name}`),
    ...(text.includes(list(installed)) ? [] : ["the list in docs/dependencies.md is old; add --write"]),
  ];
  if (problems.length > 0) throw new SetupFailure(problems.join("\n"));
  console.log(`${installed.length} packages, all with an allowed licence and without an install script.`);
  return 0;
});

function list(installed) {
  const licences = [...new Set(installed.map(({ license }) => license))].sort();
  return licences
    .map((licence) => {
      const under = installed.filter(({ license }) => license === licence);
      return `- ${licence}: ${under.map(({ name, version }) => `${name} ${version}`).join(", ")}`;
    })
    .join("\n");
}

function writeList(installed) {
  const text = readFileSync(page, "utf8");
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  writeFileSync(page, `${before}\n\n${list(installed)}\n\n${text.slice(text.indexOf(end))}`);
}
