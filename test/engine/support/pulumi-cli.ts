import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

/** Root folder of the repository. */
export const repository = resolve(__dirname, "..", "..", "..");

/** The CLI under test and a PATH that lets it find its plugins and Node.js. */
export interface PulumiCli {
  command: string;
  version: string;
  path: string;
}

let located: PulumiCli | undefined;

/** The CLI that the set-up scripts found. @throws when there is none yet: `npm run setup` installs it */
export function pulumiCli(): PulumiCli {
  located ??= JSON.parse(
    execFileSync(process.execPath, [join(repository, "scripts", "setup", "locate-pulumi.mjs")], {
      encoding: "utf8",
    }),
  ) as PulumiCli;
  return located;
}
