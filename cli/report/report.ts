import type { BlockCheck } from "./check-blocks";
import type { StackChanges } from "./preview-changes";
import type { Block, SegmentChange } from "./segment-change";

/** A block that a change releases, with what a check at it says. */
export interface Loss {
  stack: string | undefined;
  change: SegmentChange;
  block: Block;
  check: BlockCheck;
}

/** Everything that the outputs of `report` are made from. */
export interface Report {
  stacks: StackChanges[];
  losses: Loss[];
}

/** Brings previews and checks together; `checks` has one entry for each of {@link releasedBlocks}, in its order. */
export function makeReport(stacks: StackChanges[], checks: readonly BlockCheck[]): Report {
  const released = stacks.flatMap(({ stack, segments }) =>
    segments.flatMap((change) => change.released.map((block) => ({ stack, change, block }))),
  );
  const notAsked: BlockCheck = { seen: "nothing", why: "it was not requested." };
  return { stacks, losses: released.map((loss, index) => ({ ...loss, check: checks[index] ?? notAsked })) };
}

/** Every block that the stacks release. */
export const releasedBlocks = (stacks: readonly StackChanges[]): Block[] =>
  stacks.flatMap(({ segments }) => segments.flatMap(({ released }) => released));

/** Whether addresses are lost that are still there. */
export const isLost = ({ check }: Loss): boolean => check.seen !== "gone";

/** Whether an address of the block is attached to something; where that was not checked, it may be. */
export const maybeInUse = ({ check }: Loss): boolean =>
  check.seen === "nothing" ||
  (check.seen === "addresses" &&
    (check.unlisted > 0 || check.addresses.some(({ attachedTo }) => attachedTo !== undefined)));

/** Number of addresses of a block as far as it is known. */
export function addressCount({ block, check }: Loss): number | undefined {
  if (check.seen === "addresses" && check.addresses.length > 0) {
    return check.addresses.length + check.unlisted;
  }
  return block.addresses?.length ?? block.ipCount;
}

/** Number of addresses that are lost in all; undefined when that of a block is not known. */
export function lostAddresses({ losses }: Report): number | undefined {
  const counts = losses.filter(isLost).map(addressCount);
  return counts.includes(undefined)
    ? undefined
    : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** Whether every preview ended well. */
export const isComplete = ({ stacks }: Report): boolean => stacks.every(({ errors }) => errors.length === 0);

/** Whether a stack gets, loses or hands over an address block: what changes in place changes none. */
export const changesBlocks = ({ stacks }: Report): boolean =>
  stacks.some(({ segments }) =>
    segments.some(
      ({ kind, released, retained }) => kind !== "updated" || released.length + retained.length > 0,
    ),
  );

/** How a block is called: by its CIDR where it is known, else by its id. */
export const blockName = ({ cidrBlock, segmentId }: Pick<Block, "cidrBlock" | "segmentId">): string =>
  cidrBlock ?? segmentId ?? "a block not known yet";
