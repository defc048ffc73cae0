import { type Operation, stsVersion } from "../operation";
import type { SimulatorAccount } from "../options";
import type { ReplyBody } from "../reply-body";

const roleId = "300000000000000001";
const userId = "200000000000000001";

const identities = {
  Account: ({ accountId }: SimulatorAccount): ReplyBody => ({
    PrincipalId: accountId,
    UserId: accountId,
    Arn: `acs:ram::${accountId}:root`,
  }),
  RAMUser: ({ accountId }: SimulatorAccount): ReplyBody => ({
    PrincipalId: userId,
    UserId: userId,
    Arn: `acs:ram::${accountId}:user/simulator`,
  }),
  AssumedRoleUser: ({ accountId }: SimulatorAccount): ReplyBody => ({
    PrincipalId: `${roleId}:session`,
    RoleId: roleId,
    Arn: `acs:ram::${accountId}:assumed-role/simulator/session`,
  }),
} as const;

/** GetCallerIdentity of STS: who signed the request. */
export const getCallerIdentity: Operation = {
  version: stsVersion,
  required: [],
  isGlobal: true,
  run: ({ account }) => {
    const type = account.identityType ?? "Account";
    return { IdentityType: type, AccountId: account.accountId, ...identities[type](account) };
  },
};
