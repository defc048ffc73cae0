import { quotaCodes } from "../../provider/cloud/allocate";
import { idOf, pollFor } from "./segment-lifecycle";
import type { Life } from "./segment-lifecycle";
import type { RawAnswer } from "../cloud/raw-api";
import { codeOf } from "./probe";

/**
 * Allocates the segment, by two requests with one token at the same time.
 *
 * @param afterRefusal - Whether the token is first sent with an invalid request, twice, to see if the refusal is remembered.
 * @throws Error with the refusal where no segment is allocated.
 */
export async function allocate(life: Life, afterRefusal: boolean): Promise<void> {
  const refusals = afterRefusal ? await refuseFirst(life) : undefined;
  let answers = await twiceAtOnce(life);
  if (refusals !== undefined) {
    noteRefused(life, refusals, answers[0]);
    if (answers.every((answer) => idOf(answer) === undefined)) {
      life.request = life.newRequest();
      life.begin();
      answers = await twiceAtOnce(life);
    }
  }
  const ids = [...new Set(answers.flatMap((answer) => idOf(answer) ?? []))];
  const code = answers.map(codeOf).find((one) => one !== undefined);
  const [id] = ids;
  if (id === undefined) throw new Error(`No segment was allocated: ${code ?? "no id"}.`);
  found(life, id);
  const question = "token-in-progress";
  if (ids.length > 1) life.unlisted(question, "Two segments were allocated.");
  else if (code === undefined) life.notMeasured(question, "The requests did not overlap.");
  else if (code.includes("LastTokenProcessing")) life.note(undefined, question, code);
  else if (/Idempoten\w*Processing/i.test(code)) life.note("token-in-progress=processing", question, code);
  else if (code.includes("Exist")) life.notMeasured(question, code);
  else life.unlisted(question, code);
}

const twiceAtOnce = (life: Life): Promise<[RawAnswer, RawAnswer]> =>
  Promise.all([life.allocate(life.request, true), life.allocate(life.request, true)]);

/** Sends an invalid request with the token twice; undefined where the cloud accepts it. */
async function refuseFirst(life: Life): Promise<{ first: string; second: string } | undefined> {
  const invalid = { ...life.request, Bandwidth: "0" };
  const first = codeOf(await life.allocate(invalid));
  const second = first === undefined ? undefined : codeOf(await life.allocate(invalid));
  if (first !== undefined && second !== undefined) return { first, second };
  life.unlisted("token-of-refused-request", "A bandwidth of 0 was accepted.");
  life.request = life.newRequest();
  return undefined;
}

/** Judges whether the valid request was refused because of the invalid ones before it. */
function noteRefused(
  life: Life,
  { first, second }: { first: string; second: string },
  valid: RawAnswer,
): void {
  const question = "token-of-refused-request";
  const code = codeOf(valid) ?? "a segment";
  const saw = `${first}, ${second}; with valid settings: ${code}.`;
  if (/Idempotent\w*Failed/i.test(second)) life.note("token-of-refused-request=failed", question, saw);
  else if (/Mismatch/i.test(code) || code === first)
    life.note("token-of-refused-request=again", question, saw);
  else if (idOf(valid) === undefined) life.notMeasured(question, saw);
  else life.note(undefined, question, saw);
}

function found(life: Life, segmentId: string): void {
  life.segmentId = segmentId;
  life.allocatedAt = life.probe.clock.now();
  life.log(`Allocated segment ${segmentId}.`);
}

/** Repeats the token at once, with other settings, and once more later. */
export async function repeatToken(life: Life): Promise<void> {
  const live = "token-of-live-segment";
  const again = await life.allocate(life.request);
  const id = idOf(again);
  if (isAnother(life, again)) {
    life.note("token-memory=none", "token-memory", `At once: ${codeOf(again) ?? "another segment"}.`);
    for (const question of [
      "token-in-progress",
      live,
      "token-with-other-settings",
      "token-after-release",
    ] as const) {
      life.notMeasured(question, "The token was forgotten.");
    }
    return;
  }
  const code = codeOf(again) ?? "";
  const isNamed = again.kind === "refusal" && again.message.includes(life.segmentId);
  if (id !== undefined) life.note(undefined, live, "The same id.");
  else if (!/Exist/i.test(code)) life.unlisted(live, code);
  else life.note(isNamed ? "token-of-live-segment=exists-named" : "token-of-live-segment=exists", live, code);
  life.begin();
  await otherSettings(life);
  life.begin();
  await repeatLater(life);
}

async function otherSettings(life: Life): Promise<void> {
  const question = "token-with-other-settings";
  const answer = await life.allocate({ ...life.request, Bandwidth: "2" });
  const [id, code] = [idOf(answer), codeOf(answer) ?? ""];
  if (id === life.segmentId) life.note("token-with-other-settings=old-segment", question, "The same id.");
  else if (id !== undefined) life.note("token-with-other-settings=new-segment", question, "Another id.");
  else if (/Mismatch/i.test(code)) life.note(undefined, question, code);
  else life.unlisted(question, code);
}

async function repeatLater(life: Life): Promise<void> {
  const leftMs = life.allocatedAt + 15_000 - life.probe.clock.now();
  if (leftMs > 0) await life.probe.pause(leftMs);
  const again = await life.allocate(life.request);
  const seconds = Math.round((life.probe.clock.now() - life.allocatedAt) / 1000);
  const code = codeOf(again) ?? "no response";
  const question = "token-memory";
  if (isAnother(life, again)) {
    const what = idOf(again) === undefined ? code : "another segment";
    life.note("token-memory=seconds", question, `After ${seconds} s: ${what}.`);
  } else if (idOf(again) === undefined && !/Exist/i.test(code)) {
    life.notMeasured(question, code);
  } else {
    life.note(undefined, question, `Still remembered after ${seconds} s. A longer time is not measured.`);
  }
}

/** Whether a repeated token was taken for a new request: it returned another segment, or the quota refuses one. */
function isAnother({ segmentId }: Life, answer: RawAnswer): boolean {
  const id = idOf(answer);
  return id === undefined ? quotaCodes.has(codeOf(answer) ?? "") : id !== segmentId;
}

/** Repeats the token once its segment is no longer listed. */
export async function repeatAfterRelease(life: Life): Promise<void> {
  const question = "token-after-release";
  const memory = life.findings.get("token-memory")?.answer;
  if (memory !== undefined && memory !== "assumed") {
    life.notMeasured(question, "The token was forgotten before.");
    return;
  }
  const answer = await life.allocate(life.request);
  const [id, code] = [idOf(answer), codeOf(answer) ?? ""];
  if (id === life.segmentId) life.note(undefined, question, "The id of the released segment.");
  else if (id !== undefined) life.note("token-after-release=new-segment", question, "Another id.");
  else if (/^Quota|Throttl|Purchase/i.test(code)) life.notMeasured(question, code);
  else
    life.note(
      code.includes("Exist") ? "token-after-release=exists" : "token-after-release=refused",
      question,
      code,
    );
}

/** When a new segment is listed, whether its EIPs are before it is ready, and how its status is spelt then. */
export async function waitUntilReady(life: Life): Promise<void> {
  const listed = await pollFor(life, 120_000, () => life.describe());
  const seconds = Math.round(listed.tookMs / 1000);
  const saw = listed.result === undefined ? `not within ${seconds} s` : `after ${seconds} s`;
  if (listed.result === undefined) life.unlisted("new-segment", saw);
  else if (listed.tookMs < 3000) life.note(undefined, "new-segment", saw);
  else
    life.note(listed.tookMs <= 20_000 ? "new-segment=late" : "new-segment=after-grace", "new-segment", saw);
  life.segment = listed.result ?? {};
  const isAllocating = ({ Status }: Life["segment"]): boolean => /^allocating$/i.test(String(Status));
  life.begin();
  if (isAllocating(life.segment)) {
    const count = (await life.ownEips({ SegmentInstanceId: life.segmentId })).length;
    const answer = count > 0 ? "eips-of-allocating=listed" : undefined;
    life.note(answer, "eips-of-allocating", `${count} EIPs.`);
  } else {
    life.notMeasured("eips-of-allocating", "The segment was ready at the first request.");
  }
  life.begin();
  const ready = await pollFor(life, 600_000, async () => {
    const segment = await life.describe();
    return segment === undefined || isAllocating(segment) ? undefined : segment;
  });
  life.segment = ready.result ?? life.segment;
  const status = String(life.segment.Status);
  if (status === "Allocated") life.note(undefined, "ready-status", status);
  else if (status.toLowerCase() === "failed") {
    life.note("failed-allocation=failed-status", "failed-allocation", status);
  } else {
    const isSameWord = status.toLowerCase() === "allocated";
    life.note(isSameWord ? "ready-status=upper-case" : "ready-status=other-word", "ready-status", status);
  }
}
