import type { CallFilter } from "./call-filter";
import { passes } from "./call-filter";

/** Which call a hold pauses, and where. */
export interface HoldSelection extends CallFilter {
  /** Before the operation takes place, or after it and before the response. */
  readonly point: "before" | "after";
}

/** A call that is or will be paused. One hold pauses one call. */
export interface Hold {
  readonly id: number;
  /** Fulfilled once a call is paused here. Never, when the hold is lifted first. */
  readonly reached: Promise<void>;
  readonly isReached: boolean;
  /** Lets the call continue, whether or not its client is still connected; lifts the hold when no call has come yet. */
  release(): void;
  /** Cuts the connection of the paused call; at `before` the operation does not take place. */
  discard(): void;
}

/** What becomes of a paused call. */
export type HoldVerdict = "continue" | "drop";

class QueuedHold implements Hold {
  isReached = false;
  readonly reached: Promise<void>;
  readonly verdict: Promise<HoldVerdict>;
  private reportReached: () => void = () => undefined;
  private decide: (verdict: HoldVerdict) => void = () => undefined;

  constructor(
    readonly id: number,
    readonly selection: HoldSelection,
    private readonly remove: (hold: QueuedHold) => void,
  ) {
    this.reached = new Promise((resolve) => {
      this.reportReached = resolve;
    });
    this.verdict = new Promise((resolve) => {
      this.decide = resolve;
    });
  }

  pause(): Promise<HoldVerdict> {
    this.isReached = true;
    this.reportReached();
    return this.verdict;
  }

  release(): void {
    this.finish("continue");
  }

  discard(): void {
    this.finish("drop");
  }

  private finish(verdict: HoldVerdict): void {
    this.remove(this);
    this.decide(verdict);
  }
}

/** Holds waiting for their calls, and those that have one. */
export class HoldQueue {
  private readonly holds = new Map<number, QueuedHold>();
  private lastId = 0;

  add(selection: HoldSelection): Hold {
    this.lastId += 1;
    const hold = new QueuedHold(this.lastId, selection, ({ id }) => {
      this.holds.delete(id);
    });
    this.holds.set(hold.id, hold);
    return hold;
  }

  discardAll(): void {
    for (const hold of this.holds.values()) hold.discard();
  }

  /** Pauses a call where a hold waits for it. */
  async pass(
    point: "before" | "after",
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<HoldVerdict> {
    const hold = [...this.holds.values()].find(
      ({ isReached, selection }) =>
        !isReached && selection.point === point && passes(selection, action, parameters),
    );
    return hold === undefined ? "continue" : hold.pause();
  }
}
