import { createApiClient } from "../../../provider/client/api-client";
import { PopTransport } from "../../../provider/client/pop-transport";
import type { VpcApi } from "../../../provider/client/vpc-api";
import { readSettings } from "../../../provider/settings/settings";
import { ApiError } from "../../../provider/util/errors";
import { startSimulator, type Simulator } from "../../../simulator";

let simulator: Simulator;
let api: VpcApi;

beforeEach(async () => {
  simulator = await startSimulator();
  const settings = readSettings({ get: () => undefined }, simulator.environment);
  api = createApiClient({
    ...settings,
    transport: new PopTransport({ readTimeoutMs: 1_000 }),
    // Pauses between tries are not what these tests are about.
    random: () => 0,
  });
});
afterEach(async () => {
  await simulator.stop();
});

const regionId = "cn-hangzhou";

const allocate = (clientToken = "eipseg-test-g0") =>
  api.allocateEipSegmentAddress({ regionId, eipMask: 28, bandwidth: 10, clientToken });

const calls = (action: string) => simulator.log.filter((entry) => entry.action === action);

const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => {
      throw new Error("the call was expected to fail");
    },
    (error: unknown) => error,
  );

describe("the client against the simulator", () => {
  it("allocates a segment, describes it and its EIPs, and releases it", async () => {
    const { segmentId } = await allocate();
    expect(segmentId).toMatch(/^eipsg-/);

    const described = await api.describeEipSegment({ regionId, segmentId });
    expect(described.totalCount).toBe(1);
    expect(described.segments[0]).toMatchObject({ segmentId, regionId, status: "Allocated", ipCount: 16 });
    expect(described.segments[0]?.cidrBlock).toMatch(/\/28$/);
    expect(Math.abs((described.serverTime ?? 0) - Date.now())).toBeLessThan(5_000);

    const { addresses, totalCount } = await api.describeEipAddresses({ regionId, segmentId, pageSize: 100 });
    expect([totalCount, addresses.length]).toEqual([16, 16]);
    expect(addresses[0]).toMatchObject({
      segmentId,
      status: "Available",
      bandwidth: 10,
      internetChargeType: "PayByBandwidth",
      isp: "BGP",
      netmode: "public",
      deletionProtection: false,
      tags: {},
    });

    await api.releaseEipSegmentAddress({ regionId, segmentId, clientToken: "release-1" });
    await api.describeEipSegment({ regionId, segmentId });
    const gone = await api.describeEipSegment({ regionId, segmentId });
    expect(gone).toMatchObject({ totalCount: 0, segments: [] });
  });

  it("pages through EIPs and filters them by id and by tag", async () => {
    const { segmentId } = await allocate();
    const page = await api.describeEipAddresses({ regionId, segmentId, pageNumber: 2, pageSize: 10 });
    expect([page.totalCount, page.addresses.length]).toEqual([16, 6]);
    const allocationIds = page.addresses.slice(0, 2).map(({ allocationId }) => allocationId);
    await api.tagResources({ regionId, allocationIds, tags: { team: "net", empty: "" } });

    const byIds = await api.describeEipAddresses({ regionId, allocationIds });
    expect(byIds.addresses.map(({ tags }) => tags)).toEqual([
      { team: "net", empty: "" },
      { team: "net", empty: "" },
    ]);
    const idsBy = async (tag: { key: string; value?: string }) =>
      (await api.describeEipAddresses({ regionId, tag })).addresses.map(({ allocationId }) => allocationId);
    expect(new Set(await idsBy({ key: "team", value: "net" }))).toEqual(new Set(allocationIds));
    expect(new Set(await idsBy({ key: "team" }))).toEqual(new Set(allocationIds));
    expect(await idsBy({ key: "team", value: "other" })).toEqual([]);

    await api.unTagResources({ regionId, allocationIds, tagKeys: ["team"] });
    expect(await idsBy({ key: "team" })).toEqual([]);
  });

  it("changes bandwidth and resource group of one EIP", async () => {
    const { segmentId } = await allocate();
    const { addresses } = await api.describeEipAddresses({ regionId, segmentId });
    const allocationId = addresses[0]?.allocationId ?? "";
    await api.modifyEipAddressAttribute({ regionId, allocationId, bandwidth: 20 });
    await api.moveResourceGroup({ regionId, allocationId, resourceGroupId: "rg-acfmxazb4ph6aiy" });
    const changed = await api.describeEipAddresses({ regionId, allocationIds: [allocationId] });
    expect(changed.addresses[0]).toMatchObject({ bandwidth: 20, resourceGroupId: "rg-acfmxazb4ph6aiy" });
  });

  it("knows the account of its credentials", async () => {
    await expect(api.getCallerIdentity({ regionId })).resolves.toMatchObject({
      accountId: "1234567890123456",
    });
  });

  it.each(["dropBefore", "dropAfter", "html502", "emptyBody", "truncatedBody", "hangAfter"] as const)(
    "gets one segment for one token through %s",
    async (kind) => {
      simulator.addFault({ action: "AllocateEipSegmentAddress", kind });
      const { segmentId } = await allocate();
      const made = simulator.segments().map(({ id }) => id);
      expect(made).toEqual([segmentId]);
      expect(calls("AllocateEipSegmentAddress").length).toBeGreaterThanOrEqual(2);
    },
  );

  it("waits as long as a throttling answer asks", async () => {
    simulator.addFault({ action: "DescribeEipSegment", kind: "throttle", retryAfterMs: 400 });
    await api.describeEipSegment({ regionId });
    const [first, second] = calls("DescribeEipSegment");
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(395);
  });

  it("gives the API's refusals in its own terms", async () => {
    const clientToken = "t";
    const wrongMask = await failureOf(api.allocateEipSegmentAddress({ regionId, eipMask: 30, clientToken }));
    expect(wrongMask).toMatchObject({
      name: "ApiError",
      code: "IllegalParam.EipMask",
      errorClass: "user",
      status: 400,
    });
    const unknown = await failureOf(
      api.releaseEipSegmentAddress({ regionId, segmentId: "eipsg-none", clientToken }),
    );
    expect(unknown instanceof ApiError && [unknown.code, unknown.errorClass]).toEqual([
      "OperationFailed.InstanceNotExist",
      "absent",
    ]);
    await allocate("eipseg-test-g1");
    const mismatch = await failureOf(
      api.allocateEipSegmentAddress({ regionId, eipMask: 28, bandwidth: 11, clientToken: "eipseg-test-g1" }),
    );
    expect(mismatch).toMatchObject({ code: "IdempotentParameterMismatch" });
  });

  it("is refused with a wrong secret, and does not show the request", async () => {
    const environment = { ...simulator.environment, ALICLOUD_SECRET_KEY: "wrong-secret" };
    const settings = readSettings({ get: () => undefined }, environment);
    const error = await failureOf(createApiClient(settings).describeEipSegment({ regionId }));
    expect(error instanceof ApiError && error.code).toBe("SignatureDoesNotMatch");
    expect(String(error)).toContain("the secret does not belong to the access key");
    expect(JSON.stringify(error)).not.toMatch(/wrong-secret|simulator-access-key|SignatureNonce/);
  });
});
