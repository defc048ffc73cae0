import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const eips = async (): Promise<string[]> => context.allocationIds(await context.allocate({ EipMask: "26" }));
const tagsOf = (id: string | undefined) =>
  context.simulator.addresses().find(({ allocationId }) => allocationId === id)?.tags;
const numbered = (count: number, prefix = "k") =>
  Array.from({ length: count }, (_, index) => ({ Key: `${prefix}${index}`, Value: "v" }));
const EIP = { ResourceType: "EIP" };

test("tags are set on many EIPs at once, replaced by key, and shown by DescribeEipAddresses", async () => {
  const [first, second] = await eips();
  const ResourceId = [first, second];
  await context.call("TagResources", {
    ...EIP,
    ResourceId,
    Tag: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "" },
    ],
  });
  await context.call("TagResources", {
    ResourceType: "eip",
    ResourceId: [second],
    Tag: [{ Key: "a", Value: "2" }],
  });
  expect([tagsOf(first), tagsOf(second)]).toEqual([
    { a: "1", b: "" },
    { a: "2", b: "" },
  ]);
  const { EipAddresses } = await context.call("DescribeEipAddresses", { AllocationId: first });
  expect(EipAddresses.EipAddress[0]?.Tags.Tag).toEqual([
    { Key: "a", Value: "1" },
    { Key: "b", Value: "" },
  ]);
});

test.each([
  ["another resource type", { ResourceType: "VPC" }, "InvalidResourceType.NotFound"],
  ["no resource type", { ResourceType: "" }, "MissingResourceType"],
  ["no resource", { ResourceId: [] }, "MissingResourceId"],
  ["no tag", { Tag: [] }, "MissingTag"],
  ["21 tags", { Tag: numbered(21) }, "NumberExceed.Tags"],
  ["an empty key", { Tag: [{ Key: "", Value: "v" }] }, "InvalidParameter.TagKey"],
  ["a key of 129 characters", { Tag: [{ Key: "k".repeat(129), Value: "v" }] }, "InvalidParameter.TagKey"],
  ["a key of the cloud", { Tag: [{ Key: "acs:rm", Value: "v" }] }, "InvalidParameter.TagKey"],
  ["a key that starts with aliyun", { Tag: [{ Key: "aliyun-x", Value: "v" }] }, "InvalidParameter.TagKey"],
  ["a missing value", { Tag: [{ Key: "k" }] }, "InvalidParameter.TagValue"],
  ["a value with a URL", { Tag: [{ Key: "k", Value: "see http://x" }] }, "InvalidParameter.TagValue"],
  ["a key given twice", { Tag: [...numbered(1), ...numbered(1)] }, "Duplicate.TagKey"],
  ["an unknown region", { RegionId: "cn-atlantis" }, "Forbidden.RegionNotFound"],
])("TagResources refuses %s", async (_what, parameters, code) => {
  const [first] = await eips();
  const all = { ...EIP, ResourceId: [first], Tag: numbered(1), ...parameters };
  expect((await context.refusal("TagResources", all)).code).toBe(code);
  expect(tagsOf(first)).toEqual({});
});

test("50 resources are the limit, and one unknown id leaves all untouched", async () => {
  const ids = await eips();
  const tag = (ResourceId: string[]) => ({ ...EIP, ResourceId, Tag: numbered(1) });
  expect((await context.refusal("TagResources", tag(ids.slice(0, 51)))).code).toBe(
    "NumberExceed.ResourceIds",
  );
  const unknown = await context.refusal("TagResources", tag([...ids.slice(0, 2), "eip-none"]));
  expect(unknown).toMatchObject({ status: 404, code: "InvalidResourceId.NotFound" });
  expect(tagsOf(ids[0])).toEqual({});
  await context.call("TagResources", tag(ids.slice(0, 50)));
  expect(tagsOf(ids[49])).toEqual({ k0: "v" });
});

test("20 tags are the limit of one EIP, and replacing a value does not count", async () => {
  const [first] = await eips();
  const ResourceId = [first];
  await context.call("TagResources", { ...EIP, ResourceId, Tag: numbered(20) });
  await context.call("TagResources", { ...EIP, ResourceId, Tag: [{ Key: "k0", Value: "new" }] });
  const refusal = await context.refusal("TagResources", { ...EIP, ResourceId, Tag: numbered(1, "more") });
  expect(refusal.code).toBe("NumberExceed.Tags");
  expect(tagsOf(first)).toMatchObject({ k0: "new" });
});

test("UnTagResources removes keys, or everything with All and no keys", async () => {
  const [first, second] = await eips();
  const ResourceId = [first, second];
  await context.call("TagResources", { ...EIP, ResourceId, Tag: numbered(3) });
  await context.call("UnTagResources", { ...EIP, ResourceId: [first], TagKey: ["k0", "absent"], All: true });
  expect(tagsOf(first)).toEqual({ k1: "v", k2: "v" });
  await context.call("UnTagResources", { ...EIP, ResourceId: [second], All: true });
  expect(tagsOf(second)).toEqual({});
  await context.call("UnTagResources", { ...EIP, ResourceId: [first] });
  expect(tagsOf(first)).toEqual({ k1: "v", k2: "v" });
});

test.each([
  ["no resource", { ResourceId: [] }, "MissingResourceId"],
  ["21 keys", { TagKey: numbered(21).map(({ Key }) => Key) }, "NumberExceed.Tags"],
  ["an unknown EIP", { ResourceId: ["eip-none"] }, "InvalidResourceId.NotFound"],
])("UnTagResources refuses %s", async (_what, parameters, code) => {
  const [first] = await eips();
  const all = { ...EIP, ResourceId: [first], TagKey: ["k"], ...parameters };
  expect((await context.refusal("UnTagResources", all)).code).toBe(code);
});

describe("ListTagResources", () => {
  test("lists the tags of the given EIPs, or of the EIPs with all given tags", async () => {
    const [first, second] = await eips();
    const tag = (id: string | undefined, Tag: unknown[]) =>
      context.call("TagResources", { ...EIP, ResourceId: [id], Tag });
    await tag(first, [{ Key: "a", Value: "1" }]);
    await tag(second, [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ]);
    const list = async (parameters: object) => {
      const reply = await context.call("ListTagResources", { ...EIP, ...parameters });
      return reply.TagResources.TagResource.map((row) => `${row.ResourceId} ${row.TagKey}=${row.TagValue}`);
    };
    expect(await list({ ResourceId: [first] })).toEqual([`${first} a=1`]);
    expect(await list({ Tag: [{ Key: "a" }] })).toHaveLength(3);
    expect(await list({ Tag: [{ Key: "a", Value: "1" }, { Key: "b" }] })).toEqual([
      `${second} a=1`,
      `${second} b=2`,
    ]);
    expect(await list({ ResourceId: [first], Tag: [{ Key: "b" }] })).toEqual([]);
  });

  test("gives long lists in parts", async () => {
    const ids = await eips();
    const ResourceId = ids.slice(0, 3);
    await context.call("TagResources", { ...EIP, ResourceId, Tag: numbered(20) });
    const first = await context.call("ListTagResources", { ...EIP, ResourceId });
    expect(first.TagResources.TagResource).toHaveLength(50);
    const second = await context.call("ListTagResources", { ...EIP, ResourceId, NextToken: first.NextToken });
    expect(second.TagResources.TagResource).toHaveLength(10);
    expect(second.NextToken).toBe("");
    expect(second.TagResources.TagResource[0]).toEqual({
      ResourceId: ids[2],
      ResourceType: "EIP",
      TagKey: "k10",
      TagValue: "v",
    });
    const small = await context.call("ListTagResources", { ...EIP, ResourceId, MaxResults: 7 });
    expect(small.TagResources.TagResource).toHaveLength(7);
  });

  test.each([
    ["neither resource nor tag", { ResourceId: [] }, "MissingResourceId"],
    ["a value without key", { Tag: [{ Value: "v" }] }, "InvalidParameter.TagKey"],
    ["21 tags", { Tag: numbered(21) }, "NumberExceed.Tags"],
    ["MaxResults 51", { MaxResults: 51 }, "InvalidParameter"],
    ["a made-up NextToken", { NextToken: "zzz" }, "InvalidParameter"],
  ])("refuses %s", async (_what, parameters, code) => {
    const [first] = await eips();
    expect(
      (await context.refusal("ListTagResources", { ...EIP, ResourceId: [first], ...parameters })).code,
    ).toBe(code);
  });
});
