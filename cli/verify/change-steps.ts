import { pollFor } from "./segment-lifecycle";
import type { Life } from "./segment-lifecycle";
import { codeOf } from "./probe";
import type { Row } from "./probe";
import { textOf } from "./probe";

/** Longest time in ms until a change is expected to show. */
const showsWithinMs = 8000;

/** A segment that is listed as before for this time in ms is not being released. */
const staysMs = 30_000;

/** Changes the bandwidth of one EIP, and tags and moves it. */
export async function changeEips(life: Life): Promise<void> {
  const [eip] = await life.eips();
  const AllocationId = String(eip?.AllocationId);
  await changeBandwidth(life, AllocationId);
  life.begin();
  await tag(life, AllocationId);
  life.begin();
  const group = String(eip?.ResourceGroupId);
  const move = { ResourceId: AllocationId, NewResourceGroupId: group, ResourceType: "EIP" };
  const code = codeOf(await life.probe.call("MoveResourceGroup", move));
  if (code !== undefined) life.noteRefusal("move-group=refused", "move-group", code);
  else life.note(undefined, "move-group", "Accepted for the group that it is in.");
}

async function changeBandwidth(life: Life, AllocationId: string): Promise<void> {
  const question = "modify-bandwidth";
  const code = codeOf(await life.probe.call("ModifyEipAddressAttribute", { AllocationId, Bandwidth: "2" }));
  if (code !== undefined) {
    life.noteRefusal("modify-bandwidth=refused", question, code);
    life.notMeasured("eip-changes", "The change was refused.");
    return;
  }
  const { result: changed = 0, tookMs } = await shown(life, ({ Bandwidth }) => String(Bandwidth) === "2");
  const saw = `${changed} EIPs changed after ${Math.round(tookMs / 1000)} s.`;
  if (changed === 0) {
    life.note("modify-bandwidth=without-effect", question, saw);
    life.notMeasured("eip-changes", "Nothing changed.");
    return;
  }
  life.note(changed > 1 ? "modify-bandwidth=whole-segment" : undefined, question, saw);
  life.note(tookMs >= 2000 ? "eip-changes=late" : undefined, "eip-changes", saw);
}

async function tag(life: Life, allocationId: string): Promise<void> {
  const code = codeOf(
    await life.probe.call("TagResources", {
      ...{ ResourceType: "EIP", "ResourceId.1": allocationId },
      ...{ "Tag.1.Key": "eip-segment-verify", "Tag.1.Value": "1" },
    }),
  );
  const rows = await life.eips();
  const hasTags = rows.some(({ Tags }) => Tags !== undefined);
  life.note(hasTags ? undefined : "eip-tags=missing", "eip-tags", hasTags ? "Returned." : "No Tags.");
  if (code !== undefined) life.noteRefusal("tag-eips=refused", "tag-eips", code);
  else if (!hasTags) life.notMeasured("tag-eips", "The tags are not returned.");
  else {
    const { result } = await shown(life, ({ Tags }) => JSON.stringify(Tags).includes("eip-segment-verify"));
    const answer = result === undefined ? "tag-eips=without-effect" : undefined;
    life.note(answer, "tag-eips", `${result ?? 0} EIPs have the tag.`);
  }
}

function shown(life: Life, isChanged: (eip: Row) => boolean): ReturnType<typeof pollFor<number>> {
  return pollFor(life, showsWithinMs, async () => {
    const count = (await life.eips()).filter(isChanged).length;
    return count === 0 ? undefined : count;
  });
}

/** Releases the segment, and reads how it goes. */
export async function release(life: Life): Promise<void> {
  const eips = await life.eips();
  const first = codeOf(await life.sendRelease());
  if (first !== undefined) throw new Error(`The release was refused: ${first}.`);
  const statuses = new Set<string>();
  let second: string | undefined;
  const poll = async (): Promise<true | undefined> => {
    const segment = await life.describe();
    if (segment === undefined) return true;
    const { Status: status } = segment;
    statuses.add(textOf(status));
    if (second === undefined && status !== life.segment.Status) {
      second = codeOf(await life.sendRelease()) ?? "200";
    }
    return undefined;
  };
  const isUnchanged = (): boolean => [...statuses].every((status) => status === life.segment.Status);
  let { result: isAbsent } = await pollFor(life, staysMs, poll);
  if (!isUnchanged()) isAbsent ??= (await pollFor(life, 120_000, poll)).result;
  noteRelease(life, [...statuses], second, isAbsent === true);
  if (isAbsent === true) await readOutliving(life, eips);
}

function noteRelease(
  life: Life,
  statuses: readonly string[],
  second: string | undefined,
  isAbsent: boolean,
): void {
  const saw = [...statuses, ...(isAbsent ? ["absent"] : [])].join(", ");
  const stays = !isAbsent && statuses.length === 1 && statuses[0] === life.segment.Status;
  life.note(stays ? "first-release=without-effect" : undefined, "first-release", saw);
  if (stays) life.notMeasured("released-segment", "The segment stays.");
  else if (statuses.includes("Released")) life.note("released-segment=released", "released-segment", saw);
  else if (statuses.length === 0) life.notMeasured("released-segment", "It was absent at the first request.");
  else if (statuses.every((status) => status === life.segment.Status)) {
    life.note("released-segment=allocated", "released-segment", saw);
  } else if (statuses.includes("Releasing")) life.note(undefined, "released-segment", saw);
  else life.unlisted("released-segment", saw);
  if (second === undefined) life.notMeasured("second-release", "It was never listed as being released.");
  else if (second === "200") life.note("second-release=accepted", "second-release", second);
  else if (/NotExist|NotFound/.test(second)) life.note("second-release=absent", "second-release", second);
  else if (second.includes("Status")) life.note(undefined, "second-release", second);
  else life.unlisted("second-release", second);
}

async function readOutliving(life: Life, eips: readonly Row[]): Promise<void> {
  life.begin();
  const ids = eips.map(({ AllocationId }) => String(AllocationId));
  const left = (await life.ownEips({ AllocationId: ids.join(",") })).filter(
    ({ Status }) => !/^releasing$/i.test(String(Status)),
  );
  life.note(
    left.length > 0 ? "eips-of-released=listed-longer" : undefined,
    "eips-of-released",
    `${left.length} EIPs.`,
  );
}
