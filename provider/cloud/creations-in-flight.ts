/** One creation on its way to a segment, as the other creations of its process see it. */
export interface Creation {
  /** Resolves when every other one has ended, or waits in the same way. */
  othersSettled: () => Promise<void>;
  end: () => void;
}

/** What the creations of one process know of each other's way to a segment. */
export class CreationsInFlight {
  /** Whether a request may have allocated a segment that no response named. */
  hasUnanswered = false;
  private readonly inFlight = new Set<symbol>();
  private readonly returned = new Set<string>();
  private waiting: (() => void)[] = [];

  /** Notes a creation that must be ended, whatever becomes of it. */
  begin(): Creation {
    const self = Symbol();
    this.inFlight.add(self);
    const leave = (): void => {
      this.inFlight.delete(self);
      if (this.inFlight.size === 0) {
        for (const wake of this.waiting.splice(0)) wake();
      }
    };
    return {
      end: leave,
      othersSettled: async () => {
        leave();
        await this.settled();
        this.inFlight.add(self);
      },
    };
  }

  /** Resolves when every creation has ended, or waits for the others. */
  async settled(): Promise<void> {
    if (this.inFlight.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Notes the segment that the cloud returned to a request of this process. */
  recordReturned(segmentId: string): void {
    this.returned.add(segmentId);
  }

  /** Whether the cloud returned the segment to a request of this process. */
  hasReturned(segmentId: string): boolean {
    return this.returned.has(segmentId);
  }
}
