import { randomUUID } from "node:crypto";
import { EipSegmentError } from "../util/errors";
import { compareSettings, describeDifferences } from "../cloud/compare-settings";
import { describeSegment } from "../cloud/describe-segment";
import { readySegment } from "../cloud/ready-segment";
import type { ReadySegment } from "../cloud/ready-segment";
import { heldByAnother } from "./adoption-rules";
import type { CreateResult } from "./create";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { finishSegment } from "./finish-segment";
import { defaults } from "../inputs/schema";
import type { CheckedInputs } from "../inputs/schema";
import { mixedSettings, sameValue, userTags } from "./state";

/**
 * Takes over an existing segment instead of allocating one: checks every setting first, and changes nothing but the
 * ownership tag.
 *
 * @throws EipSegmentError when there is no such segment, when it is being released, or when it differs from the inputs: nothing
 *   was changed then.
 */
export async function adoptSegment(
  deps: Deps,
  inputs: CheckedInputs,
  segmentId: string,
  provider: unknown,
): Promise<CreateResult> {
  const { regionId } = inputs;
  const deadline = deadlineOf(deps, "create", inputs.customTimeouts);
  const found = await describeSegment(deps.api, regionId, segmentId, deadline);
  if (found === undefined) {
    throw new EipSegmentError(
      `adopt is "${segmentId}", but ${regionId} has no such segment that these credentials can see. Correct adopt or regionId, or use the segment's account.`,
    );
  }
  if (found.status === "Releasing") {
    throw new EipSegmentError(
      `adopt is "${segmentId}", but somebody is releasing that segment. Correct adopt, or leave it out to allocate a new segment.`,
    );
  }
  const ready = await readySegment(deps, regionId, segmentId, deadline);
  const { secrets, urn } = deps.memory.originOf(inputs.clientToken);
  refuseDifferences(segmentId, inputs, ready, secrets);
  if (inputs.bandwidth === undefined && mixedSettings(ready.eips)?.includes("bandwidth")) {
    deps.say(
      `The EIPs of segment ${segmentId} have different bandwidths and keep them. Write bandwidth to set all alike.`,
    );
  }
  const held = heldByAnother(deps.memory, segmentId, urn);
  if (held !== undefined) {
    // The diff of the resource that keeps the segment may come after this one's check.
    throw new EipSegmentError(held);
  }
  const creation = randomUUID();
  deps.memory.rememberCreated(segmentId, { urn, creation });
  const owned = { segmentId, clientToken: "", ownerToken: inputs.clientToken, creation, abandoned: [] };
  return { id: segmentId, outs: await finishSegment(deps, owned, inputs, deadline, provider) };
}

/**
 * Refuses a segment that differs from what is declared, naming everything that does. EIPs that differ among themselves cannot be
 * declared as they are, so a bandwidth that is not written counts as its default only where all have the same.
 */
function refuseDifferences(
  segmentId: string,
  inputs: CheckedInputs,
  ready: ReadySegment,
  secrets: readonly string[],
): void {
  const differences = compareSettings({ ...defaults, ...inputs }, ready).filter(
    ({ name, mixed }) => !(mixed && name === "bandwidth" && inputs.bandwidth === undefined),
  );
  const words = describeDifferences(differences, secrets);
  const unlike = ready.eips.find(
    (eip) => inputs.tags !== undefined && !sameValue(userTags(eip), inputs.tags),
  );
  if (unlike !== undefined) {
    words.push(
      secrets.includes("tags")
        ? "tags are not as declared (a secret)"
        : `tags are ${JSON.stringify(userTags(unlike))}, not ${JSON.stringify(inputs.tags)}`,
    );
  }
  if (words.length === 0) {
    return;
  }
  const mixed = [
    ...differences.filter((difference) => difference.mixed).map(({ name }) => name),
    ...(unlike !== undefined && mixedSettings(ready.eips)?.includes("tags") ? ["tags"] : []),
  ];
  const wayOn =
    mixed.length === 0
      ? ""
      : ` Its EIPs differ among themselves in ${mixed.join(" and ")}: leave that out for the adoption, and write it afterwards to set all alike.`;
  throw new EipSegmentError(
    `Segment ${segmentId} cannot be adopted as it is declared, and nothing was changed: ${words.join("; ")}. ` +
      `Write what the segment has; change it with another \`pulumi up\` after the adoption.${wayOn}`,
  );
}
