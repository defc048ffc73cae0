import type { EipReply, SegmentReply } from "../client/vpc-api";
import { isUserTag } from "../cloud/converge-eips";
import { blockSize } from "../cloud/ready-segment";
import type { CheckedInputs } from "../inputs/schema";
import { defaults } from "../inputs/schema";

/** Version of the state's shape; raise it when a reader of older versions is added to {@link readState}. */
const stateVersion = 1;

/** A finishing step that is still to be done on a segment that is there already. */
export type FinishingStep = "eips";

/** A setting of single EIPs. */
export type MixedSetting = "bandwidth" | "resourceGroupId" | "tags";

/** What a segment's state holds; keys with two underscores are this package's own and not shown by the engine. */
export interface SegmentState {
  cidrBlock?: string | undefined;
  ipCount?: number | undefined;
  addresses?: { allocationId: string; ipAddress: string }[] | undefined;
  status: string;
  createTime?: string | undefined;
  clientToken: string;
  eipMask: number;
  bandwidth: number;
  internetChargeType: string;
  isp: string;
  netmode: string;
  zone?: string | undefined;
  resourceGroupId?: string | undefined;
  regionId: string;
  tags?: Record<string, string> | undefined;
  adopt?: string | undefined;
  customTimeouts?: CheckedInputs["customTimeouts"];
  __segmentId: string;
  /** Token in the ownership tag. */
  __ownerToken: string;
  /** Account that holds the segment; absent when it could not be told. */
  __accountId?: string | undefined;
  /** Mark of the creation that this record of the segment comes from: two records of one segment differ in it. */
  __creation?: string | undefined;
  /** Inputs that the state was made for. */
  __inputs: CheckedInputs;
  __unfinished: FinishingStep[];
  /** Settings in which the EIPs differ among themselves: what an interrupted change leaves behind. */
  __mixed?: readonly MixedSetting[] | undefined;
  /** Ids that the cloud answered beside this segment and that are still to be looked at once more. */
  __abandoned?: readonly string[] | undefined;
  __stateVersion: number;
}

/** What is known of a segment when its state is written. */
export interface StateParts {
  inputs: CheckedInputs;
  segment: SegmentReply;
  /** Empty while the segment is being allocated. */
  eips: readonly EipReply[];
  /** Token that made the segment; empty when it was adopted. */
  clientToken: string;
  ownerToken: string;
  accountId: string | undefined;
  creation: string | undefined;
  unfinished: FinishingStep[];
  abandoned: readonly string[];
}

/**
 * The state of a segment: what can be changed in place by what the cloud says of it, and what replaces by what the program
 * says. A replacement must follow from a change of the program alone, never from how the cloud spells a setting.
 */
export function writeState(parts: StateParts): SegmentState {
  const { inputs, segment, eips } = parts;
  const addresses = eips.map(({ allocationId, ipAddress }) => ({ allocationId, ipAddress }));
  return {
    cidrBlock: segment.cidrBlock,
    ipCount: usableCount(segment, addresses.length),
    addresses: eips.length === 0 ? undefined : addresses,
    status: segment.status,
    createTime: segment.createTime,
    clientToken: parts.clientToken,
    eipMask: inputs.eipMask,
    bandwidth: told(eips, (eip) => eip.bandwidth, inputs.bandwidth) ?? defaults.bandwidth,
    internetChargeType: inputs.internetChargeType ?? defaults.internetChargeType,
    isp: inputs.isp ?? defaults.isp,
    netmode: inputs.netmode ?? defaults.netmode,
    zone: inputs.zone ?? segment.zone,
    resourceGroupId: told(eips, (eip) => eip.resourceGroupId, inputs.resourceGroupId),
    regionId: inputs.regionId,
    tags: inputs.tags === undefined ? undefined : (told(eips, userTags, inputs.tags) ?? inputs.tags),
    adopt: inputs.adopt,
    customTimeouts: inputs.customTimeouts,
    __segmentId: segment.segmentId,
    __ownerToken: parts.ownerToken,
    __accountId: parts.accountId,
    __creation: parts.creation,
    __inputs: inputs,
    __unfinished: parts.unfinished,
    __mixed: mixedSettings(eips),
    __abandoned: parts.abandoned.length === 0 ? undefined : parts.abandoned,
    __stateVersion: stateVersion,
  };
}

/** One page of an old documentation shows the mask where the count belongs, so an impossible count is not believed. */
function usableCount({ ipCount, cidrBlock }: SegmentReply, listed: number): number | undefined {
  if (ipCount !== undefined && ipCount <= blockSize(cidrBlock)) {
    return ipCount;
  }
  return listed === 0 ? undefined : listed;
}

/**
 * What the EIPs say of one setting. When they differ among themselves, the answer is one that differs from what is wanted, so
 * that the next `pulumi up` sets all alike.
 */
function told<T>(
  eips: readonly EipReply[],
  of: (eip: EipReply) => T | undefined,
  wanted: T | undefined,
): T | undefined {
  const values = eips.map(of).filter((value) => value !== undefined);
  return values.find((value) => !sameValue(value, wanted)) ?? values[0] ?? wanted;
}

/** Settings in which EIPs differ among themselves; undefined when there is none. */
export function mixedSettings(eips: readonly EipReply[]): MixedSetting[] | undefined {
  const settings: Record<MixedSetting, (eip: EipReply) => unknown> = {
    bandwidth: (eip) => eip.bandwidth,
    resourceGroupId: (eip) => eip.resourceGroupId,
    tags: userTags,
  };
  const names = Object.keys(settings) as MixedSetting[];
  const mixed = names.filter((name) => new Set(eips.map((eip) => canonical(settings[name](eip)))).size > 1);
  return mixed.length === 0 ? undefined : mixed;
}

/** Tags of an EIP that users set. */
export function userTags({ tags }: EipReply): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => isUserTag(key)));
}

/** Whether two values of a setting mean the same: key order does not matter, and no tags are as good as none written. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`);
    return `{${entries.sort().join(",")}}`;
  }
  return JSON.stringify(value ?? {});
}

/**
 * The state as this version reads it, whatever version of this package wrote it.
 *
 * @param id - Id of the resource, which every state has.
 */
export function readState(id: string, props: object): SegmentState {
  const state = props as Partial<Omit<SegmentState, "eipMask" | "bandwidth">> & {
    eipMask?: string | number;
    bandwidth?: string | number;
  };
  const inputs: CheckedInputs = state.__inputs ?? {
    eipMask: Number(state.eipMask),
    regionId: state.regionId ?? "",
    clientToken: state.clientToken ?? "",
  };
  return {
    ...state,
    status: state.status ?? "Allocating",
    clientToken: state.clientToken ?? "",
    eipMask: Number(state.eipMask ?? inputs.eipMask),
    bandwidth: Number(state.bandwidth ?? defaults.bandwidth),
    internetChargeType: state.internetChargeType ?? defaults.internetChargeType,
    isp: state.isp ?? defaults.isp,
    netmode: state.netmode ?? defaults.netmode,
    regionId: state.regionId ?? inputs.regionId,
    __segmentId: id,
    __ownerToken: state.__ownerToken ?? inputs.clientToken,
    __inputs: inputs,
    __unfinished: state.__unfinished ?? [],
    __stateVersion: state.__stateVersion ?? stateVersion,
  };
}
