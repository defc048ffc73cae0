import { questions } from "../../simulator/questions";
import type { QuestionId } from "../../simulator/questions";
import { changeEips, release } from "./change-steps";
import type { Life } from "./segment-lifecycle";
import { describeAbsent, listEips, readEips, readSegment } from "./list-steps";
import { Stopped } from "./probe";
import { allocate, repeatAfterRelease, repeatToken, waitUntilReady } from "./token-steps";

interface Step {
  title: string;
  /** What it measures. */
  questions: readonly QuestionId[];
  run: (life: Life, isWanted: (question: QuestionId) => boolean) => Promise<void>;
  /** Steps without which the later ones cannot run. @default false */
  isRequired?: boolean;
}

const withoutSegment: Step = {
  title: "Describing a segment and an EIP that do not exist",
  questions: ["absent-segment", "absent-eip"],
  run: describeAbsent,
};

/** In this order, from the allocation of a segment to its release. */
const withSegment: readonly Step[] = [
  {
    title: "Allocating a segment",
    questions: ["token-of-refused-request", "token-in-progress"],
    run: (life, isWanted) => allocate(life, isWanted("token-of-refused-request")),
    isRequired: true,
  },
  {
    title: "Waiting until the segment is ready",
    questions: ["new-segment", "eips-of-allocating", "ready-status"],
    run: waitUntilReady,
    isRequired: true,
  },
  { title: "Listing its EIPs", questions: ["eips-of-ready"], run: listEips },
  {
    title: "Reading the segment",
    questions: ["segment-filter", "ip-count", "segment-fields", "total-count"],
    run: readSegment,
  },
  {
    title: "Reading its EIPs",
    questions: ["eip-filter", "page-size", "eip-fields", "eip-words", "eip-numbers"],
    run: readEips,
  },
  {
    title: "Changing its EIPs",
    questions: ["modify-bandwidth", "eip-changes", "tag-eips", "eip-tags", "move-group"],
    run: changeEips,
  },
  {
    title: "Repeating the ClientToken",
    questions: ["token-of-live-segment", "token-with-other-settings", "token-memory", "token-after-release"],
    run: repeatToken,
  },
  {
    title: "Releasing the segment",
    questions: [
      "second-release",
      "released-segment",
      "first-release",
      "eips-of-released",
      "token-after-release",
    ],
    run: release,
  },
  {
    title: "Repeating the ClientToken of the released segment",
    questions: ["token-after-release"],
    run: repeatAfterRelease,
  },
];

/**
 * Asks the questions, in steps along the life of one segment. What cannot be measured is noted with the reason.
 *
 * @param only - The questions to ask; all without one.
 */
export async function interview(life: Life, only: readonly QuestionId[]): Promise<void> {
  const isWanted = (question: QuestionId): boolean => only.length === 0 || only.includes(question);
  const steps = [withoutSegment, ...withSegment];
  const wanted = steps.filter((step) => step.questions.some(isWanted));
  const needsSegment = wanted.some((step) => withSegment.includes(step));
  let why = "It cannot be provoked.";
  for (const step of steps) {
    const isNeeded = wanted.includes(step) || (needsSegment && step.isRequired === true);
    if (!isNeeded) continue;
    life.log(`${step.title}.`);
    life.begin();
    try {
      await step.run(life, isWanted);
    } catch (error) {
      why =
        error instanceof Stopped
          ? "The time limit was reached, or the command was interrupted."
          : messageOf(error);
      life.log(why);
      if (step.isRequired === true || error instanceof Stopped) break;
    }
  }
  for (const question of Object.keys(questions) as QuestionId[]) {
    if (!isWanted(question)) life.findings.delete(question);
    else if (!life.findings.has(question)) {
      life.begin();
      life.notMeasured(question, why);
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
