import { useOf } from "../cloud/address-use";
import type { OrphansJson } from "../schemas/orphans";
import type { Findings } from "./findings";
import type { Scope } from "./render-text";

/** The findings for machines, as `schemas/orphans.v1.json` describes them. */
export function renderFindingsJson(findings: Findings, { account, inventory }: Scope): string {
  const document: OrphansJson = {
    schemaVersion: 1,
    account: account ?? null,
    regions: inventory.regionIds,
    failures: inventory.failures,
    stacks: findings.stacks,
    otherAccounts: findings.otherAccounts,
    orphans: findings.orphans.map(({ segment, madeBy, abandonedBy, taggedFor }) => ({
      segmentId: segment.segmentId,
      regionId: segment.regionId,
      status: segment.status,
      cidrBlock: segment.cidrBlock,
      createTime: segment.createTime,
      owners: segment.owners,
      addresses: segment.eips.map((eip) => ({ attachedTo: null, ...useOf(eip) })),
      madeBy: madeBy.map(({ pending, match }) => ({
        urn: pending.urn,
        likelihood: match.likelihood,
        grounds: match.grounds,
      })),
      abandonedBy,
      taggedFor,
    })),
    pending: findings.pending.map(({ stack, pending, finishedAs, matches }) => ({
      stack,
      urn: pending.urn,
      finishedAs,
      matches,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
