import type { VpcApi } from "../client/vpc-api";
import { listEips } from "./list-eips";

/** EIP ids that one DescribeEipAddresses call takes. */
const maxIds = 50;

/**
 * Public IP address pool that a vanished segment's EIPs live on in, after TransformEipSegmentToPublicIpAddressPool;
 * undefined when they do not.
 */
export async function poolOf(
  api: VpcApi,
  regionId: string,
  allocationIds: readonly string[],
  deadline: number,
): Promise<string | undefined> {
  if (allocationIds.length === 0) {
    return undefined;
  }
  const eips = await listEips(api, { regionId, allocationIds: allocationIds.slice(0, maxIds) }, deadline);
  return eips.find((eip) => eip.publicIpAddressPoolId !== undefined)?.publicIpAddressPoolId;
}
