import { Poller } from "../../../provider/cloud/poller";
import { Deadline } from "../../../provider/util/clock";
import { VirtualClock } from "../../support/virtual-clock";

it("ends a wait at its own deadline, although it joined a poll that is repeated for longer", async () => {
  const clock = new VirtualClock();
  const poller = new Poller<string>(
    clock,
    () => 0.5,
    async () => {
      await clock.sleep(600_000);
      throw new Error("throttled");
    },
  );
  const startedAt = clock.now();
  const wait = async (id: string, ms: number): Promise<number> => {
    const deadline = Deadline.in(clock, ms);
    const timeoutError = () => new Error("too late");
    const end = poller.wait({ id, until: () => undefined, deadline, timeoutError });
    await expect(end).rejects.toThrow(/throttled|too late/);
    return clock.now() - startedAt;
  };
  const first = wait("eipsg-1", 600_000);
  await clock.sleep(1000);
  expect(await wait("eipsg-2", 60_000)).toBe(61_000);
  expect(await first).toBe(600_000);
});
