import { EipSegmentError } from "../../provider/util/errors";
import { withoutAbsent } from "../../provider/util/without-absent";
import { describeSegment, listEipsOf } from "../../provider/cloud/listing";
import { mapConcurrently } from "../../provider/cloud/map-concurrently";
import type { AddressUse } from "../cloud/address-use";
import { useOf } from "../cloud/address-use";
import { messageOf } from "../command-failure";
import type { Cloud } from "../cloud/connection";
import { accountOf, concurrency, connect, deadline } from "../cloud/connection";
import type { Block } from "./segment-change";

/** What a check into the cloud says of a block, or why there was none. */
export type BlockCheck =
  | {
      seen: "addresses";
      addresses: AddressUse[];
      /** Addresses of the block that the cloud did not list: what they are attached to is not known. */
      unlisted: number;
    }
  | { seen: "gone" }
  | { seen: "nothing"; why: string };

/**
 * Checks blocks with the credentials of the environment. Refusals, lost responses and missing credentials are results too: a report
 * is of use without a check.
 */
export async function checkBlocks(
  environment: NodeJS.ProcessEnv,
  blocks: readonly Block[],
): Promise<BlockCheck[]> {
  try {
    const cloud = connect(environment);
    const region = blocks.map(({ regionId }) => regionId).find((id) => id !== undefined) ?? cloud.region;
    const account = region === undefined ? undefined : await accountOf(cloud, region);
    const checks = new Map<Block, BlockCheck>();
    await mapConcurrently(blocks, concurrency, async (block) => {
      checks.set(block, await checkBlock(cloud, account, block).catch(failedCheck));
    });
    return blocks.map((block) => checks.get(block) ?? { seen: "nothing", why: "it was not requested." });
  } catch (error) {
    return blocks.map(() => failedCheck(error));
  }
}

async function checkBlock(cloud: Cloud, account: string | undefined, block: Block): Promise<BlockCheck> {
  const { segmentId, regionId = cloud.region, accountId, cidrBlock } = block;
  if (segmentId === undefined || regionId === undefined) {
    return { seen: "nothing", why: `its ${segmentId === undefined ? "id" : "region"} is not known.` };
  }
  if (accountId !== undefined && account !== undefined && accountId !== account) {
    return {
      seen: "nothing",
      why: `it is in account ${accountId}, and the credentials are those of account ${account}.`,
    };
  }
  const segment = await describeSegment(cloud.api, regionId, segmentId, deadline());
  const ofSegment = withoutAbsent({ segmentId, cidrBlock: segment?.cidrBlock ?? cidrBlock });
  const eips = await listEipsOf(cloud.api, regionId, ofSegment, deadline());
  if (eips.length > 0 || segment !== undefined) {
    const expected = block.addresses?.length ?? block.ipCount ?? segment?.ipCount ?? 0;
    return {
      seen: "addresses",
      addresses: eips.map(useOf),
      unlisted: Math.max(0, expected - eips.length),
    };
  }
  // Other credentials see nothing either, so absence says something only where the account is the same.
  return accountId !== undefined && accountId === account
    ? { seen: "gone" }
    : { seen: "nothing", why: "it is not listed, and its account is not in the state." };
}

function failedCheck(error: unknown): BlockCheck {
  if (!(error instanceof EipSegmentError)) {
    throw error;
  }
  return { seen: "nothing", why: messageOf(error) };
}
