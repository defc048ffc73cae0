import { settingNames } from "../../provider/settings/setting-names";
import type { SettingName } from "../../provider/settings/setting-names";

/** Settings by which a command could reach a real account: next to the simulator's keys they would mislead it at best. */
const reaching: readonly SettingName[] = [
  ...(["region", "vpcEndpoint", "stsEndpoint", "accessKey", "secretKey", "securityToken"] as const),
  ...(["profile", "sharedCredentialsFile", "ecsRoleName", "credentialsUri"] as const),
  ...(["assumeRoleArn", "assumeRoleSessionName", "assumeRoleSessionExpiration"] as const),
  ...(["oidcRoleArn", "oidcProviderArn", "oidcTokenFile", "oidcSessionName"] as const),
];

/** Variables of `environment` that lead to a real account and that the simulator does not set itself. */
export function strayVariables(
  environment: NodeJS.ProcessEnv,
  simulated: Readonly<Record<string, string>>,
): string[] {
  const names = new Set(reaching.flatMap((setting) => settingNames[setting].environment));
  return [...names].filter((name) => environment[name] !== undefined && !(name in simulated));
}

/** The environment of a command that is to see the simulator and no real account. */
export function surroundingsOf(
  environment: NodeJS.ProcessEnv,
  simulated: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const stray = new Set(strayVariables(environment, simulated));
  const kept = Object.entries(environment).filter(([name]) => !stray.has(name));
  return { ...Object.fromEntries(kept), ...simulated };
}
