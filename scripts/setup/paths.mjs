import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root folder of the clone. */
export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Scratch folder of the clone, ignored by git. */
export const scratch = join(repository, ".cache");

/** Folder of the SDK package, which also holds the script that starts dynamic providers. */
export const pulumiSdk = join(repository, "node_modules", "@pulumi", "pulumi");

/** Where Pulumi itself keeps CLI versions: `$PULUMI_HOME/versions`, by default `~/.pulumi/versions`. */
export function cliCache() {
  return join(process.env.PULUMI_HOME || join(homedir(), ".pulumi"), "versions");
}
