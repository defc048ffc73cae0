import * as models from "@alicloud/vpc20160428";

import { type Simulator, startSimulator } from "../../simulator";
import { type SdkSignature, sdkAllocate, sdkClient, sdkError } from "./support/sdk-client";

const RegionId = "cn-hangzhou";
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ quota: 1000, rateLimits: false, frequentPurchaseGuard: false });
});
afterEach(() => simulator.stop());

describe.each<[SdkSignature, string]>([
  ["V3", "ACS3-HMAC-SHA256"],
  ["V1", "1.0"],
])("the official SDK with signature %s", (signature, name) => {
  test("takes a segment from allocation to release", async () => {
    const sdk = sdkClient(simulator.endpoint, signature);
    const clientToken = "a b*~/c";
    const request = new models.AllocateEipSegmentAddressRequest({
      regionId: RegionId,
      eipMask: "28",
      clientToken,
    });
    const allocated = await sdkAllocate(sdk, request);
    expect(allocated.statusCode).toBe(200);
    expect((await sdkAllocate(sdk, request)).body?.eipSegmentInstanceId).toBe(
      allocated.body?.eipSegmentInstanceId,
    );
    const segmentInstanceId = allocated.body?.eipSegmentInstanceId ?? "";
    const describe = new models.DescribeEipSegmentRequest({ regionId: RegionId, pageSize: 50 });
    const described = await sdk.describeEipSegment(describe);
    expect(described.body?.eipSegments?.eipSegment?.[0]).toMatchObject({
      instanceId: segmentInstanceId,
      status: "Allocated",
      segment: "203.0.113.0/28",
      ipCount: "16",
      descritpion: "",
    });
    await sdk.releaseEipSegmentAddress(
      new models.ReleaseEipSegmentAddressRequest({ regionId: RegionId, segmentInstanceId }),
    );
    expect((await sdk.describeEipSegment(describe)).body?.totalCount).toBe(0);
    expect(simulator.log.map((entry) => entry.signature)).toEqual(Array(5).fill(name));
    expect(simulator.log[0]?.parameters.ClientToken).toBe(clientToken);
  });

  test("numbers lists and objects as the simulator reads them", async () => {
    const sdk = sdkClient(simulator.endpoint, signature);
    await sdkAllocate(
      sdk,
      new models.AllocateEipSegmentAddressRequest({ regionId: RegionId, eipMask: "28" }),
    );
    const [first, second] = simulator.addresses();
    const resourceId = [first?.allocationId ?? "", second?.allocationId ?? ""];
    const tag = [new models.TagResourcesRequestTag({ key: "kéy *", value: "välue" })];
    const resourceType = "EIP";
    await sdk.tagResources(
      new models.TagResourcesRequest({ regionId: RegionId, resourceType, resourceId, tag }),
    );
    expect(
      simulator
        .addresses()
        .map(({ tags }) => tags)
        .slice(0, 3),
    ).toEqual([{ "kéy *": "välue" }, { "kéy *": "välue" }, {}]);
    await sdk.unTagResources(
      new models.UnTagResourcesRequest({ regionId: RegionId, resourceType, resourceId, tagKey: ["kéy *"] }),
    );
    expect(simulator.addresses()[0]?.tags).toEqual({});
  });

  test("reads refusals as its own error classes", async () => {
    const sdk = sdkClient(simulator.endpoint, signature);
    const request = new models.ReleaseEipSegmentAddressRequest({
      regionId: RegionId,
      segmentInstanceId: "x",
    });
    const clientError = await sdkError(sdk.releaseEipSegmentAddress(request));
    expect(clientError).toMatchObject({
      code: "OperationFailed.InstanceNotExist",
      statusCode: 400,
      requestId: simulator.log[0]?.requestId,
      message: expect.stringContaining("eip segment instance not exist") as unknown,
    });
    simulator.addFault({ action: "*", kind: "throttle", retryAfterMs: 1234 });
    expect(await sdkError(sdk.releaseEipSegmentAddress(request))).toMatchObject({
      code: "Throttling.User",
      retryAfter: 1234,
    });
    simulator.addFault({ action: "*", kind: "error", code: "ServiceUnavailable" });
    expect(await sdkError(sdk.releaseEipSegmentAddress(request))).toMatchObject({
      code: "ServiceUnavailable",
      statusCode: 503,
    });
  });

  test("is refused with a wrong secret", async () => {
    const sdk = sdkClient(simulator.endpoint, signature, { accessKeySecret: "wrong" });
    const call = sdk.describeRegions(new models.DescribeRegionsRequest({}));
    expect((await sdkError(call)).code).toBe("SignatureDoesNotMatch");
  });

  test("may use a temporary key with its token", async () => {
    simulator.configure({
      accounts: [
        {
          accountId: "1",
          accessKeyId: "simulator-access-key-id",
          accessKeySecret: "simulator-access-key-secret",
          securityToken: "to+ken/=",
        },
      ],
    });
    const call = (keys: { securityToken?: string }) =>
      sdkClient(simulator.endpoint, signature, keys).describeRegions(new models.DescribeRegionsRequest({}));
    expect((await call({ securityToken: "to+ken/=" })).statusCode).toBe(200);
    expect((await sdkError(call({}))).code).toBe("MissingSecurityToken");
    const other = await sdkError(call({ securityToken: "other" }));
    expect(other.code).toBe("InvalidSecurityToken.MismatchWithAccessKey");
    expect(JSON.stringify(simulator.log)).not.toContain("to+ken");
  });
});

test("the official SDK shows the details of a RAM denial", async () => {
  const keys = { accessKeyId: "simulator-access-key-id", accessKeySecret: "simulator-access-key-secret" };
  simulator.configure({ accounts: [{ ...keys, accountId: "1", deniedActions: ["DescribeRegions"] }] });
  const call = sdkClient(simulator.endpoint).describeRegions(new models.DescribeRegionsRequest({}));
  expect(await sdkError(call)).toMatchObject({
    code: "Forbidden.RAM",
    statusCode: 403,
    accessDeniedDetail: { AuthAction: "vpc:DescribeRegions", NoPermissionType: "ImplicitDeny" },
  });
});
