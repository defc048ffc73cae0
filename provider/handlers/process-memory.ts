import type { SegmentListing } from "../operations/describe-segment";
import type { Origin } from "./origin";

/** What the verbs of one provider process tell each other: the engine passes nothing from check to create. */
export class ProcessMemory {
  private readonly origins = new Map<string, Origin>();
  private readonly created = new Set<string>();
  private readonly done = new Set<string>();
  private readonly listings = new Map<string, Promise<SegmentListing>>();
  private askedAccount: Promise<string | undefined> | undefined;

  /** Keeps the origin for the creation that starts with `clientToken`. */
  public rememberOrigin(clientToken: string, origin: Origin): void {
    this.origins.set(clientToken, origin);
  }

  /** Origin of the creation that starts with `clientToken`; undefined when check ran in another process. */
  public originOf(clientToken: string): Origin | undefined {
    return this.origins.get(clientToken);
  }

  /** Notes that a creation of this process answers for `segmentId`. */
  public rememberCreated(segmentId: string): void {
    this.created.add(segmentId);
  }

  /** Whether a creation of this process answers for `segmentId`. */
  public hasCreated(segmentId: string): boolean {
    return this.created.has(segmentId);
  }

  /** Runs `action` unless it ran for `key` before. */
  public once(key: string, action: () => void): void {
    if (!this.done.has(key)) {
      this.done.add(key);
      action();
    }
  }

  /** Segments of a region as they were when this was first asked; a failed listing is asked anew. */
  public liveBefore(regionId: string, list: () => Promise<SegmentListing>): Promise<SegmentListing> {
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
