import type { SegmentView } from "../../../simulator";
import type { Declaration, Entry } from "../engine-model";
import { addressFaults } from "./command-faults";
import type { Surroundings } from "./surroundings";
import { region, type World } from "./world";

/**
 * What is wrong with a stack after any run, also one that failed; empty when nothing is.
 *
 * @param may - Whether a segment may be left that no state has, as long as the output names it, and which may be left without.
 */
export function stackFaults(
  world: World,
  surroundings: Surroundings,
  may: { beNamed: boolean; beForgotten: (segmentId: string) => boolean },
): string[] {
  const live = world.live();
  const recorded = world.engine.entries.map(({ id }) => id);
  const named = world.printed.filter((line) => !line.includes("Recovered segment")).join("\n");
  const isKnown = (id: string): boolean =>
    recorded.includes(id) || surroundings.isFree(id) || (may.beNamed && named.includes(id));
  const moved = [...surroundings.moved];
  return [
    ...surroundings.violations,
    ...moved.filter((id) => recorded.includes(id)).map((id) => `${id} is in two stacks.`),
    ...moved.filter((id) => !live.includes(id)).map((id) => `${id}, which another stack has, was released.`),
    ...live
      .filter((id) => !isKnown(id) && !may.beForgotten(id))
      .map((id) => `${id} is paid for and forgotten.`),
  ];
}

/**
 * What is wrong with the resources of `program` after a run of it has succeeded; empty when nothing is.
 *
 * @param strayTags - Whether there may be tags that no run has finished setting.
 */
export function resourceFaults(world: World, program: readonly Declaration[], strayTags: boolean): string[] {
  const { engine } = world;
  const live = new Map(world.segments().map((segment) => [segment.id, segment]));
  const recorded = engine.entries.map(({ id }) => id);
  const faults: string[] = [];
  if (new Set(recorded).size < recorded.length) faults.push("A segment has two records.");
  if (recorded.length !== program.length) {
    faults.push(`There are ${recorded.length} records for ${program.length} resources.`);
  }
  const noOwner = world.printed.some((line) => line.startsWith("The ownership tag could not be set"));
  for (const { name, args } of program) {
    const entry = engine.entry(name);
    const segment = live.get(entry?.id ?? "");
    if (entry === undefined || segment === undefined) faults.push(`${name} has no live segment.`);
    else {
      faults.push(...addressFaults(world, name));
      faults.push(...differences(name, args, entry, segment, { strayTags, noOwner }));
    }
  }
  return faults;
}

function differences(
  name: string,
  args: Declaration["args"],
  entry: Entry,
  { addresses, mask, regionId }: SegmentView,
  mayHave: { strayTags: boolean; noOwner: boolean },
): string[] {
  const faults: string[] = [];
  if (regionId !== region || mask !== args.eipMask) faults.push(`${name} is a /${mask} in ${regionId}.`);
  for (const { bandwidth, tags } of addresses) {
    const isUntagged = mayHave.noOwner && tags["pulumi-eip-segment"] === undefined;
    const owner = isUntagged ? {} : { "pulumi-eip-segment": entry.outputs.__ownerToken };
    // Tags that the program never wrote are left alone: an adopted segment may have some.
    const wanted = { ...(mayHave.strayTags ? tags : {}), ...(args.tags ?? tags), ...owner };
    if (bandwidth !== (args.bandwidth ?? 5) || !haveSameEntries(tags, wanted)) {
      faults.push(`${name} has an address with ${bandwidth} Mbit/s and tags ${JSON.stringify(tags)}.`);
    }
  }
  return faults;
}

function haveSameEntries(actual: Readonly<Record<string, string>>, wanted: Record<string, unknown>): boolean {
  const names = Object.keys(actual);
  return names.length === Object.keys(wanted).length && names.every((name) => actual[name] === wanted[name]);
}
