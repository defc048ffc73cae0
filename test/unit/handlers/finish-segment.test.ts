import type { VpcApi } from "../../../provider/client/vpc-api";
import type { Deps } from "../../../provider/handlers/deps";
import { finishSegment } from "../../../provider/handlers/finish-segment";
import type { CheckedInputs } from "../../../provider/inputs/schema";
import { ProcessMemory } from "../../../provider/handlers/process-memory";
import { SegmentWatch } from "../../../provider/cloud/segment-watch";
import { VirtualClock } from "../../support/virtual-clock";

it("a segment none of whose EIPs is listed is not finished, and stays in the state", async () => {
  const clock = new VirtualClock();
  const segmentId = "eipsg-1";
  const segment = { segmentId, status: "Allocated", cidrBlock: "203.0.113.0/28", ipCount: 16 };
  const api = {
    describeEipSegment: () => Promise.resolve({ totalCount: 1, segments: [segment] }),
    describeEipAddresses: () => Promise.resolve({ totalCount: 0, addresses: [] }),
    getCallerIdentity: () =>
      Promise.resolve({ accountId: "1234567890123456", arn: "acs:ram::1234567890123456:root" }),
  } satisfies Partial<VpcApi> as unknown as VpcApi;
  const deps = {
    ...{ api, clock, watch: new SegmentWatch(api, clock), memory: new ProcessMemory(), say: () => undefined },
    settings: { ownershipTag: true, replayGraceMs: 20_000 },
  } as unknown as Deps;
  const inputs = { eipMask: 28, regionId: "cn-hangzhou", clientToken: "eipseg-1-g0" } as CheckedInputs;
  const owned = {
    segmentId,
    clientToken: "eipseg-1-g0",
    ownerToken: "eipseg-1-g0",
    creation: "one",
    abandoned: [],
  };
  await expect(finishSegment(deps, owned, inputs, clock.now() + 600_000, "provider")).rejects.toMatchObject({
    id: segmentId,
    reasons: [expect.stringContaining("none of its 16 EIPs is listed. Let the credentials see the EIPs")],
    properties: { cidrBlock: "203.0.113.0/28", __provider: "provider" },
  });
});
