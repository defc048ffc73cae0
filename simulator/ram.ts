import { apiError } from "./api-error";
import type { Cloud } from "./cloud";
import { stsVersion, type Operation } from "./operation";
import type { SimulatorAccount } from "./options";
import type { Parameters } from "./parameters";
import { denialBy, type RamDenial } from "./ram-policy";
import { ramResources } from "./ram-resources";

/** A call that RAM has to allow. */
export interface RamCall {
  readonly cloud: Cloud;
  readonly account: SimulatorAccount;
  readonly action: string;
  readonly operation: Operation;
  readonly parameters: Parameters;
}

/**
 * Refuses what RAM does not allow the caller. GetCallerIdentity needs no grant, as its documentation says.
 *
 * @throws `Forbidden.RAM`
 */
export function checkRam(call: RamCall): void {
  const { account, action, operation } = call;
  const denial = denialOf(call);
  if (denial === undefined) return;
  const product = operation.version === stsVersion ? "sts" : "vpc";
  throw apiError("Forbidden.RAM", undefined, {
    accessDeniedDetail: {
      AuthAction: `${product}:${action}`,
      AuthPrincipalType: "SubUser",
      AuthPrincipalOwnerId: account.accountId,
      AuthPrincipalDisplayName: "simulator",
      PolicyType: "AccountLevelIdentityBasedPolicy",
      NoPermissionType: denial,
      EncodedDiagnosticMessage: "",
    },
  });
}

function denialOf({ cloud, account, action, operation, parameters }: RamCall): RamDenial | undefined {
  if (account.deniedActions?.includes(action) === true) return "ImplicitDeny";
  if (account.policy === undefined || operation.version === stsVersion) return undefined;
  return denialBy(account.policy, `vpc:${action}`, ramResources(action, account, { cloud, parameters }));
}
