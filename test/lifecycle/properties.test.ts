import fc from "fast-check";
import { answeredHistory, type History, steadyHistory, wildHistory } from "./support/history";
import { Life, otherAccount } from "./support/life";
import { measure } from "./support/measure";
import { World } from "./support/world";

/** Histories of each kind in one test run; `npm run reliability` plays many more. */
const runs = Number(process.env.RELIABILITY_HISTORIES ?? "60");

const seed = process.env.RELIABILITY_SEED === undefined ? {} : { seed: Number(process.env.RELIABILITY_SEED) };

/** Time after which no further history of a kind is begun, in minutes. */
const minutes = Number(process.env.RELIABILITY_MINUTES ?? "Infinity");

/** Longest time that any number of histories may take, in ms. */
const limitMs = 6 * 3_600_000;

let world: World;

beforeAll(async () => {
  const own = { accountId: "1000000000000001", accessKeyId: "own", accessKeySecret: "own-secret" };
  world = await World.start({ accounts: [own, otherAccount] });
});

afterAll(async () => {
  await world.stop();
});

type Kind = "steady" | "wild" | "answered";

async function playAll(histories: fc.Arbitrary<History>, kind: Kind): Promise<void> {
  const startedAt = Date.now();
  let played = 0;
  const property = fc.asyncProperty(histories, async (history) => {
    if (Date.now() - startedAt > minutes * 60_000) return;
    await new Life(world, history, kind === "steady").play();
    played += 1;
  });
  try {
    await fc.assert(property, { numRuns: runs, ...seed, endOnFailure: true });
    // A part whose time is over has played fewer, and the line below says how many; none at all would prove nothing.
    expect(played).toBeGreaterThanOrEqual(Number.isFinite(minutes) ? 1 : runs);
  } finally {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    measure(`${kind} histories`, `${played} without a violation in ${seconds} s`);
  }
}

describe("after any history of changes, kills and faults", () => {
  it(
    "one live segment is left for each resource, and nothing that was paid for is forgotten",
    () => playAll(steadyHistory, "steady"),
    limitMs,
  );

  it(
    "no segment has two records, none in use is released, and the errors lead to success, however unsteady the cloud and the users are",
    () => playAll(wildHistory, "wild"),
    limitMs,
  );

  // `npm run reliability -- --answers` plays them: their waits end only at the timeouts, which takes many requests.
  const itAnswered = process.env.RELIABILITY_ANSWERS === undefined ? it.skip : it;
  itAnswered(
    "the same holds where the cloud gives other answers than the assumed ones, no segment of others is touched, and no command exceeds its timeouts",
    () => playAll(answeredHistory, "answered"),
    limitMs,
  );
});
