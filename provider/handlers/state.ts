import { eipCountOf } from "../cloud/segment";
import type { Eip, Segment } from "../cloud/segment";
import { mixedInputs, reportedByEips } from "../inputs/compare";
import { defaults, inputNames, rowOf } from "../inputs/input-table";
import type { CheckedInputs, InputName, InputValues } from "../inputs/input-table";
import { withoutAbsent } from "../util/without-absent";

/** Version of the state's shape; raise it when a reader of older versions is added to {@link readState}. */
const stateVersion = 1;

/** A finishing step that is still to be done on a segment that exists already. */
export type FinishingStep = "eips" | "adoption";

/** Inputs that every state has. */
type AlwaysKnown = "eipMask" | "regionId" | keyof typeof defaults;

/** Inputs as a state holds them. */
type StateInputs = Omit<InputValues, AlwaysKnown> & { [K in AlwaysKnown]: NonNullable<InputValues[K]> };

/** What a segment's state holds; keys with two underscores are this package's own and not shown by the engine. */
export type SegmentState = StateInputs & {
  cidrBlock?: string | undefined;
  ipCount?: number | undefined;
  addresses?: { allocationId: string; ipAddress: string }[] | undefined;
  status: string;
  createTime?: string | undefined;
  /** Token that made the segment; empty when it was adopted. */
  clientToken: string;
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
  /** Inputs in which the EIPs differ among themselves: what an interrupted change leaves behind. */
  __mixed?: readonly InputName[] | undefined;
  /** Ids that the cloud returned beside this segment and that are still to be checked once more. */
  __abandoned?: readonly string[] | undefined;
  /** True when the cloud cancelled the allocation: the next `pulumi up` replaces the segment. */
  __isLost?: true | undefined;
  __stateVersion: number;
};

/** What is known of a segment when its state is written. */
export interface StateParts {
  inputs: CheckedInputs;
  segment: Segment;
  /** Empty while the segment is being allocated. */
  eips: readonly Eip[];
  /** Token that made the segment; empty when it was adopted. */
  clientToken: string;
  ownerToken: string;
  accountId: string | undefined;
  creation: string | undefined;
  unfinished: FinishingStep[];
  abandoned: readonly string[];
}

/**
 * The state of a segment: what can be changed in place as the cloud reports it, and what replaces as the program sets it. A replacement must
 * follow from a change of the program alone, never from how the cloud spells a setting.
 */
export function writeState({ inputs, segment, eips, ...parts }: StateParts): SegmentState {
  const addresses = eips.map(({ allocationId, ipAddress }) => ({ allocationId, ipAddress }));
  const { cidrBlock } = segment;
  const mixed = mixedInputs(eips);
  return {
    ...(inputsOf(inputs, segment, eips) as StateInputs),
    cidrBlock,
    ipCount: eipCountOf(segment, eips) ?? (eips.length || undefined),
    addresses: eips.length === 0 ? undefined : addresses,
    status: segment.status,
    createTime: segment.createTime,
    clientToken: parts.clientToken,
    __segmentId: segment.segmentId,
    __ownerToken: parts.ownerToken,
    __accountId: parts.accountId,
    __creation: parts.creation,
    __inputs: inputs,
    __unfinished: parts.unfinished,
    __mixed: mixed.length === 0 ? undefined : mixed,
    __abandoned: parts.abandoned.length === 0 ? undefined : parts.abandoned,
    __stateVersion: stateVersion,
  };
}

function inputsOf(inputs: CheckedInputs, segment: Segment, eips: readonly Eip[]): Record<string, unknown> {
  const byDefault: Partial<Record<InputName, unknown>> = defaults;
  return Object.fromEntries(
    inputNames.map((name) => {
      const { change, ofEip, ofSegment, isReportedOnlyIfSet } = rowOf(name);
      const reported =
        change === "update" && ofEip !== undefined && !(isReportedOnlyIfSet && inputs[name] === undefined)
          ? reportedByEips(name, eips, inputs[name])
          : inputs[name];
      return [name, reported ?? byDefault[name] ?? ofSegment?.(segment, eips)];
    }),
  );
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
    ...defaults,
    ...state,
    status: state.status ?? "Allocating",
    clientToken: state.clientToken ?? "",
    eipMask: Number(state.eipMask ?? inputs.eipMask),
    bandwidth: Number(state.bandwidth ?? defaults.bandwidth),
    regionId: state.regionId ?? inputs.regionId,
    __segmentId: id,
    __ownerToken: state.__ownerToken ?? inputs.clientToken,
    __inputs: inputs,
    __unfinished: state.__unfinished ?? [],
    __stateVersion: state.__stateVersion ?? stateVersion,
  };
}

/** A listed segment with what the state records of it, where the reply leaves that out: a segment's block never changes. */
export const withRecorded = (segment: Segment, { cidrBlock, createTime, zone }: SegmentState): Segment => ({
  ...withoutAbsent({ cidrBlock, createTime, zone }),
  ...segment,
});

/** Ids of the EIPs that a state records. */
export const allocationIdsOf = ({ addresses = [] }: SegmentState): string[] =>
  addresses.map(({ allocationId }) => allocationId);
