import { SettingReader } from "../../provider/settings/setting-reader";
import type { Settings } from "../../provider/settings/settings";
import { readSettings } from "../../provider/settings/settings";
import { ConfigurationError } from "../../provider/util/errors";
import { noConfig, readStackConfig } from "../cloud/stack-config";
import { CommandFailure } from "../command-failure";
import { exitCodes } from "../exit-codes";
import type { ExitCode } from "../exit-codes";
import { packageVersion } from "../../simulator/package-version";
import type { DoctorJson } from "../schemas/doctor";
import type { Terminal } from "../terminal";
import { checkAccount } from "./account-checks";
import type { Check, CheckStatus } from "./check";
import { failed, notTried, ok } from "./check";
import { checkCredentials, checkEndpoints, checkRegion } from "./connection-checks";
import { checkSoftware } from "./software";

export interface DoctorOptions {
  json?: boolean;
  /** Stack whose configuration is read; the environment alone without one. */
  stack?: string;
}

/**
 * Checks everything that the provider needs, and prints a line for each check as it ends. It only reads.
 *
 * @returns The failure code when a check failed.
 */
export async function doctor(terminal: Terminal, options: DoctorOptions): Promise<ExitCode> {
  const checks: Check[] = [];
  for await (const one of examine(terminal.environment, options.stack)) {
    checks.push(one);
    if (options.json !== true) terminal.out(`${lineOf(one)}\n`);
  }
  const count = (status: CheckStatus): number => checks.filter((one) => one.status === status).length;
  const counts = {
    ok: count("ok"),
    warning: count("warning"),
    failed: count("failed"),
    notTried: count("not tried"),
  };
  const document: DoctorJson = { schemaVersion: 1, version: packageVersion(), counts, checks };
  terminal.out(
    options.json === true
      ? `${JSON.stringify(document, null, 2)}\n`
      : `\n${counts.ok} ok, ${counts.warning} ${counts.warning === 1 ? "warning" : "warnings"}, ${counts.failed} failed, ${counts.notTried} not tried\n`,
  );
  return counts.failed === 0 ? exitCodes.ok : exitCodes.failure;
}

const lineOf = ({ status, subject, finding, remedy }: Check): string =>
  `${status.padEnd(9)}  ${subject.padEnd(29)}  ${[finding, remedy].join(" ").trimEnd()}`;

/** Checks that do not need one another run at the same time; their results come in a fixed order. */
async function* examine(
  environment: NodeJS.ProcessEnv,
  stack: string | undefined,
): AsyncGenerator<Check, void, undefined> {
  const software = checkSoftware(process.cwd(), environment);
  const configured = configure(environment, stack);
  for (const one of software) yield await one;
  const { source, settings, reader } = await configured;
  yield source;
  if (settings === undefined || reader === undefined) {
    yield notTried("cloud", "The settings are needed first.");
    return;
  }
  yield checkRegion(reader);
  // Before the endpoints: loading the sources of credentials would count into the times of the connections.
  const credentials = await checkCredentials(settings, reader);
  yield credentials;
  const endpoints = settings.region === undefined ? [] : checkEndpoints(settings, settings.region);
  for (const one of endpoints) yield await one;
  if (settings.region === undefined) {
    yield notTried("cloud", "A region is needed first.");
  } else if (credentials.status === "failed") {
    yield notTried("account", "Credentials are needed first.");
  } else {
    yield* await checkAccount(settings, settings.region);
  }
  yield ratesOf(settings, reader);
}

interface Configured {
  /** Where the settings were read. */
  source: Check;
  settings?: Settings;
  reader?: SettingReader;
}

async function configure(environment: NodeJS.ProcessEnv, stack: string | undefined): Promise<Configured> {
  const subject = "settings";
  try {
    const config = stack === undefined ? noConfig : await readStackConfig(environment, stack);
    return {
      source: ok(
        subject,
        stack === undefined
          ? "From the environment alone; --stack reads a stack's configuration too."
          : `From the configuration of stack ${stack}, then from the environment.`,
      ),
      settings: readSettings(config, environment),
      reader: new SettingReader(config, environment),
    };
  } catch (error) {
    if (error instanceof CommandFailure || error instanceof ConfigurationError) {
      return { source: failed(subject, error.message) };
    }
    throw error;
  }
}

function ratesOf({ allocatePerMinute, releasePerMinute }: Settings, reader: SettingReader): Check {
  const set = (["allocatePerMinute", "releasePerMinute"] as const).flatMap(
    (name) => reader.first(name)?.from ?? [],
  );
  const from = set.length === 0 ? "by default" : `by ${set.join(" and ")}`;
  return ok("rates", `${allocatePerMinute} allocations and ${releasePerMinute} releases in 60 s, ${from}.`);
}
