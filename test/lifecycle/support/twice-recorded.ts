import { segment, type World } from "./world";

/**
 * A replacement is lost while the segment it replaces waits for its deletion, and the run that takes the old one up again is killed
 * before it drops the old record.
 *
 * @returns Id of the segment, which has two records then.
 */
export async function recordTwice(world: World): Promise<string> {
  await world.upWell([segment()]);
  const old = world.engine.entry("x")?.id ?? "";
  const AllocationId = await world.use(old);
  await world.up([segment()], { replace: ["x"] });
  world.cloud.vanish(world.engine.entry("x")?.id ?? "");
  await world.refresh();
  await world.call("UnassociateEipAddress", { AllocationId });
  expect((await world.up([segment()], { killAtSave: 2 })).killed).toBe(true);
  expect(world.engine.entries).toMatchObject([
    { id: old, waits: true },
    { id: old, waits: false },
  ]);
  return old;
}
