import type { Outcome, ApiRequest } from "../../../provider/client/types";
import { createApiClient } from "../../../provider/client/api-client";
import { RateLimiter } from "../../../provider/client/rate-limiter";
import { allocate } from "../../../provider/cloud/allocate";
import { Region } from "../../../provider/cloud/region";
import { releaseSegment } from "../../../provider/cloud/release";
import { CreationsInFlight } from "../../../provider/cloud/creations-in-flight";
import { Deadline } from "../../../provider/util/clock";
import { VirtualClock } from "../../support/virtual-clock";
import { refusal, success } from "../client/support/scripted-transport";

const regionId = "cn-hangzhou";
const windowMs = 60_000;

/** A client that keeps `calls` of an action to each minute. */
function setUp(action: string, calls: number, answer: (request: ApiRequest) => Outcome) {
  const clock = new VirtualClock();
  const api = createApiClient({
    clock,
    endpoint: () => ({ url: "http://127.0.0.1", changedBy: "" }),
    credentials: {
      getCredentials: () => Promise.resolve({ accessKeyId: "id", accessKeySecret: "secret" }),
      renew: () => undefined,
    },
    transport: { send: (request) => Promise.resolve(answer(request)) },
    limiters: new Map([[action, new RateLimiter({ calls, windowMs }, clock, () => undefined)]]),
  });
  const context = { api, clock, log: () => undefined, random: () => 0.5, graceMs: 20_000 };
  return { clock, context };
}

it("destroying 300 segments at 60 a minute leaves each its whole timeout once its release was sent", async () => {
  const statuses = new Map(Array.from({ length: 300 }, (_, index) => [`eipsg-${index}`, "Allocated"]));
  const { clock, context } = setUp("ReleaseEipSegmentAddress", 60, ({ action, parameters }) => {
    const id = String(parameters.SegmentInstanceId);
    if (action === "ReleaseEipSegmentAddress") {
      statuses.set(id, "Releasing");
      void clock.sleep(20_000).then(() => statuses.delete(id));
      return success({});
    }
    if (action === "DescribeEipAddresses") {
      return success({ TotalCount: 0 });
    }
    const page = Number(parameters.PageNumber ?? 1);
    const all = [...statuses].map(([InstanceId, Status]) => ({ InstanceId, Status }));
    const asked =
      parameters.SegmentInstanceId === undefined ? all : all.filter((one) => one.InstanceId === id);
    const EipSegment = asked.slice((page - 1) * 50, page * 50);
    return success({ TotalCount: asked.length, EipSegments: { EipSegment } });
  });
  const region = new Region(context, regionId);
  const released = await Promise.all(
    [...statuses.keys()].map((segmentId) =>
      releaseSegment(context, {
        ...{ region, segmentId, allocationIds: [], ownTokens: [] },
        deadline: Deadline.in(clock, 30_000),
      }),
    ),
  );
  expect(released).toEqual(released.map(() => ({ kind: "released" })));
  expect(statuses.size).toBe(0);
});

it("a request that was refused for a while after it had queued for minutes is sent again", async () => {
  let refusals = 1;
  const { clock, context } = setUp("AllocateEipSegmentAddress", 1, ({ parameters }) =>
    parameters.ClientToken === "late" && refusals-- > 0
      ? refusal("FrequentPurchase.EIP")
      : success({ EipSegmentInstanceId: `eipsg-${String(parameters.ClientToken)}` }),
  );
  const send = (clientToken: string) =>
    allocate(
      {
        ...context,
        creationsInFlight: new CreationsInFlight(),
        confirmRunning: () => Promise.resolve(),
        hasJustReleased: () => false,
      },
      { regionId, eipMask: 28, clientToken },
      Deadline.in(clock, 90_000),
    );
  const answers = await Promise.all(["a", "b", "c", "d", "late"].map(send));
  expect(answers.at(-1)).toEqual({ kind: "segment", segmentId: "eipsg-late" });
});
