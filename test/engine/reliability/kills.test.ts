import { countPoints } from "../../lifecycle/support/measure";
import { commands, describePoint, Drill, killPoints } from "./support/drill";

/** Kill points of each command in a test run; `npm run reliability -- --long` takes all. */
const share = process.env.RELIABILITY_LONG === undefined ? 1 : Infinity;

const pointMs = 120_000;

describe.each(Object.keys(commands))("killing all processes of the engine during a %s", (kind) => {
  const command = commands[kind];
  const points = (killPoints[kind] ?? []).slice(0, share);
  let drill: Drill;

  beforeAll(async () => {
    drill = await Drill.create();
  });

  it.each(points.map((point) => [describePoint(point), point] as const))(
    "at %s, and running it again, leaves one segment and nothing to do",
    async (_where, point) => {
      await command?.prepare(drill);
      await drill.killAndRepeat(command?.command ?? "up", point);
      countPoints(1);
    },
    pointMs,
  );
});
