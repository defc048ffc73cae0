import type { CatalogueEntry } from "../../../provider/client/types";
import { type Progress, planRetry } from "../../../provider/client/retry";
import { refusal, transportFailure } from "./support/scripted-transport";

const entry = (more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  class: "retry",
  says: "it is busy",
  remedy: "Wait.",
  ...more,
});

const progress = (more: Partial<Progress> = {}): Progress => ({
  tries: 1,
  startedAt: 0,
  now: 0,
  deadline: 60_000,
  spent: new Set(),
  ...more,
});

const largest = () => 1;
const delays = (failed: Parameters<typeof planRetry>[0], of: CatalogueEntry | undefined, upTo: number) =>
  Array.from(
    { length: upTo },
    (_, index) => planRetry(failed, of, progress({ tries: index + 1 }), largest)?.delayMs,
  );

describe("planRetry", () => {
  it("doubles the bound of the pause after a busy answer up to 8 s", () => {
    expect(delays(refusal("SystemBusy"), entry(), 6)).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it("doubles the bound of the pause after throttling up to 15 s", () => {
    expect(delays(refusal("Throttling.User"), entry(), 6)).toEqual([1000, 2000, 4000, 8000, 15000, 15000]);
  });

  it("treats status 429 as throttling whatever the code", () => {
    expect(delays(refusal("TooMany", { status: 429 }), entry(), 5)[4]).toBe(15000);
  });

  it("doubles the bound of the pause after silence up to 5 s", () => {
    expect(delays(transportFailure(), undefined, 7)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });

  it("takes a random part of the bound, down to nothing", () => {
    const at = (random: number) =>
      planRetry(transportFailure(), undefined, progress({ tries: 3 }), () => random)?.delayMs;
    expect([at(0), at(0.5), at(1)]).toEqual([0, 500, 1000]);
  });

  it.each(["later", "busy", "user", "service", "absent"] as const)(
    "gives an answer of class %s to the caller at once",
    (errorClass) => {
      const verdict = planRetry(refusal("X"), entry({ class: errorClass }), progress(), largest);
      expect(verdict).toBeUndefined();
    },
  );

  it("waits at least as long as the API asked", () => {
    const verdict = planRetry(refusal("Throttling", { retryAfterMs: 12_345 }), entry(), progress(), () => 0);
    expect(verdict).toEqual({ delayMs: 12_345 });
  });

  it("gives up at once when the API asks for more time than is left", () => {
    const throttled = refusal("Throttling", { retryAfterMs: 10_001 });
    expect(planRetry(throttled, entry(), progress({ now: 50_000 }), largest)).toBeUndefined();
    expect(planRetry(throttled, entry(), progress({ now: 49_999 }), largest)).toEqual({ delayMs: 10_001 });
  });

  it("cuts the last pause so that the last try starts at the deadline", () => {
    const verdict = planRetry(refusal("SystemBusy"), entry(), progress({ tries: 9, now: 59_000 }), largest);
    expect(verdict).toEqual({ delayMs: 1000 });
  });

  it("gives up at the deadline", () => {
    const late = progress({ tries: 9, now: 60_000 });
    expect(planRetry(refusal("SystemBusy"), entry(), late, largest)).toBeUndefined();
    expect(planRetry(transportFailure(), undefined, late, largest)).toBeUndefined();
  });

  it("gives a failure that is unlikely to pass ten seconds only", () => {
    const lasting = transportFailure({ isLasting: true });
    expect(planRetry(lasting, undefined, progress({ now: 9_000, tries: 9 }), largest)).toEqual({
      delayMs: 1000,
    });
    expect(planRetry(lasting, undefined, progress({ now: 10_000 }), largest)).toBeUndefined();
  });

  it("spends a single retry at once, and only once", () => {
    const expired = entry({ class: "user", once: "renewedCredentials" });
    expect(planRetry(refusal("X"), expired, progress(), largest)).toEqual({
      delayMs: 0,
      once: "renewedCredentials",
    });
    const spent = progress({ spent: new Set(["renewedCredentials"]) });
    expect(planRetry(refusal("X"), expired, spent, largest)).toBeUndefined();
  });
});
