import { systemClock } from "../../../provider/util/clock";

describe("the system clock", () => {
  it("sleeps as long as it is told", async () => {
    const startedAt = systemClock.now();
    await systemClock.sleep(30);
    expect(systemClock.now() - startedAt).toBeGreaterThanOrEqual(29);
  });

  it("wakes with the reason of an abort", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled by the user");
    const sleeping = systemClock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  it("does not fall asleep when the abort came before", async () => {
    const reason = new Error("cancelled by the user");
    await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
