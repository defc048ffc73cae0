import type { RamPolicy, RamStatement } from "../../simulator";
import { PopClient } from "./support/pop-client";
import { useSimulator } from "./support/use-simulator";

const keys = { accountId: "1234567890123456", accessKeyId: "limited", accessKeySecret: "limited-secret" };
const owner = {
  accountId: "1234567890123456",
  accessKeyId: "simulator-access-key-id",
  accessKeySecret: "simulator-access-key-secret",
};
const context = useSimulator({ accounts: [owner] });

const allow = (
  Action: RamStatement["Action"],
  Resource: RamStatement["Resource"] = "acs:vpc:*:*:eip/*",
): RamStatement => ({ Effect: "Allow", Action, Resource });

/** A client whose key may do what the statements say. */
function limitedTo(...Statement: RamStatement[]) {
  const policy: RamPolicy = { Version: "1", Statement };
  context.simulator.configure({ accounts: [owner, { ...keys, policy }] });
  return context.clientOf("limited");
}

const region = { RegionId: "cn-hangzhou" };

describe("a key with a RAM policy", () => {
  it("may do what a statement allows, and nothing else", async () => {
    const client = limitedTo(allow(["vpc:DescribeEipSegment"]));
    await expect(client.call("DescribeEipSegment", region)).resolves.toMatchObject({ TotalCount: 0 });
    const refusal = await client.refusal("AllocateEipSegmentAddress", { ...region, EipMask: "28" });
    expect(refusal).toMatchObject({ status: 403, code: "Forbidden.RAM" });
    expect(refusal.body.AccessDeniedDetail).toMatchObject({
      AuthAction: "vpc:AllocateEipSegmentAddress",
      NoPermissionType: "ImplicitDeny",
    });
    expect(context.simulator.segments()).toEqual([]);
  });

  it("may do nothing without a statement, but ask who it is", async () => {
    const client = limitedTo();
    expect((await client.refusal("DescribeEipSegment", region)).code).toBe("Forbidden.RAM");
    const { endpoint } = context.simulator;
    const timestamp = () => context.clock.timestamp();
    const sts = new PopClient({ endpoint, version: "2015-04-01", ...keys, timestamp });
    await expect(sts.call("GetCallerIdentity")).resolves.toMatchObject({ AccountId: keys.accountId });
  });

  it("is forbidden what a statement denies, whatever another one allows", async () => {
    const client = limitedTo(allow("vpc:*"), {
      Effect: "Deny",
      Action: "vpc:ReleaseEipSegmentAddress",
      Resource: "*",
    });
    const SegmentInstanceId = await context.allocate();
    const refusal = await client.refusal("ReleaseEipSegmentAddress", { ...region, SegmentInstanceId });
    expect(refusal.body.AccessDeniedDetail).toMatchObject({ NoPermissionType: "ExplicitDeny" });
    await expect(client.call("DescribeEipSegment", region)).resolves.toMatchObject({ TotalCount: 1 });
  });

  it("is held to the region of a resource", async () => {
    const client = limitedTo(allow("vpc:DescribeEipSegment", "acs:vpc:cn-hangzhou:*:eip/*"));
    await expect(client.call("DescribeEipSegment", region)).resolves.toBeDefined();
    expect((await client.refusal("DescribeEipSegment", { RegionId: "cn-beijing" })).code).toBe(
      "Forbidden.RAM",
    );
  });

  it("needs every EIP of a segment to release it", async () => {
    const SegmentInstanceId = await context.allocate();
    const [first = "", ...others] = context.allocationIds(SegmentInstanceId);
    const eip = (id: string): string => `acs:vpc:cn-hangzhou:1234567890123456:eip/${id}`;
    const release = "ReleaseEipSegmentAddress";
    const without = limitedTo(allow(`vpc:${release}`, others.map(eip)));
    expect((await without.refusal(release, { ...region, SegmentInstanceId })).code).toBe("Forbidden.RAM");
    const all = limitedTo(allow(`vpc:${release}`, [first, ...others].map(eip)));
    await all.call(release, { ...region, SegmentInstanceId });
    expect(context.simulator.segments()).toEqual([]);
  });

  it("is held to the EIPs that a call names", async () => {
    const [mine = "", other = ""] = context.allocationIds(await context.allocate());
    const client = limitedTo(allow("vpc:TagResources", `acs:vpc:*:*:eip/${mine}`));
    const tag = { ...region, ResourceType: "EIP", Tag: [{ Key: "team", Value: "edge" }] };
    await client.call("TagResources", { ...tag, ResourceId: [mine] });
    expect((await client.refusal("TagResources", { ...tag, ResourceId: [mine, other] })).code).toBe(
      "Forbidden.RAM",
    );
  });

  it.each([
    ["vpc:Describe*", true],
    ["vpc:DescribeEipSegmen?", true],
    ["vpc:DescribeEipSegmen", false],
    ["vpc.DescribeEipSegment", false],
    ["ecs:*", false],
    ["*", true],
  ])("reads the action %s as RAM does", async (action, allowed) => {
    const client = limitedTo(allow(action, "*"));
    const code = await client.call("DescribeEipSegment", region).then(
      () => undefined,
      (error: unknown) => (error as { code: string }).code,
    );
    expect(code).toBe(allowed ? undefined : "Forbidden.RAM");
  });
});

it("a policy with an element that is not simulated is refused over the control path", async () => {
  const policy = { Version: "1", Statement: [{ Effect: "Allow", NotAction: "vpc:*", Resource: "*" }] };
  const response = await fetch(`${context.simulator.endpoint}/_simulator/configure`, {
    method: "POST",
    body: JSON.stringify({ accounts: [{ ...keys, policy }] }),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("NotAction");
});
