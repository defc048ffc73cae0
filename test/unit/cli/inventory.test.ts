import { startSimulator } from "../../../simulator";
import { PopClient } from "../../simulator/support/pop-client";
import { runCli } from "./support/run-cli";

const RegionId = "cn-hangzhou";

/** Lists 53 segments, two pages of them, of which one vanishes after each of the first `times` pages. */
async function listWhileSegmentsVanish(times: number) {
  let vanished = 0;
  const simulator = await startSimulator({
    ...{ quota: 1_000, rateLimits: false, frequentPurchaseGuard: false },
    onRequest: ({ action, parameters }) => {
      if (action === "DescribeEipSegment" && parameters.PageNumber === "1" && vanished < times) {
        vanished++;
        simulator.vanish(simulator.segments()[0]?.id ?? "");
      }
    },
  });
  const pop = new PopClient({ endpoint: simulator.endpoint });
  for (let made = 0; made < 53; made++) {
    await pop.call("AllocateEipSegmentAddress", { RegionId, EipMask: 28 });
  }
  const ended = await runCli(["list"], { environment: simulator.environment });
  await simulator.stop();
  return ended;
}

it("lists a region once more when a segment vanishes between two pages, which hides another", async () => {
  const { out, exitCode } = await listWhileSegmentsVanish(1);
  expect(exitCode).toBe(0);
  expect((JSON.parse(out) as { segments: object[] }).segments).toHaveLength(52);
});

it("does not pass off a list as whole that changes each time", async () => {
  const { err, exitCode } = await listWhileSegmentsVanish(Infinity);
  expect(exitCode).toBe(1);
  expect(err).toContain("The segments of cn-hangzhou change while they are listed: run the command again.");
});
