import { AddressSpace, formatIp, smallestBlockOf, usableAddresses } from "./address-space";
import { type Association, type Eip, type EipSettings, newEip } from "./eip";
import { newId } from "./ids";
import type { SimulatorSettings } from "./options";
import type { IsAnswered } from "./questions";
import { isSettled } from "./progression";
import type { Region } from "./regions";
import type { Segment } from "./segment";

/** What a new segment is made from. */
export interface NewSegment {
  readonly accountId: string;
  readonly region: Region;
  readonly zone: string;
  readonly mask: number;
  readonly settings: EipSettings;
  readonly vanishes: boolean;
}

/** All segments and EIPs of all accounts. State changes happen when somebody looks, never by timers. */
export class Store {
  readonly segments = new Map<string, Segment>();
  readonly eips = new Map<string, Eip>();
  private readonly addressSpace = new AddressSpace();
  private readonly changingSegments = new Set<Segment>();
  private readonly changingEips = new Set<Eip>();
  /** EIPs whose segment is no longer listed, and when they follow it. */
  private readonly outliving = new Map<Eip, number>();
  private readonly former = new WeakMap<Eip, Pick<Eip, "bandwidth" | "tags"> & { readonly until: number }>();

  constructor(
    private readonly settings: () => SimulatorSettings,
    private readonly isAnswered: IsAnswered,
    private readonly now: () => number,
  ) {}

  /** A new segment in `Allocating`, or undefined when no address block is left. */
  createSegment(wanted: NewSegment): Segment | undefined {
    const block = this.addressSpace.allocate(wanted.mask);
    if (block === undefined) return undefined;
    const { accountId, region, zone, settings, vanishes } = wanted;
    const { internetChargeType, isp, netmode } = settings;
    const { regionId, code } = region;
    const id = newId("eipsg", code);
    const createdAt = this.now();
    const eips = usableAddresses(block, this.settings().reserved).map((address) =>
      newEip({
        ...settings,
        ...{ accountId, regionId, createdAt, segmentId: id },
        allocationId: newId("eip", code),
        ipAddress: formatIp(address),
      }),
    );
    const segment: Segment = {
      id,
      accountId,
      regionId,
      zone,
      block,
      createdAt,
      internetChargeType,
      isp,
      netmode,
      eips,
      vanishes,
      status: "Allocating",
      transition: { duration: "allocateMs", startedAt: createdAt, describes: 0 },
      readyAt: undefined,
      releases: 0,
      hiddenDescribes: 0,
    };
    this.keep(segment);
    return segment;
  }

  /** Puts back a segment with its EIPs; false when its addresses are not free. */
  restoreSegment(segment: Segment): boolean {
    if (!this.addressSpace.occupy(segment.block)) return false;
    this.keep(segment);
    return true;
  }

  /** Puts back EIPs that belong to no segment; false when their addresses are not free. */
  restoreEips(eips: readonly Eip[]): boolean {
    const blocks = new Map(
      eips.map(({ ipAddress }) => smallestBlockOf(ipAddress)).map((block) => [block.address, block]),
    );
    if (![...blocks.values()].every((block) => this.addressSpace.occupy(block))) return false;
    for (const eip of eips) this.keepEip(eip);
    return true;
  }

  /** Starts the release of a segment and its EIPs. */
  startRelease(segment: Segment): void {
    segment.releases += 1;
    if (segment.releases === 1 && this.isAnswered("first-release=without-effect")) return;
    segment.status = "Releasing";
    segment.transition = { duration: "releaseMs", startedAt: this.now(), describes: 0 };
    this.changingSegments.add(segment);
    for (const eip of segment.eips) eip.status = "Releasing";
  }

  /** Keeps how an EIP is before a change, because queries may show the change late. */
  keepFormer(eip: Eip): void {
    const { bandwidth, tags } = eip;
    this.former.set(eip, { bandwidth, tags: new Map(tags), until: this.now() + 5000 });
  }

  /** An EIP as DescribeEipAddresses shows it. */
  shown(eip: Eip): Eip {
    const former = this.isAnswered("eip-changes=late") ? this.former.get(eip) : undefined;
    if (former === undefined || this.now() >= former.until) return eip;
    return { ...eip, bandwidth: former.bandwidth, tags: former.tags };
  }

  /** Starts attaching an EIP to an instance. */
  startAssociation(eip: Eip, association: Association): void {
    eip.association = association;
    this.startEipChange(eip, "Associating");
  }

  /** Starts detaching an EIP from its instance. */
  startUnassociation(eip: Eip): void {
    this.startEipChange(eip, "Unassociating");
  }

  /** Removes a segment with its EIPs and gives its addresses back. */
  removeSegment(segment: Segment): void {
    this.segments.delete(segment.id);
    this.changingSegments.delete(segment);
    for (const eip of segment.eips) {
      this.eips.delete(eip.allocationId);
      this.changingEips.delete(eip);
    }
    this.addressSpace.release(segment.block);
  }

  /** Finishes every state change that is over by now. */
  settle(): void {
    for (const [eip, until] of this.outliving) {
      if (this.now() < until) continue;
      this.outliving.delete(eip);
      this.eips.delete(eip.allocationId);
    }
    for (const segment of this.changingSegments) if (this.isOver(segment)) this.settleSegment(segment);
    for (const eip of this.changingEips) if (this.isOver(eip)) this.settleEip(eip);
  }

  /** True once queries show a segment. */
  isVisible(segment: Segment): boolean {
    const answeredLagMs = this.isAnswered("new-segment=late")
      ? 10_000
      : this.isAnswered("new-segment=after-grace")
        ? 45_000
        : 0;
    if (this.now() < segment.createdAt + answeredLagMs) return false;
    const lag = this.settings().visibilityLag;
    switch (lag.kind) {
      case "none":
        return true;
      case "describes":
        return segment.hiddenDescribes >= lag.count;
      case "time":
        return this.now() >= segment.createdAt + lag.ms;
    }
  }

  private keep(segment: Segment): void {
    this.segments.set(segment.id, segment);
    if (segment.transition !== undefined) this.changingSegments.add(segment);
    for (const eip of segment.eips) this.keepEip(eip);
  }

  private keepEip(eip: Eip): void {
    this.eips.set(eip.allocationId, eip);
    if (eip.transition !== undefined) this.changingEips.add(eip);
  }

  private startEipChange(eip: Eip, status: "Associating" | "Unassociating"): void {
    eip.status = status;
    eip.transition = { duration: "associateMs", startedAt: this.now(), describes: 0 };
    this.changingEips.add(eip);
  }

  private settleSegment(segment: Segment): void {
    const isReleased = segment.status === "Releasing";
    const stays = segment.vanishes && this.isAnswered("failed-allocation=failed-status");
    if (isReleased || (segment.vanishes && !stays)) {
      this.removeSegment(segment);
      if (isReleased && this.isAnswered("eips-of-released=listed-longer")) this.keepListed(segment.eips);
      return;
    }
    segment.status = stays ? "Failed" : "Allocated";
    segment.readyAt = stays ? undefined : this.now();
    segment.transition = undefined;
    this.changingSegments.delete(segment);
  }

  private keepListed(eips: readonly Eip[]): void {
    for (const eip of eips) {
      eip.status = "Available";
      this.eips.set(eip.allocationId, eip);
      this.outliving.set(eip, this.now() + 10_000);
    }
  }

  private settleEip(eip: Eip): void {
    if (eip.status === "Unassociating") eip.association = undefined;
    eip.status = eip.status === "Associating" ? "InUse" : "Available";
    eip.transition = undefined;
    this.changingEips.delete(eip);
  }

  private isOver({ transition }: Segment | Eip): boolean {
    if (transition?.duration === "releaseMs" && this.isAnswered("released-segment=released")) {
      return this.now() >= transition.startedAt + 60_000;
    }
    return transition !== undefined && isSettled(transition, this.settings().progression, this.now());
  }
}
