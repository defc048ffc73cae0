import { z } from "zod";

const text = z.string();
/** JSON leaves out what is undefined. */
const maybe = text.optional().transform((value) => value);
const resource = {
  accountId: text,
  regionId: text,
  createdAt: z.number(),
  internetChargeType: text,
  isp: text,
  netmode: text,
};

const address = z.strictObject({
  ...resource,
  allocationId: text,
  ipAddress: text,
  status: z.enum(["Available", "Associating", "InUse", "Unassociating", "Releasing"]),
  bandwidth: z.number(),
  resourceGroupId: text,
  name: text,
  description: text,
  tags: z.record(text, text),
  segmentId: maybe,
  publicIpAddressPoolId: maybe,
  association: z
    .strictObject({
      instanceId: text,
      instanceType: text,
      instanceRegionId: text,
      mode: text,
      privateIpAddress: text,
      vpcId: text,
    })
    .optional()
    .transform((value) => value),
  bandwidthPackageId: maybe,
  deletionProtection: z.boolean(),
});

/** A snapshot in JSON. */
export const snapshotSchema = z.strictObject({
  segments: z.array(
    z.strictObject({
      ...resource,
      id: text,
      zone: text,
      status: z.enum(["Allocating", "Allocated", "Releasing", "Failed"]),
      cidrBlock: text,
      mask: z.number(),
      addresses: z.array(address),
    }),
  ),
  poolAddresses: z.array(address),
  clientTokens: z.array(
    z.strictObject({
      accountId: text,
      regionId: maybe,
      action: text,
      token: text,
      parameters: z.record(text, text),
      body: z.record(text, z.union([text, z.number(), z.boolean()])),
      at: z.number(),
    }),
  ),
});
