import { allAnswers } from "../../simulator/questions";
import type { Answer } from "../../simulator/questions";
import { mayLeave, stops } from "./support/answer-exemptions";
import { rowsOfPairs } from "./support/answer-rows";
import { playStories, stories } from "./support/answer-stories";
import type { StoryEnd } from "./support/answer-stories";
import { measure } from "./support/measure";

jest.setTimeout(3_600_000);

async function play(answers: readonly Answer[]): Promise<{ ends: StoryEnd[]; faults: string[] }> {
  const ends = await playStories(
    Object.fromEntries(answers.map((answer) => answer.split("=") as [string, string])),
  );
  const faults = ends.flatMap(({ story, faults }) =>
    faults
      .filter((fault) => !(fault.startsWith("leaked") && mayLeave(answers, story)))
      .map((fault) => `${story}: ${fault}`),
  );
  return { ends, faults };
}

const storiesThatStop = (ends: readonly StoryEnd[]): string[] =>
  ends.filter(({ ok }) => !ok).map(({ story }) => story);

it.each(["none" as const, ...allAnswers])(
  "%s leaks nothing, touches no stranger and ends in time",
  async (answer) => {
    const { ends, faults } = await play(answer === "none" ? [] : [answer]);
    expect(faults).toEqual([]);
    expect(ends.map(({ story }) => story)).toEqual(stories);
    expect(storiesThatStop(ends)).toEqual(
      (answer === "none" ? undefined : stops[answer]) ?? ["kill and edited up"],
    );
  },
);

const { rows, pairs } = rowsOfPairs(allAnswers);

/** Every n-th row; `npm run reliability -- --pairs` plays all of them. */
const step = process.env.RELIABILITY_PAIRS === "1" ? 1 : 29;

it("several answers at once do neither", async () => {
  const played = rows.filter((_, index) => index % step === 0);
  const found: string[] = [];
  for (const row of played) {
    const { faults } = await play(row);
    found.push(...faults.map((fault) => `${row.join(" ")}: ${fault}`));
  }
  measure(
    "answers at once",
    `${played.length} of ${rows.length} rows that cover ${pairs} pairs, ${found.length} faults`,
  );
  expect(found).toEqual([]);
});
