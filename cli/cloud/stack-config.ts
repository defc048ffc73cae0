import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ConfigSource } from "../../provider/util/verbs";
import { CommandFailure } from "../command-failure";
import { isRecord, textAt } from "../json-values";

/** The configuration of no stack. */
export const noConfig: ConfigSource = { get: () => undefined };

/**
 * Configuration of a stack of the project in this folder, as the engine hands it to the provider: decrypted, the defaults
 * of `Pulumi.yaml` included.
 *
 * @throws CommandFailure when `pulumi` cannot be run or refuses.
 */
export async function readStackConfig(environment: NodeJS.ProcessEnv, stack: string): Promise<ConfigSource> {
  const argv = ["config", "--json", "--show-secrets", "--non-interactive", "--stack", stack];
  const { stdout } = await promisify(execFile)("pulumi", argv, { env: environment }).catch(
    (error: unknown) => {
      throw new CommandFailure(
        `The configuration of stack ${stack} cannot be read: ${reasonOf(error)}. ` +
          `Run \`pulumi config --stack ${stack}\` in this folder to see it fail.`,
      );
    },
  );
  const parsed: unknown = JSON.parse(stdout);
  const values = isRecord(parsed) ? parsed : {};
  return {
    get: (key) => {
      const entry = values[key];
      return isRecord(entry) ? textAt(entry, "value") : undefined;
    },
  };
}

/** Why `pulumi` refuses, from its error output: the other one holds secrets. */
function reasonOf(error: unknown): string {
  const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
  if (code === "ENOENT") {
    return "`pulumi` is not on the PATH";
  }
  return /^error: (.*?)[\s.:]*$/m.exec(stderr)?.[1] ?? "`pulumi config` failed";
}
