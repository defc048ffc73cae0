import type { Simulator } from "../../simulator";
import { CommandFailure } from "../command-failure";
import { isRecord, textAt } from "../json-values";

/**
 * Sends a request to the simulator's control path, which checks what it is given.
 *
 * @throws CommandFailure with the simulator's own words when it refuses.
 */
export async function control({ endpoint }: Simulator, path: string, body: string): Promise<void> {
  const response = await fetch(`${endpoint}/_simulator/${path}`, { method: "POST", body });
  const answer: unknown = await response.json();
  if (!response.ok) {
    const reason = isRecord(answer) ? textAt(answer, "error") : undefined;
    throw new CommandFailure(
      `The simulator refuses ${body}: ${(reason ?? "it gives no reason").replace(/\s+/g, " ")}`,
    );
  }
}
