import { CreationsInFlight } from "../../../provider/cloud/creations-in-flight";

/** Whether a promise is fulfilled once everything that can go on has gone on. */
async function isFulfilled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  const later = new Promise((resolve) => setImmediate(resolve, pending));
  return (await Promise.race([promise, later])) !== pending;
}

describe("a creation that asks what the others of its process are about to be answered", () => {
  it("goes on at once when there are no others", async () => {
    await expect(new CreationsInFlight().begin().othersSettled()).resolves.toBeUndefined();
  });

  it("waits until every other one has ended", async () => {
    const allocations = new CreationsInFlight();
    const [first, second, third] = [allocations.begin(), allocations.begin(), allocations.begin()];
    const settled = first.othersSettled();
    second.end();
    expect(await isFulfilled(settled)).toBe(false);
    third.end();
    expect(await isFulfilled(settled)).toBe(true);
  });

  it("does not wait for one that waits in the same way", async () => {
    const allocations = new CreationsInFlight();
    const [first, second] = [allocations.begin(), allocations.begin()];
    const both = [first.othersSettled(), second.othersSettled()];
    expect(await isFulfilled(Promise.all(both))).toBe(true);
  });

  it("is waited for again by others once it goes on", async () => {
    const allocations = new CreationsInFlight();
    const first = allocations.begin();
    await first.othersSettled();
    const settled = allocations.begin().othersSettled();
    expect(await isFulfilled(settled)).toBe(false);
    first.end();
    expect(await isFulfilled(settled)).toBe(true);
  });
});
