// Prepares a fresh clone: dependencies, build, Pulumi CLI. A second run finds all of it in place.
import { ensureEverything } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { isWindows } from "./setup/platform.mjs";

await runMain(async () => {
  const { version, command, folders } = await ensureEverything();
  console.log(
    folders.length === 0
      ? `Ready, with Pulumi CLI ${version} from the PATH (${command}).`
      : `${pathLine(folders)}   # Pulumi CLI ${version}; run this line to use it by hand`,
  );
  return 0;
});

/** The line that puts folders before the PATH of a shell, on Windows of PowerShell. */
function pathLine(folders) {
  return isWindows
    ? `$env:PATH = "${folders.join(";")};$env:PATH"`
    : `export PATH="${folders.join(":")}:$PATH"`;
}
