import { inspect } from "node:util";
import { createApiClient } from "../../../provider/client/api-client";
import type { Credentials, Outcome } from "../../../provider/client/types";
import { RateLimiter } from "../../../provider/client/rate-limiter";
import { ApiError, NoResponseError } from "../../../provider/util/errors";
import { VirtualClock } from "../../support/virtual-clock";
import { refusal, ScriptedTransport, transportFailure, success } from "./support/scripted-transport";

const ALLOCATED = success({ RequestId: "3F2A1B0C", EipSegmentInstanceId: "eipsg-1" });
const request = { regionId: "cn-hangzhou", eipMask: 28, clientToken: "eipseg-abc-g0" };

function setUp(answers: readonly Outcome[], random = () => 1, isLimited = false) {
  const clock = new VirtualClock();
  const limiter = new RateLimiter({ calls: 1, windowMs: 60_000 }, clock, () => undefined);
  // Each try takes 100 ms, so that the times in messages are real.
  const transport = new ScriptedTransport(answers, () => {
    clock.advance(100);
  });
  const renewed: Credentials[] = [];
  const credentials = {
    getCredentials: () =>
      Promise.resolve({
        accessKeyId: "id",
        accessKeySecret: "secret",
        securityToken: `token-${renewed.length}`,
      }),
    renew: (expired: Credentials) => {
      renewed.push(expired);
    },
  };
  const api = createApiClient({
    transport,
    clock,
    random,
    credentials,
    limiters: new Map(isLimited ? [["AllocateEipSegmentAddress", limiter]] : []),
    endpoint: (service, regionId) => ({
      url: `https://${service}.${regionId}.aliyuncs.com`,
      changedBy: "alicloud:endpoints",
    }),
  });
  return { api, clock, transport, renewed };
}

const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => {
      throw new Error("the call was expected to fail");
    },
    (error: unknown) => error,
  );

describe("a call", () => {
  it("is repeated with identical parameters until it succeeds", async () => {
    const { api, clock, transport } = setUp([
      transportFailure(),
      refusal("Throttling.User", { retryAfterMs: 7_000 }),
      refusal("OperationFailed.LastTokenProcessing"),
      refusal("InternalError", { status: 500 }),
      ALLOCATED,
    ]);
    await expect(api.allocateEipSegmentAddress(request)).resolves.toEqual({
      segmentId: "eipsg-1",
    });
    expect(clock.sleeps).toEqual([250, 7_000, 4_000, 8_000]);
    expect(transport.sent).toHaveLength(5);
    for (const { request: sent } of transport.sent) {
      expect(sent.parameters).toEqual({
        RegionId: "cn-hangzhou",
        EipMask: 28,
        ClientToken: "eipseg-abc-g0",
      });
    }
  });

  it("is tried for 60 s by default, then fails with the last answer", async () => {
    const { api, clock, transport } = setUp([refusal("SystemBusy", { status: 503 })]);
    const startedAt = clock.now();
    const error = await failureOf(api.allocateEipSegmentAddress(request));
    expect(error instanceof ApiError && error.errorClass).toBe("retry");
    expect(inspect(error)).toContain(`in ${transport.sent.length} tries over 60 s`);
    expect(clock.now() - startedAt).toBe(60_100);
  });

  it("starts no try after the deadline given", async () => {
    const { api, clock } = setUp([transportFailure()]);
    const deadline = clock.now() + 3_000;
    await failureOf(api.describeEipSegment({ regionId: "cn-hangzhou" }, { deadline }));
    expect(clock.now()).toBe(deadline + 100);
  });

  it("waits for beforeSend before every try", async () => {
    const { api, transport } = setUp([transportFailure(), ALLOCATED]);
    const sentBefore: number[] = [];
    const beforeSend = () => {
      sentBefore.push(transport.sent.length);
      return Promise.resolve();
    };
    await api.allocateEipSegmentAddress(request, { beforeSend });
    expect(sentBefore).toEqual([0, 1]);
  });

  it("sends nothing and ends when beforeSend rejects", async () => {
    const { api, transport } = setUp([ALLOCATED], () => 1, true);
    const reason = new Error("the engine has ended");
    const beforeSend = () => Promise.reject(reason);
    await expect(api.allocateEipSegmentAddress(request, { beforeSend })).rejects.toBe(reason);
    expect(transport.sent).toHaveLength(0);
    // The rate limiter's turn is free again.
    await api.allocateEipSegmentAddress(request);
    expect(transport.sent).toHaveLength(1);
  });

  it("makes its first try even when the deadline has passed", async () => {
    const { api, clock, transport } = setUp([ALLOCATED]);
    await api.allocateEipSegmentAddress(request, { deadline: clock.now() - 1 });
    expect(transport.sent).toHaveLength(1);
  });

  it("is stopped after ten seconds when the host name is unknown", async () => {
    const unknownHost = transportFailure({
      reason: "the host name is unknown",
      isLasting: true,
      wasSent: false,
    });
    const { api, clock } = setUp([unknownHost]);
    const startedAt = clock.now();
    const error = await failureOf(api.allocateEipSegmentAddress(request));
    expect(clock.now() - startedAt).toBeLessThanOrEqual(10_100);
    expect(error instanceof NoResponseError && error.message).toBe(
      "Allocating the segment got no usable response from vpc.cn-hangzhou.aliyuncs.com in 7 tries over 10 s " +
        "(cn-hangzhou): the host name is unknown. Check the region and the endpoint (alicloud:endpoints), then run " +
        "the command again.",
    );
  });

  it("says that the effect is unknown when any try may have reached the API", async () => {
    const { api } = setUp([
      transportFailure(),
      transportFailure({ wasSent: false, reason: "the connection was refused" }),
    ]);
    const error = await failureOf(api.allocateEipSegmentAddress(request));
    expect(inspect(error)).toContain("It is unknown whether the request took effect.");
  });

  it("does not speak of effects for a call that changes nothing", async () => {
    const { api } = setUp([transportFailure()]);
    const error = await failureOf(api.describeEipSegment({ regionId: "cn-hangzhou" }));
    expect(inspect(error)).not.toContain("unknown whether");
  });

  it("renews expired credentials once, and signs the next try with the new ones", async () => {
    const { api, renewed, transport, clock } = setUp([refusal("InvalidSecurityToken.Expired"), ALLOCATED]);
    await api.allocateEipSegmentAddress(request);
    expect(renewed.map(({ securityToken }) => securityToken)).toEqual(["token-0"]);
    expect(transport.sent.map(({ credentials }) => credentials.securityToken)).toEqual([
      "token-0",
      "token-1",
    ]);
    expect(clock.sleeps).toEqual([0]);
  });

  it("fails when the renewed credentials are expired too", async () => {
    const { api, transport, renewed } = setUp([refusal("InvalidSecurityToken.Expired")]);
    const error = await failureOf(api.allocateEipSegmentAddress(request));
    expect(error instanceof ApiError && error.code).toBe("InvalidSecurityToken.Expired");
    expect([transport.sent.length, renewed.length]).toEqual([2, 1]);
  });

  it("tries once more after a stale timestamp, then names how far the clock is off", async () => {
    const clock = new VirtualClock();
    const serverTime = clock.now() + 23 * 60_000;
    const { api, transport } = setUp([refusal("InvalidTimeStamp.Expired", { serverTime })]);
    const error = await failureOf(api.allocateEipSegmentAddress(request));
    expect(transport.sent).toHaveLength(2);
    expect(inspect(error)).toContain("this machine's clock is 23 min behind it");
  });

  it("repeats a used nonce like any passing failure", async () => {
    const { api, transport } = setUp([refusal("SignatureNonceUsed"), ALLOCATED]);
    await api.allocateEipSegmentAddress(request);
    expect(transport.sent).toHaveLength(2);
  });

  it.each([
    ["FrequentPurchase.EIP", "later"],
    ["QuotaExceeded.Eip", "user"],
    ["ReserveIpFail", "service"],
    ["IdempotentParameterMismatch", "mismatch"],
  ])("passes %s to the caller after one try, as class %s", async (code, errorClass) => {
    const { api, transport } = setUp([refusal(code)]);
    const error = await failureOf(api.allocateEipSegmentAddress(request));
    expect(error instanceof ApiError && error.errorClass).toBe(errorClass);
    expect(transport.sent).toHaveLength(1);
  });

  it("treats a malformed reply as an unknown outcome, repeats the request, and names the field", async () => {
    const { api, transport } = setUp([success({ RequestId: "3F2A1B0C" })]);
    const error = await failureOf(api.allocateEipSegmentAddress(request));
    expect(transport.sent.length).toBeGreaterThan(1);
    expect(error instanceof NoResponseError && error.message).toContain(
      "the response to AllocateEipSegmentAddress is malformed: the field EipSegmentInstanceId is missing or has the " +
        "wrong type. It is unknown whether the request took effect.",
    );
    expect(inspect(error)).toContain("[RequestId 3F2A1B0C]");
  });
});
