import { allAnswers } from "../../simulator/questions";
import type { Answer } from "../../simulator/questions";
import { playStories, stories } from "./support/answer-stories";
import type { Story, StoryEnd } from "./support/answer-stories";
import { measure } from "./support/measure";

jest.setTimeout(3_600_000);

const everyUp: readonly Story[] = [
  ...(["up", "unchanged up", "update", "replace", "destroy and up"] as const),
  ...(["kill and up", "kill and edited up"] as const),
];

/** Stories that stop, each with an instruction; where nothing is said, only the edited program after a kill. */
const stops: Partial<Record<Answer, readonly Story[]>> = {
  "token-memory=none": [],
  "token-after-release=refused": ["destroy and up", "kill and edited up"],
  "token-of-live-segment=exists": ["kill and up", "kill and edited up"],
  "token-with-other-settings=new-segment": [],
  "new-segment=after-grace": [],
  "failed-allocation=failed-status": ["up", "unchanged up", "update", "kill and up", "kill and edited up"],
  "ready-status=other-word": everyUp,
  "eip-filter=nothing": everyUp,
  "eip-fields=no-settings": [],
  "modify-bandwidth=refused": ["update", "kill and edited up"],
  "tag-eips=refused": everyUp,
  "first-release=without-effect": [
    ...(["replace", "destroy", "destroy again", "destroy after a kill"] as const),
    "kill and edited up",
  ],
};

/**
 * Answers under which an edited program does not find what a killed run left, because nothing in the cloud leads to it: the
 * decision record says so, and `eip-segment orphans` lists it.
 */
const leaving: readonly string[] = [
  "token-memory=none",
  "token-with-other-settings=new-segment",
  "new-segment=after-grace",
] satisfies Answer[];

async function play(answers: readonly string[]): Promise<{ ends: StoryEnd[]; faults: string[] }> {
  const ends = await playStories(
    Object.fromEntries(answers.map((answer) => answer.split("=") as [string, string])),
  );
  const isLeft = answers.some((answer) => leaving.includes(answer));
  const faults = ends.flatMap(({ story, faults }) => faults.map((fault) => `${story}: ${fault}`));
  return {
    ends,
    faults: faults.filter((fault) => !(isLeft && fault.startsWith("kill and edited up: leaked"))),
  };
}

const storiesThatStop = (ends: readonly StoryEnd[]): string[] =>
  ends.filter(({ ok }) => !ok).map(({ story }) => story);

it.each(["none", ...allAnswers])("%s leaks nothing, touches no stranger and ends in time", async (answer) => {
  const { ends, faults } = await play(answer === "none" ? [] : [answer]);
  expect(faults).toEqual([]);
  expect(ends.map(({ story }) => story)).toEqual(stories);
  expect(storiesThatStop(ends)).toEqual(stops[answer as Answer] ?? ["kill and edited up"]);
});

const pairs = allAnswers.flatMap((first, index) =>
  allAnswers
    .slice(index + 1)
    .filter((second) => second.split("=")[0] !== first.split("=")[0])
    .map((second) => [first, second] as const),
);

/** Every n-th pair; `npm run reliability -- --pairs` plays all of them. */
const step = process.env.RELIABILITY_PAIRS === "1" ? 1 : 97;

it("pairs of answers do neither", async () => {
  const played = pairs.filter((_, index) => index % step === 0);
  const found: string[] = [];
  for (const pair of played) {
    const { faults } = await play(pair);
    found.push(...faults.map((fault) => `${pair.join(" ")}: ${fault}`));
  }
  measure("pairs of answers", `${played.length} of ${pairs.length}, ${found.length} faults`);
  expect(found).toEqual([]);
});
