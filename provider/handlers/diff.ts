import { EipSegmentError } from "../util/errors";
import { otherSegment, sharedSegment } from "./adoption-rules";
import { changesBetween } from "./change-rules";
import type { Deps } from "./deps";
import type { CheckedInputs } from "../inputs/schema";
import { isUnknown } from "../inputs/unknown";
import { readState } from "./state";

/** Answer of diff. */
export interface DiffResult {
  changes: boolean;
  /** Inputs because of which the segment is replaced. */
  replaces: string[];
}

/**
 * Says what a run would do to a segment. Asks the cloud nothing.
 *
 * @throws EipSegmentError when `adopt` names another segment than the one the resource has, or when another resource adopts
 *   the segment while this one keeps it.
 */
export function diff(
  { memory, say }: Pick<Deps, "memory" | "say">,
  id: string,
  olds: object,
  news: Record<string, unknown>,
): DiffResult {
  const state = readState(id, olds);
  const inputs = news as Partial<CheckedInputs>;
  if (inputs.adopt !== undefined && !isUnknown(inputs.adopt) && inputs.adopt !== id) {
    throw new EipSegmentError(otherSegment(inputs.adopt, id));
  }
  const changes = changesBetween(state, inputs);
  const replaces = changes.filter(({ effect }) => effect === "replace").map(({ name }) => name);
  const declared = memory.declaredWith(inputs.clientToken);
  if (declared !== undefined && replaces.length === 0) {
    const twin = memory.stayingRecordsOf(id).find(({ urn }) => urn !== declared.urn);
    memory.rememberStaying(id, { urn: declared.urn, creation: state.__creation });
    const adopter = memory.adopterOf(id);
    if (adopter !== undefined) {
      throw new EipSegmentError(sharedSegment(adopter, id));
    }
    if (twin !== undefined) {
      say(
        `Segment ${id} is recorded twice, for ${twin.urn} and ${declared.urn}. Remove one of the two resources from the program: the segment stays with the other.`,
      );
    }
  }
  return {
    // A refresh clears the engine's own mark of a creation that failed half-way, so the state itself must ask for the rest.
    changes: changes.length > 0 || state.status !== "Allocated" || state.__unfinished.length > 0,
    replaces,
  };
}
