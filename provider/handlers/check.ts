import { firstGeneration, formatToken, tokenDigest } from "../cloud/client-token";
import type { Deps } from "./deps";
import { parseInputs } from "../inputs/parse-inputs";
import type { CheckFailure } from "../inputs/parse-inputs";
import { isUnknown } from "../inputs/unknown";
import { unknownSetting } from "../inputs/unknown-setting";
import { recordedAs } from "./origin";
import type { Origin } from "./origin";
import { adoptionProblems } from "./adoption-rules";

/** Answer of check: the inputs to store, and what is wrong with them. */
export interface CheckResult {
  inputs: Record<string, unknown>;
  failures: CheckFailure[];
}

/**
 * Validates what a program wrote, and computes what only a creation may choose: the region and the ClientToken.
 *
 * @param olds - Inputs of the last run; empty exactly when a creation is coming.
 * @param news - Inputs of this run, with the engine's `__provider` and this package's `__origin`.
 */
export function check(deps: Deps, olds: Record<string, unknown>, news: Record<string, unknown>): CheckResult {
  const written = Object.fromEntries(Object.entries(news).filter(([name]) => !name.startsWith("__")));
  const origin = deps.memory.origin.read(news.__origin);
  const creating = olds.clientToken === undefined;
  const region = creating ? regionOfCreation(deps, origin) : textOf(olds.regionId);
  const { values, failures } = parseInputs(written, region, origin);
  failures.push(...origin.settings.flatMap(unknownSetting));

  const regionId = values.regionId ?? region;
  if (regionId === undefined && !failures.some(({ property }) => property === "regionId")) {
    failures.push(noRegion);
  }
  if (!creating && written.regionId === undefined) {
    warnOfChangedDefault(deps, region);
  }
  if (!creating && olds.resourceGroupId !== undefined && written.resourceGroupId === undefined) {
    deps.say(
      "resourceGroupId is removed from the program: the EIPs stay in the group they are in. Write another group to move them.",
    );
  }
  const clientToken = creating ? tokenOfCreation(deps, origin) : olds.clientToken;
  rememberResource(deps, origin, { creating, clientToken: String(clientToken), regionId: textOf(regionId) });
  if (creating && recordedAs(origin) === undefined) {
    // A replacement may wait for the deletion of what it replaces.
    deps.pace?.announce(String(clientToken));
  }
  failures.push(...adoptionProblems(deps, origin, values.adopt, creating));
  if (creating && !origin.readable) {
    failures.push(unreadableStack);
  }
  return { inputs: { ...values, regionId, clientToken }, failures };
}

const noRegion: CheckFailure = {
  property: "regionId",
  reason:
    "regionId is not written and no default region is configured. Write regionId, run `pulumi config set alicloud:region <region>`, " +
    "or set the environment variable ALICLOUD_REGION.",
};

/** A creation that does not know which tokens are used could buy what a later run never finds, or adopt what the stack has. */
const unreadableStack: CheckFailure = {
  property: "",
  reason: "No segment is asked for, because what this stack holds could not be read. Run the command again.",
};

/**
 * A replacement stays in the region of the segment it replaces, whatever today's default is. Where the resource has a new name
 * the checkpoint knows it by the old one, and the check that came before tells the region.
 */
function regionOfCreation({ memory, settings }: Deps, origin: Origin): string | undefined {
  return recordedAs(origin)?.regionId ?? memory.declaredAs(origin.urn)?.regionId ?? settings.region;
}

function rememberResource(
  { memory }: Deps,
  origin: Origin,
  { creating, ...resource }: { creating: boolean; clientToken: string; regionId: string | undefined },
): void {
  memory.rememberHeld(origin);
  if (creating) {
    memory.rememberCreation(resource.clientToken, origin);
  } else {
    memory.rememberDeclared({ urn: origin.urn, ...resource });
  }
}

function tokenOfCreation({ settings }: Deps, origin: Origin): string {
  const digest = tokenDigest(origin.organization, origin.urn, settings.tokenSalt);
  return formatToken({ digest, generation: firstGeneration(digest, origin.urn, origin.held) });
}

function warnOfChangedDefault({ settings, memory, say }: Deps, stored: string | undefined): void {
  const configured = settings.region;
  if (configured !== undefined && stored !== undefined && configured !== stored && !isUnknown(stored)) {
    memory.once(`region ${stored} ${configured}`, () => {
      say(
        `The default region is now ${configured}; segments made in ${stored} stay there. Write regionId: "${configured}" to replace them.`,
      );
    });
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
