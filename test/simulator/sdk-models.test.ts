import * as models from "@alicloud/vpc20160428";

import { vpcVersion } from "../../simulator/operation";
import { operations } from "../../simulator/operations";
import { useSimulator } from "./support/use-simulator";

/** The static description that every model class of the SDK has. */
interface ModelClass {
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}

const context = useSimulator();

/** Differences between a value and what the SDK's model says: unknown fields and wrong types. */
function differences(model: ModelClass, value: unknown, path: string): string[] {
  const fields = new Map(
    Object.entries(model.names()).map(([property, wireName]) => [wireName, model.types()[property]]),
  );
  return Object.entries(value as Record<string, unknown>).flatMap(([name, item]) => {
    const where = `${path}.${name}`;
    return fields.has(name) ? typeDifferences(fields.get(name), item, where) : [`${where} is unknown`];
  });
}

function typeDifferences(type: unknown, value: unknown, path: string): string[] {
  if (typeof type === "string") return typeof value === type ? [] : [`${path} is no ${type}`];
  if (typeof type === "function") return differences(type as unknown as ModelClass, value, path);
  const { itemType } = type as { readonly itemType: unknown };
  if (!Array.isArray(value)) return [`${path} is no list`];
  return value.flatMap((item, index) => typeDifferences(itemType, item, `${path}[${index}]`));
}

/** Fields of the model of one EIP that a reply lacks. */
function missingFields(model: ModelClass, value: object): string[] {
  return Object.values(model.names()).filter((name) => !(name in value));
}

test("the comparison finds unknown fields and wrong types", () => {
  const body = { RequestId: 1, PageNumber: 1, Extra: true, EipSegments: { EipSegment: [{ IpCount: 16 }] } };
  expect(differences(models.DescribeEipSegmentResponseBody, body, "body")).toEqual([
    "body.RequestId is no string",
    "body.Extra is unknown",
    "body.EipSegments.EipSegment[0].IpCount is no string",
  ]);
});

test("every answer fits the model that the official SDK has of it", async () => {
  const id = await context.allocate();
  const other = await context.allocate();
  const [AllocationId, InstanceId] = context.allocationIds(id);
  const tagging = { ResourceType: "EIP", ResourceId: [AllocationId] };
  const membership = { BandwidthPackageId: "cbwp-1", IpInstanceId: AllocationId };
  const pool = "TransformEipSegmentToPublicIpAddressPool";
  const calls: [action: string, parameters: object, model: ModelClass][] = [
    ["AllocateEipSegmentAddress", { EipMask: "28" }, models.AllocateEipSegmentAddressResponseBody],
    ["DescribeEipSegment", {}, models.DescribeEipSegmentResponseBody],
    ["TagResources", { ...tagging, Tag: [{ Key: "k", Value: "v" }] }, models.TagResourcesResponseBody],
    ["ListTagResources", tagging, models.ListTagResourcesResponseBody],
    ["AddCommonBandwidthPackageIp", membership, models.AddCommonBandwidthPackageIpResponseBody],
    ["AssociateEipAddress", { AllocationId, InstanceId: "i-1" }, models.AssociateEipAddressResponseBody],
    ["DescribeEipAddresses", { PageSize: 100 }, models.DescribeEipAddressesResponseBody],
    ["UnassociateEipAddress", { AllocationId }, models.UnassociateEipAddressResponseBody],
    ["RemoveCommonBandwidthPackageIp", membership, models.RemoveCommonBandwidthPackageIpResponseBody],
    ["UnTagResources", { ...tagging, TagKey: ["k"] }, models.UnTagResourcesResponseBody],
    ["ModifyEipAddressAttribute", { AllocationId, Name: "n" }, models.ModifyEipAddressAttributeResponseBody],
    [
      "MoveResourceGroup",
      { ResourceId: AllocationId, ResourceType: "EIP", NewResourceGroupId: "rg-2" },
      models.MoveResourceGroupResponseBody,
    ],
    [
      "DeletionProtection",
      { InstanceId, Type: "EIP", ProtectionEnable: false },
      models.DeletionProtectionResponseBody,
    ],
    [pool, { InstanceId: id }, models.TransformEipSegmentToPublicIpAddressPoolResponseBody],
    ["DescribeEipAddresses", { PageSize: 100 }, models.DescribeEipAddressesResponseBody],
    ["ReleaseEipAddress", { AllocationId }, models.ReleaseEipAddressResponseBody],
    ["ReleaseEipSegmentAddress", { SegmentInstanceId: other }, models.ReleaseEipSegmentAddressResponseBody],
    ["DescribeRegions", {}, models.DescribeRegionsResponseBody],
    ["DescribeZones", {}, models.DescribeZonesResponseBody],
  ];
  for (const [action, parameters, model] of calls) {
    const reply = await context.call(action, { ...parameters });
    expect(differences(model, reply, action)).toEqual([]);
  }
  const called = calls.map(([action]) => action);
  const uncalled = [...operations].filter(
    ([action, { version }]) => version === vpcVersion && !called.includes(action),
  );
  expect(uncalled.map(([action]) => action)).toEqual([]);
});

test("one segment has every field of the SDK's model, and one EIP all but those that do not apply", async () => {
  await context.allocate();
  const { EipSegments } = await context.call("DescribeEipSegment");
  const segment = EipSegments.EipSegment[0] ?? {};
  expect(missingFields(models.DescribeEipSegmentResponseBodyEipSegmentsEipSegment, segment)).toEqual([]);
  const { EipAddresses } = await context.call("DescribeEipAddresses");
  const eip = EipAddresses.EipAddress[0] ?? {};
  expect(missingFields(models.DescribeEipAddressesResponseBodyEipAddressesEipAddress, eip)).toEqual([
    "PublicIpAddressPoolId",
    "Zone",
  ]);
});
