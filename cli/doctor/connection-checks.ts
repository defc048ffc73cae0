import { regions } from "../../provider/inputs/region-table";
import { credentialPrecedence } from "../../provider/settings/credentials";
import type { SettingName } from "../../provider/settings/setting-names";
import type { SettingReader } from "../../provider/settings/setting-reader";
import type { Settings } from "../../provider/settings/settings";
import { EipSegmentError } from "../../provider/util/errors";
import type { Check } from "./check";
import { failed, notTried, ok, warning } from "./check";
import type { Reached } from "./reachability";
import { reach } from "./reachability";

/** The cloud refuses requests whose timestamp is further off than this, in ms. */
const toleratedOffsetMs = 15 * 60_000;

/** Offsets below this are no sign of a clock that runs wrong, in ms. */
const usualOffsetMs = 60_000;

const settingOfKind: Record<(typeof credentialPrecedence)[number]["kind"], SettingName> = {
  accessKey: "accessKey",
  profile: "profile",
  ecsRole: "ecsRoleName",
  oidcRole: "oidcProviderArn",
  credentialsUri: "credentialsUri",
};

/** Names the region and where it is set. */
export function checkRegion(reader: SettingReader): Check {
  const found = reader.first("region");
  if (found === undefined) {
    return failed(
      "region",
      "No region is set.",
      "Run `pulumi config set alicloud:region cn-hangzhou` and give --stack, or set ALICLOUD_REGION.",
    );
  }
  const { value, from } = found;
  return regions.has(value)
    ? ok("region", `${value}, from ${from}.`)
    : warning(
        "region",
        `${value}, from ${from}, is not a region that this version knows.`,
        "Check its spelling.",
      );
}

/** Obtains the credentials, and names where they come from and what is set besides without effect. */
export async function checkCredentials({ credentials }: Settings, reader: SettingReader): Promise<Check> {
  try {
    const { accessKeyId, securityToken } = await credentials.getCredentials();
    const source = credentials.sourceName ?? "an unnamed source";
    const unused = credentialPrecedence
      .flatMap(({ place, kind }) => {
        const name = settingOfKind[kind];
        return (place === "config" ? reader.fromConfig(name) : reader.fromEnvironment(name))?.from ?? [];
      })
      .filter((from) => !source.includes(from));
    return ok(
      "credentials",
      `${securityToken === undefined ? "Access key" : "Temporary access key"} ${masked(accessKeyId)}, from ${source}.` +
        (unused.length === 0 ? "" : ` Set but not used: ${unused.join(", ")}.`),
    );
  } catch (error) {
    return failed("credentials", messageOf(error));
  }
}

/** An access key id by its ends, enough to find it in the RAM console. */
const masked = (accessKeyId: string): string =>
  accessKeyId.length < 12 ? "****" : `${accessKeyId.slice(0, 4)}****${accessKeyId.slice(-4)}`;

/** The message of an error that this package foresaw. */
function messageOf(error: unknown): string {
  if (error instanceof EipSegmentError) {
    return error.message;
  }
  throw error;
}

/**
 * Reaches the endpoints of a region and compares its clock with this machine's. Without STS the provider works, only with
 * warnings, so only the VPC endpoint fails.
 */
export function checkEndpoints(settings: Settings, regionId: string): Promise<Check>[] {
  const reached = reach(settings.endpoint("vpc", regionId).url).catch((error: unknown) => error as Error);
  return [
    reached.then((vpc) => endpointCheck(settings, regionId, "vpc", vpc)),
    reach(settings.endpoint("sts", regionId).url)
      .catch((error: unknown) => error as Error)
      .then((sts) => endpointCheck(settings, regionId, "sts", sts)),
    reached.then(checkClock),
  ];
}

function endpointCheck(
  settings: Settings,
  regionId: string,
  service: "vpc" | "sts",
  reached: Reached | Error,
): Check {
  const { url, changedBy } = settings.endpoint(service, regionId);
  const subject = `${service} endpoint`;
  if (reached instanceof Error) {
    const remedy = `Check the network, the proxy (HTTPS_PROXY) and ${changedBy}.`;
    return (service === "vpc" ? failed : warning)(subject, reached.message, remedy);
  }
  const through = reached.proxy === undefined ? "" : ` through the proxy ${reached.proxy}`;
  const steps = reached.steps.map(({ name, ms }) => `${name} ${ms} ms`);
  return ok(subject, `${url} reached${through}: ${steps.join(", ")}.`);
}

/** Judges the difference of the clocks. */
export function checkClock(reached: Reached | Error): Check {
  const offsetMs = reached instanceof Error ? undefined : reached.clockOffsetMs;
  if (offsetMs === undefined) {
    return notTried(
      "clock",
      reached instanceof Error ? "The VPC endpoint was not reached." : "The response had no time.",
    );
  }
  const size = Math.abs(offsetMs);
  const finding = `This machine's clock is ${(size / 1000).toFixed(1)} s ${offsetMs > 0 ? "behind" : "ahead of"} the server's.`;
  if (size < usualOffsetMs) {
    return ok("clock", finding);
  }
  return size < toleratedOffsetMs
    ? warning("clock", finding, "Set the clock: the cloud refuses requests from 15 minutes on.")
    : failed("clock", finding, "Set the clock: the cloud refuses requests from 15 minutes on.");
}
