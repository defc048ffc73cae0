import { createApiClient } from "../../provider/client/api-client";
import type { VpcApi } from "../../provider/client/vpc-api";
import { readSettings } from "../../provider/settings/settings";
import type { Settings } from "../../provider/settings/settings";
import { createTransport } from "../../provider/settings/transport";
import { ConfigurationError, EipSegmentError } from "../../provider/util/errors";

/** The cloud as a command sees it. */
export interface Cloud {
  api: VpcApi;
  settings: Settings;
  /** Region of the environment; undefined when it names none. */
  region: string | undefined;
}

/** Questions under way at once: more meet the account's limits. */
export const concurrency = 8;

/** How long one question may be asked, in ms: a command has someone waiting for it. */
const patienceMs = 20_000;

/** ms since the epoch until which a question asked now may go on. */
export const deadline = (): number => Date.now() + patienceMs;

/**
 * Connects with the credentials of the environment, looked for at the first call: a command reads no stack configuration.
 *
 * @throws ConfigurationError naming a malformed variable.
 */
export function connect(environment: NodeJS.ProcessEnv): Cloud {
  const settings = readSettings({ get: () => undefined }, environment);
  const api = createApiClient({ ...settings, transport: createTransport(settings) });
  return { api, settings, region: settings.region };
}

/**
 * Id of the account of the credentials; undefined when STS does not tell.
 *
 * @throws ConfigurationError when there are no credentials.
 */
export async function accountOf({ api }: Cloud, regionId: string): Promise<string | undefined> {
  try {
    return (await api.getCallerIdentity({ regionId }, { deadline: deadline() })).accountId;
  } catch (error) {
    if (error instanceof EipSegmentError && !(error instanceof ConfigurationError)) {
      return undefined;
    }
    throw error;
  }
}
