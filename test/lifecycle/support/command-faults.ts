import type { SegmentView } from "../../../simulator";
import type { CommandEnd, World } from "./world";

/** Timeout of each verb, in ms. */
const timeoutMs = 600_000;

/** Time in ms that a command may take beyond the timeouts of its verbs: the last request, and what is waited for beside them. */
const slackMs = 60_000;

/** What an error must hold: a command, or what else the user is to do. */
const instruction =
  /`[^`]+`|\b(Set|Grant|Detach|Remove|Release|Choose|Correct|Check|Raise|Wait|Run|Open|See|Increase|Use|Report)\b/;

/**
 * What must not be at the end of a command, whatever the cloud answers.
 *
 * @param verbs - Verbs that the command may run one after the other.
 */
export function commandFaults({ errors, tookMs }: CommandEnd, verbs: number): string[] {
  return [
    ...(tookMs > verbs * timeoutMs + slackMs ? [`took ${Math.round(tookMs / 1000)} s`] : []),
    ...errors.filter((error) => !instruction.test(error)).map((error) => `no instruction: ${error}`),
  ];
}

/** Segments of others that are not as they were. */
export function touchedFaults(world: World, strangers: readonly SegmentView[]): string[] {
  const now = new Map(world.segments().map((segment) => [segment.id, JSON.stringify(segment)]));
  return strangers
    .filter((stranger) => now.get(stranger.id) !== JSON.stringify(stranger))
    .map(({ id }) => `touched the stranger's ${id}`);
}

/** Addresses that the state of a resource has and its segment does not, or the reverse. */
export function addressFaults(world: World, name: string): string[] {
  const { id, outputs } = world.engine.entry(name) ?? {};
  const real = world.cloud.segments().find((one) => one.id === id);
  const recorded = (outputs?.addresses ?? []) as readonly { ipAddress: string }[];
  const [has, should] = [recorded, real?.addresses ?? []].map((list) =>
    list.map(({ ipAddress }) => ipAddress).join(),
  );
  return real !== undefined && has === should ? [] : [`${name} has the addresses ${has}`];
}
