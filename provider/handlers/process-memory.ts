import { Allocations } from "../operations/allocations";
import type { RegionBefore } from "../operations/region-before";
import type { HeldSegment, Origin } from "./origin";

/** One record of a segment in a stack. */
export interface SegmentRecord {
  urn: string;
  /** Mark of the creation that the record comes from. */
  creation?: string | undefined;
}

/** What the verbs of one provider process tell each other: the engine passes nothing from check to create. */
export class ProcessMemory {
  /** What this process has asked the cloud for. */
  public readonly allocations = new Allocations();
  private readonly origins = new Map<string, Origin>();
  private readonly held = new Map<string, HeldSegment[]>();
  private readonly staying = new Set<string>();
  private readonly adopting = new Map<string, string>();
  private readonly created = new Map<string, SegmentRecord>();
  private readonly done = new Set<string>();
  private readonly listings = new Map<string, Promise<RegionBefore>>();
  private askedAccount: Promise<string | undefined> | undefined;

  /**
   * Keeps what check is told about a resource.
   *
   * @param creating - ClientToken with which its creation starts; undefined when the resource is there and stays.
   */
  public rememberOrigin(origin: Origin, creating: string | undefined): void {
    for (const { segmentId } of origin.held) {
      this.held.set(
        segmentId,
        origin.held.filter((segment) => segment.segmentId === segmentId),
      );
    }
    if (creating === undefined) {
      this.staying.add(origin.urn);
    } else {
      this.staying.delete(origin.urn);
      this.origins.set(creating, origin);
    }
  }

  /** Origin of the creation that starts with `clientToken`; undefined when check ran in another process. */
  public originOf(clientToken: string): Origin | undefined {
    return this.origins.get(clientToken);
  }

  /** The stack's records of a segment that stay: those of resources that the program keeps or that this process created. */
  public stayingRecordsOf(segmentId: string): SegmentRecord[] {
    const kept = this.held.get(segmentId)?.filter(({ urn }) => this.staying.has(urn)) ?? [];
    const created = this.created.get(segmentId);
    return created === undefined ? kept : [...kept, created];
  }

  /** Notes that the program has `urn` adopt a segment; answers the resource that adopts it already. */
  public adopter(segmentId: string, urn: string): string {
    const first = this.adopting.get(segmentId) ?? urn;
    this.adopting.set(segmentId, first);
    return first;
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

  /** Whether the stack held the segment when this run began, or a creation of this process answers for it. */
  public isHeld(segmentId: string): boolean {
    return this.held.has(segmentId) || this.created.has(segmentId);
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
}
