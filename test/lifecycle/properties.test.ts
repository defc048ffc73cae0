import fc from "fast-check";
import { steadyHistory } from "./support/history";
import { Life } from "./support/life";
import { World } from "./support/world";

/** Histories in one test run; `npm run reliability` plays many more. */
const runs = Number(process.env.RELIABILITY_HISTORIES ?? "60");

const seed = process.env.RELIABILITY_SEED === undefined ? {} : { seed: Number(process.env.RELIABILITY_SEED) };

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(async () => {
  await world.stop();
});

describe("after any history of changes, kills and faults", () => {
  it("one live segment is left for each resource, and nothing that was paid for is forgotten", async () => {
    await fc.assert(
      fc.asyncProperty(steadyHistory, async (history) => {
        await new Life(world, history).play();
      }),
      { numRuns: runs, ...seed, endOnFailure: true },
    );
  }, 3_600_000);
});
