import type { DescribeAddressesRequest, EipReply, VpcApi } from "../client/vpc-api";

/** EIPs on one page of DescribeEipAddresses, at most. */
const pageSize = 100;

/**
 * Lists EIPs in address order. Pages are read one after the other: skipping pages is answered with throttling.
 *
 * @param deadline - ms by the clock after which no new try starts.
 * @throws ApiError and NoAnswerError when describing fails for good.
 */
export async function listEips(
  api: VpcApi,
  filter: Omit<DescribeAddressesRequest, "pageNumber" | "pageSize">,
  deadline: number,
): Promise<EipReply[]> {
  const found = new Map<string, EipReply>();
  for (let pageNumber = 1, seen = 0; ; pageNumber++) {
    const page = await api.describeEipAddresses({ ...filter, pageNumber, pageSize }, { deadline });
    for (const eip of page.addresses) {
      found.set(eip.allocationId, eip);
    }
    seen += page.addresses.length;
    if (page.addresses.length === 0 || seen >= page.totalCount) {
      break;
    }
  }
  return [...found.values()].sort((a, b) => addressNumber(a.ipAddress) - addressNumber(b.ipAddress));
}

function addressNumber(ipAddress: string): number {
  return ipAddress.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}
