/** What the creations of one process know of each other's calls of AllocateEipSegmentAddress. */
export class Allocations {
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly answered = new Set<string>();

  /** Notes a call until it has ended, and passes its outcome on. */
  public async track<T>(call: Promise<T>): Promise<T> {
    this.underWay.add(call);
    try {
      return await call;
    } finally {
      this.underWay.delete(call);
    }
  }

  /** Resolves when every call that is under way now has ended. */
  public async settled(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  public rememberAnswer(segmentId: string): void {
    this.answered.add(segmentId);
  }

  /** Whether the cloud answered a call of this process with the segment. */
  public isAnswer(segmentId: string): boolean {
    return this.answered.has(segmentId);
  }
}
