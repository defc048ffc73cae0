import type { Deps } from "./deps";
import type { CheckFailure } from "../inputs/parse-inputs";
import { isUnknown } from "../inputs/unknown";
import { recordedAs } from "./origin";
import type { Origin } from "./origin";
import type { ProcessMemory } from "./process-memory";

/** Why a resource that has a segment cannot adopt another one. */
export function otherSegment(adopt: string, own: string): string {
  return `adopt is "${adopt}", but this resource is segment ${own} already. Remove adopt, or declare another resource for the other segment.`;
}

/**
 * What is wrong with taking over a segment: no segment may end up with two resources, a resource cannot get a new segment while
 * it is told to take over a certain one, and one that has a segment keeps it. That the segment's present resource does not
 * keep it is known only once its diff has run, which then refuses it; see {@link sharedSegment}.
 *
 * @param adopt - The input, as far as it is valid.
 * @param creating - Whether a creation is coming.
 */
export function adoptionProblems(
  { memory }: Deps,
  origin: Origin,
  adopt: unknown,
  creating: boolean,
): CheckFailure[] {
  if (typeof adopt !== "string" || isUnknown(adopt)) {
    return [];
  }
  const { urn } = origin;
  const failures: CheckFailure[] = [];
  const fail = (reason: string): void => {
    failures.push({ property: "adopt", reason });
  };
  const own = recordedAs(origin)?.segmentId;
  if (!creating) {
    if (own !== undefined && adopt !== own) {
      fail(otherSegment(adopt, own));
    }
    return failures;
  }
  if (own !== undefined) {
    fail(
      `adopt is "${adopt}" while this resource is to be created anew in place of segment ${own}. Remove adopt, or undo what replaces the segment.`,
    );
  }
  const first = memory.adopterOf(adopt) ?? urn;
  if (first !== urn) {
    fail(`adopt is "${adopt}", but ${first} adopts that segment already. Remove adopt from one of the two.`);
  }
  const held = heldByAnother(memory, adopt, urn);
  if (held !== undefined) {
    fail(held);
  }
  if (failures.length === 0) {
    memory.rememberAdopter(adopt, urn);
  }
  return failures;
}

/** Why a resource cannot take a segment over; undefined as long as no other resource of the program is known to keep it. */
export function heldByAnother(memory: ProcessMemory, adopt: string, urn: string): string | undefined {
  const holder = memory.stayingRecordsOf(adopt).find((record) => record.urn !== urn);
  return (
    holder &&
    `adopt is "${adopt}", but ${holder.urn} has that segment and stays. Remove that resource from the program, or give this one its alias.`
  );
}

/** Why a resource cannot keep a segment that another one is to adopt. */
export function sharedSegment(adopter: string, segmentId: string): string {
  return `${adopter} adopts segment ${segmentId}, which this resource has. Remove one of the two resources from the program.`;
}
