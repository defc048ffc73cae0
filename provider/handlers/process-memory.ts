import { EipSegmentError } from "../util/errors";
import { Allocations } from "../cloud/allocations";
import type { RegionBefore } from "../cloud/region-before";
import { OriginReader } from "./origin";
import type { HeldSegment, Origin } from "./origin";
import type { SegmentState } from "./state";

/** One record of a segment in a stack. */
export interface SegmentRecord {
  urn: string;
  /** Mark of the creation that the record comes from. */
  creation?: string | undefined;
}

/** A resource that is there and that the program declares again, as check is told about it. */
export interface DeclaredAgain {
  /** Today's URN: the checkpoint may know the resource by an alias. */
  urn: string;
  /** ClientToken in its inputs, which no other resource has. */
  clientToken: string;
  regionId?: string | undefined;
}

/** What the verbs of one provider process tell each other: the engine passes nothing from check to create. */
export class ProcessMemory {
  /** What this process has asked the cloud for. */
  public readonly allocations = new Allocations();
  /** What programs say about their resources. */
  public readonly origin = new OriginReader();
  private readonly origins = new Map<string, Origin>();
  private readonly held = new Map<string, HeldSegment[]>();
  private lastHeld: readonly HeldSegment[] | undefined;
  private readonly declared = new Map<string, DeclaredAgain>();
  private readonly staying = new Map<string, SegmentRecord[]>();
  private readonly adopting = new Map<string, string>();
  private readonly created = new Map<string, SegmentRecord>();
  private readonly dropped = new Set<string | undefined>();
  private readonly released = new Set<string>();
  private readonly done = new Set<string>();
  private readonly listings = new Map<string, Promise<RegionBefore>>();
  private askedAccount: Promise<string | undefined> | undefined;

  /** Keeps what check is told about the segments that the stack holds. */
  public rememberHeld({ held }: Origin): void {
    if (held !== this.lastHeld) {
      this.lastHeld = held;
      for (const [segmentId, records] of groupById(held)) {
        this.held.set(segmentId, records);
      }
    }
  }

  /** Keeps what check is told about a resource that is about to be created with `clientToken`. */
  public rememberCreation(clientToken: string, origin: Origin): void {
    this.declared.delete(origin.urn);
    this.origins.set(clientToken, origin);
  }

  /** Keeps what check is told about a resource that is there. */
  public rememberDeclared(resource: DeclaredAgain): void {
    this.declared.set(resource.urn, resource);
  }

  /** The resource that is there and declared again as `urn`; undefined when it is new, or about to be created anew. */
  public declaredAs(urn: string): DeclaredAgain | undefined {
    return this.declared.get(urn);
  }

  /** The resource that is there and declared again with `clientToken` in its inputs. */
  public declaredWith(clientToken: string | undefined): DeclaredAgain | undefined {
    return [...this.declared.values()].find((resource) => resource.clientToken === clientToken);
  }

  /** Notes that a record of a segment stays: its resource is declared again, and is not replaced. */
  public rememberStaying(segmentId: string, record: SegmentRecord): void {
    const others = this.stayingOf(segmentId).filter(({ creation }) => creation !== record.creation);
    this.staying.set(segmentId, [...others, record]);
  }

  /**
   * Origin of the creation that starts with `clientToken`.
   *
   * @throws EipSegmentError when check ran in another process: then nothing is known of what the stack holds.
   */
  public originOf(clientToken: string): Origin {
    const origin = this.origins.get(clientToken);
    if (origin === undefined) {
      throw new EipSegmentError(
        "The provider process was started anew since this resource was checked, and nothing was asked for. Run `pulumi up` again.",
      );
    }
    return origin;
  }

  /** The stack's records of a segment that stay: those of resources that the program keeps or that this process created. */
  public stayingRecordsOf(segmentId: string): SegmentRecord[] {
    const created = this.created.get(segmentId);
    return [...this.stayingOf(segmentId), ...(created === undefined ? [] : [created])];
  }

  /**
   * A record that a segment has beside the one that is to be deleted: one that stays, or one of the checkpoint that this process has
   * neither dropped nor replaced so far. What becomes of the latter is not known yet, and may never be in a limited run.
   */
  public otherRecordOf({ __segmentId: id, __creation: creation }: SegmentState): SegmentRecord | undefined {
    const made = new Set([...this.created.values()].map(({ urn }) => urn));
    const isOther = (record: SegmentRecord): boolean => record.creation !== creation;
    const isLeft = (record: SegmentRecord): boolean =>
      !this.dropped.has(record.creation) && !made.has(record.urn);
    return (
      this.stayingOf(id)[0] ??
      this.stayingRecordsOf(id).find(isOther) ??
      this.held.get(id)?.find((record) => isOther(record) && isLeft(record))
    );
  }

  /** Notes that a record is dropped, and its segment left to another record. */
  public rememberDropped({ __creation }: SegmentState): void {
    this.dropped.add(__creation);
  }

  /** Tokens of all records that the checkpoint has of a segment. */
  public tokensOf(segmentId: string): (string | undefined)[] {
    return this.held.get(segmentId)?.map(({ clientToken }) => clientToken) ?? [];
  }

  /** Notes that the program has `urn` adopt a segment. */
  public rememberAdopter(segmentId: string, urn: string): void {
    this.adopting.set(segmentId, urn);
  }

  /** URN of the resource that the program has adopt a segment. */
  public adopterOf(segmentId: string): string | undefined {
    return this.adopting.get(segmentId);
  }

  /** Notes that a creation of this process answers for `segmentId`. */
  public rememberCreated(segmentId: string, record: SegmentRecord): void {
    this.created.set(segmentId, record);
  }

  /** Whether a creation of this process answers for `segmentId`. */
  public hasCreated(segmentId: string): boolean {
    return this.created.has(segmentId);
  }

  /** Notes that a delete of this process has released `segmentId`. */
  public rememberReleased(segmentId: string): void {
    this.released.add(segmentId);
  }

  /** Whether a delete of this process has released `segmentId`. */
  public isReleased(segmentId: string): boolean {
    return this.released.has(segmentId);
  }

  /** Whether the stack held the segment when this run began, a creation of this process answers for it, or one is to adopt it. */
  public isHeld(segmentId: string): boolean {
    return [this.held, this.created, this.adopting].some((segments) => segments.has(segmentId));
  }

  /** Runs `action` unless it ran for `key` before. */
  public once(key: string, action: () => void): void {
    if (!this.done.has(key)) {
      this.done.add(key);
      action();
    }
  }

  /** A region as it was when this was first asked; a failed listing is asked anew. */
  public regionBefore(regionId: string, list: () => Promise<RegionBefore>): Promise<RegionBefore> {
    let listing = this.listings.get(regionId);
    if (listing === undefined) {
      listing = list();
      this.listings.set(regionId, listing);
      listing.catch(() => this.listings.delete(regionId));
    }
    return listing;
  }

  /** Account of the credentials, asked once. */
  public account(ask: () => Promise<string | undefined>): Promise<string | undefined> {
    this.askedAccount ??= ask();
    return this.askedAccount;
  }

  private stayingOf(segmentId: string): SegmentRecord[] {
    return (this.staying.get(segmentId) ?? []).filter(({ urn }) => this.declared.has(urn));
  }
}

function groupById(held: readonly HeldSegment[]): Map<string, HeldSegment[]> {
  const groups = new Map<string, HeldSegment[]>();
  for (const segment of held) {
    groups.set(segment.segmentId, [...(groups.get(segment.segmentId) ?? []), segment]);
  }
  return groups;
}
