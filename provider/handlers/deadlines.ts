import type { Deps } from "./deps";
import type { CheckedInputs } from "../inputs/schema";
import { parseDuration } from "../util/duration";

/** Time a verb may take when `customTimeouts` says nothing, in ms. The cloud documents none; its FAQ speaks of 3 to 5 minutes. */
export const defaultTimeoutMs = 600_000;

/** ms by the clock until which a verb that starts now may go on. */
export function deadlineOf(
  { clock }: Pick<Deps, "clock">,
  verb: "create" | "read" | "update" | "delete",
  customTimeouts: CheckedInputs["customTimeouts"],
): number {
  return clock.now() + (parseDuration(customTimeouts?.[verb] ?? "") ?? defaultTimeoutMs);
}
