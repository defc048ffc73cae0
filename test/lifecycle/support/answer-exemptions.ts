import { allAnswers, type Answer } from "../../../simulator/questions";
import type { Story } from "./answer-stories";

const everyUp: readonly Story[] = [
  ...(["up", "unchanged up", "update", "replace", "destroy and up"] as const),
  ...(["kill and up", "kill and edited up"] as const),
];

/** Stories that stop, each with an instruction; where nothing is said, only the edited program after a kill. */
export const stops: Partial<Record<Answer, readonly Story[]>> = {
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
const leaving: readonly Answer[] = [
  "token-memory=none",
  "token-with-other-settings=new-segment",
  "new-segment=after-grace",
];

const edited: readonly Story[] = ["kill and edited up"];
const afterKill: readonly Story[] = ["kill and up", "destroy after a kill", ...edited];

/** The same for several answers together, after which a killed run's segment is not listed yet while the next run searches. */
const leavingTogether: readonly { answers: readonly Answer[]; in: readonly Story[] }[] = [
  // The token does not lead to it.
  { answers: ["token-memory=none", "new-segment=late"], in: afterKill },
  { answers: ["token-memory=none", "new-segment=after-grace"], in: afterKill },
  { answers: ["token-of-live-segment=exists", "new-segment=after-grace"], in: afterKill },
  // Another segment stops the run first, or nothing tells the settings apart.
  { answers: ["new-segment=late", "eip-fields=no-settings"], in: edited },
  { answers: ["new-segment=late", "eip-filter=nothing"], in: edited },
  { answers: ["new-segment=late", "eip-tags=missing"], in: edited },
];

/** Whether a story may end without the killed run's segment in the state or the output. */
export function mayLeave(answers: readonly Answer[], story: Story): boolean {
  const isLeft = edited.includes(story) && answers.some((answer) => leaving.includes(answer));
  return (
    isLeft ||
    leavingTogether.some(
      (one) => one.in.includes(story) && one.answers.every((answer) => answers.includes(answer)),
    )
  );
}

/** Answers under which no resource of the stories is ever deployed: they hide what another answer does after an `up`. */
export const stopping: readonly Answer[] = allAnswers.filter(
  (answer) => stops[answer]?.includes("unchanged up") === true,
);

/** Answers under which some changes of a history never succeed, because the cloud refuses them for good. */
const refusing: readonly Answer[] = [...stopping, "modify-bandwidth=refused"];

/** The same for several answers together. */
const refusingTogether: readonly (readonly Answer[])[] = [
  // A reply with neither a list nor a count is no evidence that a segment is absent, and one that counts a segment speaks against it.
  ["absent-segment=no-list", "total-count=missing"],
  ["absent-segment=no-list", "total-count=too-high"],
  // Without the segment's id and its block, nothing proves that an EIP belongs to it.
  ["eip-fields=no-segment-id", "segment-fields=no-block"],
];

/** Whether the program of a history may never succeed. */
export const mayNeverSucceed = (answers: readonly Answer[]): boolean =>
  answers.some((answer) => refusing.includes(answer)) ||
  refusingTogether.some((together) => together.every((answer) => answers.includes(answer)));

/** Answers under which nothing in the cloud leads a later run to what a killed run left, also where the program is unchanged. */
export const forgetting: readonly Answer[] = [...leaving, "token-memory=seconds"];

/** Answers under which the settings of a segment differ from the declared ones after a success: the provider cannot see it. */
export const hiding: readonly Answer[] = [
  "modify-bandwidth=without-effect",
  "tag-eips=without-effect",
  "eip-tags=missing",
];
