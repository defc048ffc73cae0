import type { SegmentReply, VpcApi } from "../../../../provider/client/vpc-api";
import type { VirtualClock } from "../../../support/virtual-clock";

/** Time from a call to its answer, in ms. */
const latencyMs = 20;

/** A region that answers DescribeEipSegment page by page, oldest segment first, and counts what it is asked. */
export class RegionCloud {
  public readonly calls: { at: number; segmentId: string | undefined; pageNumber: number | undefined }[] = [];
  private readonly readyAt = new Map<string, number>();

  public constructor(private readonly clock: VirtualClock) {}

  public readonly api: VpcApi = {
    describeEipSegment: async ({ segmentId, pageNumber = 1, pageSize = 10 }) => {
      this.calls.push({
        at: this.clock.now(),
        segmentId,
        pageNumber: segmentId === undefined ? pageNumber : undefined,
      });
      await this.clock.sleep(latencyMs);
      const matching = [...this.readyAt.keys()].filter((id) => segmentId === undefined || id === segmentId);
      const shown = matching.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map(this.reply);
      await this.clock.sleep(latencyMs);
      return { totalCount: matching.length, segments: shown };
    },
    describeEipAddresses: () => Promise.resolve({ totalCount: 0, addresses: [] }),
  } satisfies Partial<VpcApi> as unknown as VpcApi;

  /** A segment that is asked for now. */
  public add(segmentId: string, allocateMs: number): void {
    this.readyAt.set(segmentId, this.clock.now() + allocateMs);
  }

  public remove(segmentId: string): void {
    this.readyAt.delete(segmentId);
  }

  private readonly reply = (segmentId: string): SegmentReply => {
    const ready = this.clock.now() >= (this.readyAt.get(segmentId) ?? Infinity);
    return { segmentId, status: ready ? "Allocated" : "Allocating" };
  };
}
