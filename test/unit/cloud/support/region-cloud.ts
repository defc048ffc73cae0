import type { Eip, Segment, VpcApi } from "../../../../provider/client/vpc-api";
import { eipReply } from "../../../support/eip-reply";
import type { VirtualClock } from "../../../support/virtual-clock";

/** Time from a request to its response. */
const latencyMs = 20;

/** A region that lists its segments page by page, oldest first, and counts what it is asked. */
export class RegionCloud {
  readonly calls: { at: number; segmentId: string | undefined; pageNumber: number | undefined }[] = [];
  readonly eipRequests: Parameters<VpcApi["describeEipAddresses"]>[0][] = [];
  /** Fails the next request. */
  failNext: Error | undefined;
  /** The count that each page gives. */
  totalCount = (actual: number): number => actual;
  statusOf = (isReady: boolean): string => (isReady ? "Allocated" : "Allocating");
  /** EIPs that every request returns, whatever its filter. */
  eips: (() => Eip[]) | undefined;
  private readonly segments = new Map<string, { readyAt: number; more: Partial<Segment> }>();

  constructor(private readonly clock: VirtualClock) {}

  readonly api: VpcApi = {
    describeEipSegment: async ({ segmentId, pageNumber = 1, pageSize = 10 }) => {
      this.calls.push({
        at: this.clock.now(),
        segmentId,
        pageNumber: segmentId === undefined ? pageNumber : undefined,
      });
      await this.clock.sleep(latencyMs);
      const failure = this.failNext;
      this.failNext = undefined;
      if (failure !== undefined) throw failure;
      const matching = [...this.segments.keys()].filter((id) => segmentId === undefined || id === segmentId);
      const shown = matching.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map(this.reply);
      return { totalCount: this.totalCount(matching.length), segments: shown };
    },
    describeEipAddresses: async (request) => {
      this.eipRequests.push(request);
      await this.clock.sleep(latencyMs);
      const { segmentId = "", pageNumber = 1 } = request;
      const sixteen = Array.from({ length: 16 }, (_, index) => eipReply(index, { segmentId }));
      const eips = this.eips?.() ?? (this.segments.has(segmentId) ? sixteen : []);
      return { totalCount: eips.length, addresses: pageNumber === 1 ? eips : [] };
    },
  } satisfies Partial<VpcApi> as unknown as VpcApi;

  /** A segment that is requested now. */
  add(segmentId: string, allocateMs: number, more: Partial<Segment> = { ipCount: 16 }): void {
    this.segments.set(segmentId, { readyAt: this.clock.now() + allocateMs, more });
  }

  private readonly reply = (segmentId: string): Segment => {
    const { readyAt, more } = this.segments.get(segmentId) ?? { readyAt: Infinity, more: {} };
    return { segmentId, status: this.statusOf(this.clock.now() >= readyAt), ...more };
  };
}
