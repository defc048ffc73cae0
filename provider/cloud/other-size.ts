import { EipSegmentError } from "../util/errors";
import { maskOf } from "./segment";
import type { Eip, Segment } from "./segment";

/** The cloud allocated a segment of another size than requested. The message says all that can be done about it. */
export class OtherSizeError extends EipSegmentError {}

/**
 * Refuses a segment of another size than requested, by its block, or where the cloud reports none by its EIPs.
 *
 * @param eips - Its EIPs; empty while they are not listed.
 * @param urn - URN of the resource that requested it.
 * @throws OtherSizeError with both sizes, what the segment costs, and how to release it.
 */
export function refuseOtherSize(
  segment: Segment,
  eips: readonly Eip[],
  eipMask: number,
  urn: () => string,
): void {
  const { segmentId, cidrBlock } = segment;
  const mask = maskOf(segment, eips);
  if (mask !== undefined && mask !== eipMask) {
    throw new OtherSizeError(
      `Segment ${segmentId} has ${2 ** (32 - mask)} addresses (${cidrBlock ?? "no block is listed"}), but eipMask ${eipMask} requests ${2 ** (32 - eipMask)}. ` +
        `It is in the state, and each of its addresses is billed. Run \`pulumi destroy --target '${urn()}'\` to release it.`,
    );
  }
}
