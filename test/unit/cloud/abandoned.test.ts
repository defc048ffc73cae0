import type { EipReply, VpcApi } from "../../../provider/client/vpc-api";
import { ApiError } from "../../../provider/util/errors";
import { releaseAbandoned } from "../../../provider/cloud/abandoned";
import { SegmentWatch } from "../../../provider/cloud/segment-watch";
import { eipReply } from "../../support/eip-reply";
import { VirtualClock } from "../../support/virtual-clock";

const used = eipReply(1, { status: "InUse", instanceId: "i-1" });

/** Looks for a given up segment that is there by now, whose EIPs are answered by `eips`; answers what is said. */
async function look(eips: () => Promise<EipReply[]>, isHeld = false): Promise<string[]> {
  const clock = new VirtualClock();
  const segment = { segmentId: "eipsg-1", status: "Allocated" };
  const api = {
    describeEipSegment: () => Promise.resolve({ totalCount: 1, segments: [segment] }),
    describeEipAddresses: async () => ({ totalCount: 1, addresses: await eips() }),
  } satisfies Partial<VpcApi> as unknown as VpcApi;
  const lines: string[] = [];
  const deps = {
    ...{ api, clock, watch: new SegmentWatch(api, clock), settings: { replayGraceMs: 20_000 } },
    say: (line: string) => lines.push(line),
  };
  await releaseAbandoned(deps, "cn-hangzhou", ["eipsg-1"], () => isHeld, clock.now() + 60_000);
  return lines;
}

describe("a segment that was given up and is there after all", () => {
  it("stays and is named when one of its addresses is in use: the creation goes on", async () => {
    expect(await look(() => Promise.resolve([used]))).toEqual([
      expect.stringMatching(
        /^Segment eipsg-1 appeared after all, beside the accepted one\. Segment eipsg-1 cannot be released.*203\.0\.113\.1/,
      ),
    ]);
  });

  it("is left to the next run when the cloud does not let it be looked at now", async () => {
    const refusal = new ApiError("No.", {
      ...{ action: "DescribeEipAddresses", code: "Forbidden.RAM", cloudMessage: "" },
      ...{ errorClass: "user", remedy: "Grant it." },
    });
    await expect(look(() => Promise.reject(refusal))).rejects.toBe(refusal);
  });

  it("is not touched when the stack holds it", async () => {
    const asked = jest.fn(() => Promise.resolve([used]));
    expect(await look(asked, true)).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
  });
});
