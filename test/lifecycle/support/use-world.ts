import type { SimulatorOptions } from "../../../simulator";
import { World } from "./world";

/** A world of its own for each test of the file; segments take some seconds to come and go. */
export function useWorld(options: SimulatorOptions = {}): { readonly world: World } {
  let running: World | undefined;
  jest.setTimeout(300_000);
  beforeEach(async () => {
    running = await World.start({
      progression: { kind: "time", allocateMs: 4000, releaseMs: 3000 },
      ...options,
    });
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  return {
    get world() {
      if (running === undefined) throw new Error("There is a world only while a test runs.");
      return running;
    },
  };
}
