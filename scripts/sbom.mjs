// Prints the software bill of materials (CycloneDX) of what users install with this package: npm run --silent sbom
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { installedPackages, readJson } from "./release/installed-packages.mjs";
import { runMain } from "./setup/failure.mjs";
import { npmCommand } from "./setup/platform.mjs";
import { runCommand } from "./setup/run-command.mjs";

await runMain(async () => {
  const root = mkdtempSync(join(tmpdir(), "eip-segment-sbom-"));
  try {
    const { name, version, description, license, dependencies } = readJson("package.json");
    const { lockfileVersion, packages } = readJson("package-lock.json");
    // npm takes the name of the component from its folder.
    const folder = join(root, name);
    mkdirSync(folder);
    const write = (file, content) => {
      writeFileSync(join(folder, file), JSON.stringify(content));
    };
    // In the repository itself, npm leaves out what a development tool uses too, and fails on the circle of an example that
    // depends on its root.
    const manifest = { name, version, description, license, dependencies };
    const installed = Object.fromEntries(
      [...installedPackages().keys()].map((path) => [path, packages[path]]),
    );
    write("package.json", manifest);
    write("package-lock.json", { lockfileVersion, packages: { "": manifest, ...installed } });
    const args = ["sbom", "--sbom-format=cyclonedx", "--sbom-type=library", "--package-lock-only"];
    process.stdout.write(await runCommand(...npmCommand(args), { cwd: folder }));
    return 0;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
