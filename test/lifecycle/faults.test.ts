import { passingFaults } from "./support/faults";
import { measure } from "./support/measure";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld({ progression: { kind: "time", allocateMs: 60_000, releaseMs: 10_000 } });

const names = Array.from({ length: 20 }, (_, index) => `s${index}`);

/** Time that 20 segments take when a share of all calls fails, in ms of the model's clock. */
async function timeOf(share: number, seed: number): Promise<number> {
  const { world } = context;
  for (const fault of passingFaults(share, seed)) world.cloud.addFault(fault);
  const before = world.clock.now();
  await world.upWell(names.map((name) => segment(name)));
  const took = world.clock.now() - before;
  world.cloud.clearFaults();
  const hit = world.cloud.log.filter(({ fault }) => fault !== undefined).length / world.cloud.log.length;
  expect(Math.abs(hit - share)).toBeLessThan(0.06);
  expect(world.live().sort()).toEqual(names.map((name) => world.engine.entry(name)?.id).sort());
  await world.destroy();
  world.cloud.reset();
  return took;
}

describe("with faults on 30 % of all calls", () => {
  it("20 segments are ready, one each, within three times the time that they take without faults", async () => {
    const calm = await timeOf(0, 0);
    const times: number[] = [];
    for (const seed of [100, 200, 300]) times.push(await timeOf(0.3, seed));
    const worst = Math.max(...times) / calm;
    measure(
      "20 segments with 30 % faults",
      `all ready, one each, in ${worst.toFixed(2)} times the fault-free time`,
    );
    expect(worst).toBeLessThan(3);
  });
});
