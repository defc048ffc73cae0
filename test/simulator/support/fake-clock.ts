/** A clock that only moves when told to. */
export class FakeClock {
  private time = Date.parse("2026-01-02T03:04:05Z");

  readonly now = (): number => this.time;

  advance(ms: number): void {
    this.time += ms;
  }

  /** The time as requests carry it. */
  timestamp(): string {
    return `${new Date(this.time).toISOString().slice(0, 19)}Z`;
  }
}
