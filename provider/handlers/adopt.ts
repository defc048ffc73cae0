import { randomUUID } from "node:crypto";
import type { ReadySegment } from "../cloud/segment";
import { differencesBetween, inWords, mixedInputs } from "../inputs/compare";
import { defaults } from "../inputs/input-table";
import type { CheckedInputs } from "../inputs/input-table";
import { EipSegmentError } from "../util/errors";
import type { CreateResult } from "./create";
import { finishSegment } from "./finish";
import type { Claim } from "./ledger";
import { deadlineOf } from "./run";
import type { Run } from "./run";

/** Why a resource that has a segment cannot adopt another one. */
export const otherSegment = (adopt: string, own: string): string =>
  `adopt is "${adopt}", but this resource already has segment ${own}. Remove adopt, or declare another resource for the other segment.`;

/** Why a resource cannot adopt a segment that another one claims. */
export const inConflict = (adopt: string, { kind, urn }: Claim): string =>
  kind === "adopting"
    ? `adopt is "${adopt}", but ${urn} already adopts that segment. Remove adopt from one of the two.`
    : `adopt is "${adopt}", but ${urn} manages that segment. Remove that resource from the program, or set the resource option aliases: ["${urn}"] on this one.`;

/**
 * Adopts an existing segment instead of allocating one: compares every input first, and changes nothing but the ownership tag.
 *
 * @throws EipSegmentError when there is no such segment, when it is being released, or when it differs from the inputs: nothing
 *   was changed then.
 */
export async function adoptSegment(
  run: Run,
  inputs: CheckedInputs,
  segmentId: string,
  provider: unknown,
): Promise<CreateResult> {
  const { regionId } = inputs;
  const region = run.regions.get(regionId);
  const deadline = deadlineOf(run, "create", inputs.customTimeouts);
  const found = await region.find(segmentId, deadline);
  if (found === undefined) {
    throw new EipSegmentError(
      `adopt is "${segmentId}", but ${regionId} has no such segment that these credentials can see. Correct adopt or regionId, or use the segment's account.`,
    );
  }
  if (found.status === "Releasing") {
    throw new EipSegmentError(
      `adopt is "${segmentId}", but that segment is being released. Correct adopt, or remove it to allocate a new segment.`,
    );
  }
  const ready = await region.waitUntilReady(segmentId, deadline);
  const { secrets, urn } = run.ledger.originOf(inputs.clientToken);
  refuseDifferences(segmentId, inputs, ready, secrets);
  if (inputs.bandwidth === undefined && mixedInputs(ready.eips).includes("bandwidth")) {
    run.log(
      `The EIPs of segment ${segmentId} have different bandwidths and keep them. Set bandwidth to give every EIP the same.`,
    );
  }
  const creation = randomUUID();
  // The diff of the resource that keeps the segment may come after this one's check.
  const conflict = run.ledger.claim(segmentId, { kind: "created", urn, creation });
  if (conflict !== undefined) {
    throw new EipSegmentError(inConflict(segmentId, conflict));
  }
  const owned = {
    segmentId,
    clientToken: "",
    ownerToken: inputs.clientToken,
    creation,
    abandoned: [],
    ready,
  };
  const { tags } = inputs;
  return {
    id: segmentId,
    outs: await finishSegment(run, owned, { inputs, wanted: { tags }, deadline, provider }),
  };
}

/**
 * Refuses a segment that differs from what is declared, naming everything that does. EIPs that differ among themselves cannot be
 * declared as they are, so a bandwidth that is not set counts as its default only where all have the same.
 */
function refuseDifferences(
  segmentId: string,
  inputs: CheckedInputs,
  ready: ReadySegment,
  secrets: readonly string[],
): void {
  const differences = differencesBetween({ ...defaults, ...inputs }, ready).filter(
    ({ name, isMixed }) => !(isMixed && name === "bandwidth" && inputs.bandwidth === undefined),
  );
  if (differences.length === 0) {
    return;
  }
  const mixed = differences.filter(({ isMixed }) => isMixed).map(({ name }) => name);
  const remedy =
    mixed.length === 0
      ? ""
      : ` Its EIPs differ in ${mixed.join(" and ")}: omit ${mixed.length === 1 ? "it" : "them"} during the adoption, and set ${mixed.length === 1 ? "it" : "them"} afterwards to give every EIP the same.`;
  throw new EipSegmentError(
    `Segment ${segmentId} cannot be adopted as declared, and nothing was changed: ${inWords(differences, secrets).join("; ")}. ` +
      `Declare what the segment has; change it with another \`pulumi up\` after the adoption.${remedy}`,
  );
}
