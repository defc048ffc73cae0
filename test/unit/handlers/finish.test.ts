import type { VpcApi } from "../../../provider/client/vpc-api";
import { finishSegment } from "../../../provider/handlers/finish";
import { createRun } from "../../../provider/handlers/run";
import type { RunParts } from "../../../provider/handlers/run";
import type { CheckedInputs } from "../../../provider/inputs/input-table";
import { Deadline } from "../../../provider/util/clock";
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
  const settings = { ownershipTag: true, replayGraceMs: 20_000 };
  const run = createRun({ api, clock, settings, log: () => undefined } as unknown as RunParts);
  const inputs = { eipMask: 28, regionId: "cn-hangzhou", clientToken: "eipseg-1-g0" } as CheckedInputs;
  const owned = {
    segmentId,
    clientToken: "eipseg-1-g0",
    ownerToken: "eipseg-1-g0",
    creation: "one",
    abandoned: [],
  };
  const request = { inputs, wanted: {}, deadline: Deadline.in(clock, 600_000), provider: "provider" };
  await expect(finishSegment(run, owned, request)).rejects.toMatchObject({
    id: segmentId,
    reasons: [expect.stringContaining("0 of its 16 EIPs are listed. Run `pulumi up` again")],
    properties: { cidrBlock: "203.0.113.0/28", __provider: "provider" },
  });
});
