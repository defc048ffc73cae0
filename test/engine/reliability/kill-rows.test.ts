import { countPoints } from "../../lifecycle/support/measure";
import { commands, Drill, killRows } from "./support/drill";

/** How long segments take to come and to go, in ms: long enough for a next run to find them on their way. */
const slowMs = 4000;

it.each(Object.entries(killRows))(
  "a %s killed again and again, each time a little further on, ends with one segment and nothing to do",
  async (kind, points) => {
    const drill = await Drill.create(slowMs);
    await commands[kind]?.prepare(drill);
    await drill.killInARow(commands[kind]?.command ?? "up", points);
    countPoints(points.length);
    await drill.stack.dispose();
  },
  600_000,
);
