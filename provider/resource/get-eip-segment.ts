import * as pulumi from "@pulumi/pulumi";
import { EipSegmentError } from "../util/errors";
import { oncePerRun } from "./checkpoint";
import type { InternetChargeType, Isp, Netmode, SegmentAddress } from "./eip-segment-args";
import { lazyImports } from "./lazy-imports";
import { runError } from "./stack-traces";

/** Which segment {@link getEipSegment} finds: the only one that matches everything that is set. */
export interface GetEipSegmentArgs {
  /** Id of the segment, `eipsg-…`. */
  id?: string;
  /** Address block of the segment, such as `161.0.2.32/28`. */
  cidrBlock?: string;
  /** An address in the block of the segment. */
  ipAddress?: string;
  /** Tags that every EIP of the segment has, beside others. Segments have no tags of their own. */
  tags?: Record<string, string>;
  /**
   * Region of the segment, such as `cn-hangzhou`.
   *
   * @default the region of the stack's configuration or the environment
   */
  regionId?: string;
}

/** {@link GetEipSegmentArgs} whose values may be outputs. */
export type GetEipSegmentOutputArgs = {
  [K in keyof GetEipSegmentArgs]?: pulumi.Input<GetEipSegmentArgs[K] | undefined>;
};

/**
 * An existing segment, with the names and types of the outputs of {@link EipSegment}, but without `clientToken`. A setting is undefined where
 * the EIPs differ in it or the cloud reports none.
 */
export interface GetEipSegmentResult {
  /** Id of the segment, `eipsg-…`. */
  id: string;
  /** Address block, such as `161.0.2.32/28`. */
  cidrBlock: string;
  /** Number of usable addresses, as the cloud counts them. */
  ipCount: number;
  /** The addresses in address order. */
  addresses: SegmentAddress[];
  /** `Allocated`: no other segment is found. */
  status: string;
  /** When the cloud created the segment, such as `2026-03-06T12:30:07Z`. */
  createTime: string;
  /** Mask of the segment, 24 to 28. */
  eipMask: number;
  /** Maximum bandwidth of each EIP in Mbit/s. */
  bandwidth: number | undefined;
  /** How each EIP is charged. */
  internetChargeType: InternetChargeType | undefined;
  /** Line type. */
  isp: Isp | undefined;
  /** Network type. */
  netmode: Netmode | undefined;
  /** Zone of the segment. */
  zone: string | undefined;
  /** Resource group of the EIPs. */
  resourceGroupId: string | undefined;
  /** Region of the segment. */
  regionId: string;
  /** Tags that every EIP has, without the ownership tag and those of the cloud. */
  tags: Record<string, string>;
}

/** Token that Pulumi's mocks get for a lookup. */
const mockToken = "pulumi-alicloud-eip-segment:index:getEipSegment";

/**
 * Finds an existing segment, of another stack, of another tool or of the console, and changes nothing.
 *
 * Account and region are those of an {@link EipSegment} of the same program. The program itself sends the request, in `pulumi preview` and
 * in `pulumi up`; all lookups of a run share one listing of each region. With Pulumi's mocks nothing is sent: `call` gets the token
 * `pulumi-alicloud-eip-segment:index:getEipSegment`.
 *
 * ```ts
 * import { getEipSegment } from "pulumi-alicloud-eip-segment";
 *
 * async function addressesOf(cidrBlock: string): Promise<string[]> {
 *   const { addresses } = await getEipSegment({ cidrBlock });
 *   return addresses.map(({ ipAddress }) => ipAddress);
 * }
 * ```
 *
 * @throws pulumi.RunError when an argument is invalid, when none or several segments match, which it names, or when the cloud refuses.
 */
export function getEipSegment(args: GetEipSegmentArgs): Promise<GetEipSegmentResult> {
  return lookUp(args, false);
}

/**
 * {@link getEipSegment} with arguments that may be outputs. The result is unknown in a preview while an argument is, and secret when one is.
 *
 * ```ts
 * import { StackReference } from "@pulumi/pulumi";
 * import { getEipSegmentOutput } from "pulumi-alicloud-eip-segment";
 *
 * const network = new StackReference("acme/network/prod");
 * const segment = getEipSegmentOutput({ id: network.requireOutput("segmentId") });
 *
 * export const cidrBlock = segment.cidrBlock;
 * ```
 */
export function getEipSegmentOutput(args: GetEipSegmentOutputArgs): pulumi.Output<GetEipSegmentResult> {
  const known = pulumi.output(args);
  return known.apply(async (values) => lookUp(values as GetEipSegmentArgs, await pulumi.isSecret(known)));
}

async function lookUp(args: GetEipSegmentArgs, areSecret: boolean): Promise<GetEipSegmentResult> {
  if ("mocks" in ((pulumi.runtime.getMonitor() as object | undefined) ?? {})) {
    return pulumi.runtime.invoke(mockToken, args) as Promise<GetEipSegmentResult>;
  }
  try {
    const found: unknown = await (await lookupOfRun()).find(args, areSecret);
    return found as GetEipSegmentResult;
  } catch (error) {
    // Of this error the engine shows the message alone.
    throw error instanceof EipSegmentError ? runError(error.message) : error;
  }
}

/** The program runs in a process of its own, so the lookups read the configuration that the engine gives to it, as the provider does to the other. */
const lookupOfRun = oncePerRun(async () =>
  Promise.resolve(lazyImports.lookup().createLookup({ get: (key) => pulumi.runtime.getConfig(key) })),
);
