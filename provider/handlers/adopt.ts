import { randomUUID } from "node:crypto";
import { EipSegmentError } from "../leaves/errors";
import { compareSettings, describeDifferences } from "../operations/compare-settings";
import { describeSegment } from "../operations/describe-segment";
import { readySegment } from "../operations/ready-segment";
import type { CreateResult } from "./create";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { finishSegment } from "./finish-segment";
import { defaults } from "./inputs/schema";
import type { CheckedInputs } from "./inputs/schema";
import { sameValue, userTags } from "./state";

/**
 * Takes over an existing segment instead of allocating one: checks every setting first, and changes nothing but the
 * ownership tag.
 *
 * @throws EipSegmentError when there is no such segment, or when it differs from the inputs: nothing was changed then.
 */
export async function adoptSegment(
  deps: Deps,
  inputs: CheckedInputs,
  segmentId: string,
  provider: unknown,
): Promise<CreateResult> {
  const { regionId } = inputs;
  const deadline = deadlineOf(deps, "create", inputs.customTimeouts);
  if ((await describeSegment(deps.api, regionId, segmentId, deadline)) === undefined) {
    throw new EipSegmentError(
      `adopt is "${segmentId}", but ${regionId} has no such segment that these credentials can see. Correct adopt or regionId, or use the segment's account.`,
    );
  }
  const ready = await readySegment(deps, regionId, segmentId, deadline);
  const differences = compareSettings({ ...defaults, ...inputs }, ready);
  const strangers = ready.eips.filter(
    (eip) => inputs.tags !== undefined && !sameValue(userTags(eip), inputs.tags),
  );
  const words = [
    ...(differences.length > 0 ? [describeDifferences(differences)] : []),
    ...(strangers[0] === undefined
      ? []
      : [`tags are ${JSON.stringify(userTags(strangers[0]))}, not ${JSON.stringify(inputs.tags)}`]),
  ];
  if (words.length > 0) {
    throw new EipSegmentError(
      `Segment ${segmentId} cannot be adopted as it is declared, and nothing was changed: ${words.join("; ")}. ` +
        "Write what the segment has; change it with another `pulumi up` after the adoption.",
    );
  }
  const creation = randomUUID();
  const urn = deps.memory.originOf(inputs.clientToken)?.urn ?? "";
  deps.memory.rememberCreated(segmentId, { urn, creation });
  const owned = { segmentId, clientToken: "", ownerToken: inputs.clientToken, creation, abandoned: [] };
  return { id: segmentId, outs: await finishSegment(deps, owned, inputs, deadline, provider) };
}
