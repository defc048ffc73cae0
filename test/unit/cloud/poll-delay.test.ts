import { idleTime, pollDelay } from "../../../provider/cloud/poll-delay";

describe("the time between two looks", () => {
  it.each([
    ["is the shortest at the start", 0, undefined, 400],
    ["is an eighth of a wait of which nothing is known", 16_000, undefined, 2080],
    ["is a fifth of a wait once others have shown how long it takes", 12_000, 8000, 2400],
    ["is a fifth of what others waited, while the wait is younger", 1000, 8000, 1600],
    ["is never longer than 3 s", 600_000, undefined, 3000],
  ])("%s", (_, waitedMs, quickestMs, delayMs) => {
    expect(pollDelay(waitedMs, quickestMs, 0)).toBe(delayMs);
    expect(pollDelay(waitedMs, quickestMs, 1)).toBeCloseTo(delayMs * 0.8);
  });

  it("is not needed during nine tenths of the shortest wait so far", () => {
    expect(idleTime(3000)).toBe(2700);
  });
});
