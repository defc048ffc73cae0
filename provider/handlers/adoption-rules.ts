import type { Deps } from "./deps";
import type { CheckFailure } from "./inputs/parse-inputs";
import { isUnknown } from "./inputs/unknown";
import type { Origin } from "./origin";

/**
 * What is wrong with taking over a segment: no segment may end up with two resources, and a resource cannot get a new segment
 * while it is told to take over a certain one.
 *
 * @param adopt - The input, as far as it is valid.
 * @param creating - Whether a creation is coming.
 */
export function adoptionProblems(
  { memory }: Deps,
  { urn, held }: Origin,
  adopt: unknown,
  creating: boolean,
): CheckFailure[] {
  const own = held.find((segment) => segment.urn === urn)?.segmentId;
  const failures: CheckFailure[] = [];
  const fail = (reason: string): void => {
    failures.push({ property: "adopt", reason });
  };
  const adopter = own === undefined || creating ? undefined : memory.adopterOf(own);
  if (adopter !== undefined && adopter !== urn) {
    fail(
      `${adopter} adopts segment ${own ?? ""}, which this resource has. Remove one of the two resources from the program.`,
    );
  }
  if (!creating || typeof adopt !== "string" || isUnknown(adopt)) {
    return failures;
  }
  if (own !== undefined) {
    fail(
      `adopt is "${adopt}" while this resource is to be created anew in place of segment ${own}. Remove adopt, or undo what replaces the segment.`,
    );
  }
  const first = memory.adopter(adopt, urn);
  if (first !== urn) {
    fail(`adopt is "${adopt}", but ${first} adopts that segment already. Remove adopt from one of the two.`);
  }
  const holder = memory.stayingRecordsOf(adopt).find((record) => record.urn !== urn);
  if (holder !== undefined) {
    fail(
      `adopt is "${adopt}", but ${holder.urn} has that segment and stays. Remove that resource from the program, or give this one its alias.`,
    );
  }
  return failures;
}
