import type { Clock, Instant } from "../util/clock";
import { EipSegmentError } from "../util/errors";
import type { HeldSegment, Origin } from "./origin";
import type { SegmentState } from "./state";

/**
 * Who claims a segment, and why:
 * - `held`: a record of the stack's checkpoint, from before this run
 * - `staying`: the record of a resource that the program declares again and that is not replaced
 * - `adopting`: a resource whose input `adopt` names it
 * - `created`: a creation of this process, which allocated, recovered or adopted it
 */
export interface Claim {
  kind: "held" | "staying" | "adopting" | "created";
  urn: string;
  /** Mark of the creation that the record comes from: two records of one segment differ in it. */
  creation?: string | undefined;
  /** ClientToken of the record. */
  clientToken?: string | undefined;
}

/** Claims of other resources on a segment that rule a claim out. */
const conflicts: Readonly<Record<Claim["kind"], readonly Claim["kind"][]>> = {
  held: [],
  staying: ["adopting"],
  adopting: ["adopting", "staying", "created"],
  created: ["adopting", "staying", "created"],
};

/** A resource as check was told about it last. */
export interface CheckedResource {
  origin: Origin;
  /** ClientToken in its inputs, which no other resource has. */
  clientToken: string;
  regionId: string | undefined;
  /** Whether a creation is coming; otherwise the resource exists and is declared again. */
  isCreating: boolean;
}

/** A quota may count the EIPs of a released segment for about this long. */
const justReleasedMs = 60_000;

/**
 * What the verbs of one provider process tell each other about segments: the engine passes nothing from check to diff and create, and calls
 * them for different resources in any order. Every question is a filter over the claims.
 */
export class Ledger {
  private readonly claims = new Map<string, Claim[]>();
  private readonly resources = new Map<string, CheckedResource>();
  private readonly dropped = new Set<string | undefined>();
  private readonly released = new Map<string, Instant>();
  private lastHeld: readonly HeldSegment[] | undefined;

  constructor(private readonly clock: Clock) {}

  /** Records a resource as check is told about it, and what its stack held before this run. */
  recordChecked(resource: CheckedResource): void {
    const { held, urn } = resource.origin;
    if (held !== this.lastHeld) {
      this.lastHeld = held;
      for (const { segmentId, ...record } of held) {
        this.add(segmentId, { kind: "held", ...record });
      }
    }
    this.resources.set(urn, resource);
  }

  /**
   * Records a claim, unless another resource has one that rules it out.
   *
   * @returns The claim that rules it out; undefined when there is none. A resource that stays does so all the same.
   */
  claim(segmentId: string, claim: Claim): Claim | undefined {
    const conflict = this.claimsOn(segmentId).find(
      ({ kind, urn }) => urn !== claim.urn && conflicts[claim.kind].includes(kind),
    );
    if (conflict === undefined || claim.kind === "staying") {
      this.add(segmentId, claim);
    }
    return conflict;
  }

  /** The resource as check was told about it last; undefined when it was not checked in this process. */
  checkedAs(urn: string): CheckedResource | undefined {
    return this.resources.get(urn);
  }

  /** The existing resource that is declared again with `clientToken` in its inputs. */
  declaredWith(clientToken: string | undefined): CheckedResource | undefined {
    return [...this.resources.values()].find((one) => one.clientToken === clientToken && !one.isCreating);
  }

  /**
   * Origin of the creation that starts with `clientToken`.
   *
   * @throws EipSegmentError when check ran in another process: then nothing is known of what the stack holds.
   */
  originOf(clientToken: string): Origin {
    const resource = [...this.resources.values()].find((one) => one.clientToken === clientToken);
    if (resource === undefined) {
      throw new EipSegmentError(
        "The provider process was restarted after this resource was checked, and nothing was requested. Run `pulumi up` again.",
      );
    }
    return resource.origin;
  }

  /** Whether the stack held the segment when this run began, a creation of this process has it, or a resource is to adopt it. */
  isHeld(segmentId: string): boolean {
    return this.claimsOn(segmentId).some(({ kind }) => kind !== "staying");
  }

  /** URN of the resource that is to adopt a segment. */
  adopterOf(segmentId: string): string | undefined {
    return this.claimsOn(segmentId).find(({ kind }) => kind === "adopting")?.urn;
  }

  /** Whether a creation of this process has the segment. */
  hasCreated(segmentId: string): boolean {
    return this.claimsOn(segmentId).some(({ kind }) => kind === "created");
  }

  /** A record of a segment that stays beside the one of `urn`. */
  twinOf(segmentId: string, urn: string): Claim | undefined {
    return this.claimsOn(segmentId).find((claim) => isStaying(claim) && claim.urn !== urn);
  }

  /**
   * A record that a segment has beside the one that is to be deleted: one that stays, or one of the checkpoint that this process has
   * neither dropped nor replaced. What becomes of the latter is not known yet, and may never be in a limited run.
   */
  otherRecordOf({ __segmentId: segmentId, __creation: creation }: SegmentState): Claim | undefined {
    const replaced = new Set(
      [...this.claims.values()]
        .flat()
        .filter(isCreated)
        .map(({ urn }) => urn),
    );
    const claims = this.claimsOn(segmentId);
    const isOther = (claim: Claim): boolean => claim.creation !== creation;
    return (
      claims.find(({ kind }) => kind === "staying") ??
      claims.find((claim) => isCreated(claim) && isOther(claim)) ??
      claims.find(
        (claim) =>
          claim.kind === "held" &&
          isOther(claim) &&
          !this.dropped.has(claim.creation) &&
          !replaced.has(claim.urn),
      )
    );
  }

  /** Tokens of all records that the checkpoint has of a segment. */
  tokensOf(segmentId: string): (string | undefined)[] {
    return this.claimsOn(segmentId)
      .filter(({ kind }) => kind === "held")
      .map(({ clientToken }) => clientToken);
  }

  /** Records that a record is dropped, and its segment left to another record. */
  recordDropped({ __creation }: SegmentState): void {
    this.dropped.add(__creation);
  }

  /** Records that this process has released a segment. */
  recordReleased(segmentId: string): void {
    this.released.set(segmentId, this.clock.now());
  }

  hasReleased(segmentId: string): boolean {
    return this.released.has(segmentId);
  }

  /** Whether a segment was released within the last minute. */
  readonly hasJustReleased = (): boolean =>
    [...this.released.values()].some((at) => this.clock.now() - at < justReleasedMs);

  /** Claims on a segment; those of resources that were to stay and are replaced after all no longer count. */
  private claimsOn(segmentId: string): Claim[] {
    return (this.claims.get(segmentId) ?? []).filter(
      ({ kind, urn }) => kind !== "staying" || this.resources.get(urn)?.isCreating === false,
    );
  }

  private add(segmentId: string, claim: Claim): void {
    const isSame = (other: Claim): boolean =>
      other.kind === claim.kind && other.urn === claim.urn && other.creation === claim.creation;
    const others = (this.claims.get(segmentId) ?? []).filter((other) => !isSame(other));
    this.claims.set(segmentId, [...others, claim]);
  }
}

const isCreated = ({ kind }: Claim): boolean => kind === "created";
const isStaying = ({ kind }: Claim): boolean => kind === "staying" || kind === "created";
