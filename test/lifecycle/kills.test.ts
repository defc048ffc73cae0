import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

const moments = ["before", "after", "late"] as const;

/** Kills a command at each call it makes until it is through, and runs it again after each kill. */
async function killEverywhere(
  prepare: () => Promise<unknown>,
  run: (
    kill: { call: number; moment: (typeof moments)[number] } | undefined,
  ) => Promise<{ killed: boolean; ok: boolean; errors: string[] }>,
  verify: (where: string) => void,
  reset: () => void,
): Promise<number> {
  let points = 0;
  for (const moment of moments) {
    for (let call = 1; ; call++) {
      reset();
      await prepare();
      const { killed } = await run({ call, moment });
      if (!killed) break;
      points += 1;
      await context.world.deliver();
      const again = await run(undefined);
      expect(again).toMatchObject({ ok: true, errors: [] });
      verify(`killed ${moment} call ${call}`);
    }
  }
  return points;
}

describe("a command killed at any call and run again", () => {
  const reset = (): void => {
    context.world.cloud.reset();
    context.world.engine.entries = [];
  };
  const expectOne = (where: string): void => {
    const { world } = context;
    expect([where, world.live()]).toEqual([where, [world.engine.entry("x")?.id]]);
  };

  it("leaves one segment after a creation, and nothing it bought is left over", async () => {
    const { world } = context;
    const points = await killEverywhere(
      () => Promise.resolve(),
      (kill) => world.up([segment()], kill === undefined ? {} : { kill }),
      (where) => {
        expectOne(where);
        expect(world.cloud.segments()).toHaveLength(1);
      },
      reset,
    );
    expect(points).toBeGreaterThan(15);
  });

  it.each([
    ["a replacement", {}],
    ["a replacement that deletes first", { deleteBeforeReplace: true }],
  ])("leaves one segment after %s", async (_kind, options) => {
    const { world } = context;
    const points = await killEverywhere(
      () => world.upWell([segment("x", {}, options)]),
      (kill) => world.up([segment("x", { eipMask: 27 }, options)], kill === undefined ? {} : { kill }),
      (where) => {
        expectOne(where);
        expect(world.segments()[0]?.mask).toBe(27);
      },
      reset,
    );
    expect(points).toBeGreaterThan(20);
  });

  it("leaves every address changed after an update", async () => {
    const { world } = context;
    const args = { bandwidth: 9, tags: { team: "edge" }, resourceGroupId: "rg-edge" };
    const points = await killEverywhere(
      () => world.upWell([segment("x", { tags: { old: "tag" } })]),
      (kill) => world.up([segment("x", args)], kill === undefined ? {} : { kill }),
      (where) => {
        expectOne(where);
        const addresses = world.segments()[0]?.addresses ?? [];
        expect(addresses).toHaveLength(16);
        for (const { bandwidth, resourceGroupId, tags } of addresses) {
          expect([where, bandwidth, resourceGroupId, tags]).toMatchObject([
            where,
            9,
            "rg-edge",
            { team: "edge" },
          ]);
          expect(tags).not.toHaveProperty("old");
        }
      },
      reset,
    );
    expect(points).toBeGreaterThan(50);
  });

  it("leaves nothing after a destroy", async () => {
    const { world } = context;
    const points = await killEverywhere(
      () => world.upWell([segment()]),
      (kill) => world.destroy(kill === undefined ? {} : { kill }),
      () => {
        expect(world.live()).toEqual([]);
        expect(world.engine.entries).toEqual([]);
      },
      reset,
    );
    expect(points).toBeGreaterThan(10);
  });

  it("leaves one segment when it is killed before the state is saved", async () => {
    const { world } = context;
    await world.up([segment()], { killAtSave: 1 });
    const bought = world.live();
    await world.upWell([segment()]);
    expect(world.live()).toEqual(bought);
    for (const save of [1, 2]) {
      reset();
      await world.upWell([segment()]);
      expect((await world.up([segment("x", { eipMask: 27 })], { killAtSave: save })).killed).toBe(true);
      await world.upWell([segment("x", { eipMask: 27 })]);
      expectOne(`save ${save}`);
    }
  });
});
