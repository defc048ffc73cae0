/** A segment that a stack holds, as its state shows it. */
export interface Block {
  /** `eipsg-…`; absent when the state has no id yet. */
  segmentId?: string | undefined;
  regionId?: string | undefined;
  /** Absent when it is unknown or secret. */
  cidrBlock?: string | undefined;
  /** Absent when they are unknown or secret. */
  addresses?: string[] | undefined;
  /** Number of usable addresses; absent when it is unknown or secret. */
  ipCount?: number | undefined;
  /** Account that holds the segment; absent when it is not recorded. */
  accountId?: string | undefined;
  /** True when the stack keeps the addresses or the block secret. */
  secret: boolean;
  /** True when an earlier run replaced the segment and could not release it. */
  due: boolean;
  /** True when the block is released before the one that replaces it is allocated (`deleteBeforeReplace`). */
  releasedFirst: boolean;
  /** Mask as written, for telling a renamed segment from a deleted one. */
  eipMask: string;
}

/** An input whose value changes, in words. */
export interface InputChange {
  input: string;
  from: string;
  to: string;
}

/**
 * What a change does to a segment of the stack.
 * - `created`, `adopted`: the stack gets a segment.
 * - `updated`: its EIPs are changed in place.
 * - `replaced`: another segment takes its place.
 * - `deleted`: the stack gives it up.
 * - `release due`: an earlier run replaced it, and could not release the old one yet.
 */
export type ChangeKind = "created" | "adopted" | "updated" | "replaced" | "deleted" | "release due";

/** A segment that a preview touches. */
export interface SegmentChange {
  urn: string;
  /** Logical name. */
  name: string;
  kind: ChangeKind;
  /** Blocks that are released: their addresses are lost. */
  released: Block[];
  /** Blocks that leave the stack and stay in the account, because of `retainOnDelete`. */
  retained: Block[];
  /** The block that a refresh did not find any more, for a segment created anew. */
  gone?: Block;
  /** The requested block, for a segment created, adopted or replaced. */
  wanted?: WantedBlock;
  /** Inputs that change, for a segment updated or replaced. */
  inputs: InputChange[];
  /** Why a segment is replaced: names of inputs, or `id` when the replacement was requested. */
  reasons: string[];
}

/** What is known of a segment before it is there. */
export interface WantedBlock {
  /** Mask as written; a sentence when a preview does not know it. */
  eipMask: string;
  /** Number of addresses of the mask; absent when the mask is not known. */
  addresses?: number | undefined;
  /** Id of the segment that is adopted instead of allocating one. */
  adopt?: string | undefined;
  regionId?: string | undefined;
}
