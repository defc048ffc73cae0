import { accountOf, connect } from "../cloud/connection";
import { takeInventory } from "../cloud/inventory";
import type { RegionOptions } from "../cloud/region-choice";
import { chooseRegions } from "../cloud/region-choice";
import { coloursFor } from "../colours";
import { readInputs } from "../input-texts";
import { refuseFailures } from "../list/command";
import type { Terminal } from "../terminal";
import { compare } from "./findings";
import { renderFindingsJson } from "./render-json";
import { renderText } from "./render-text";
import { parseStates } from "./stack-state";

export interface OrphansOptions extends RegionOptions {
  json?: boolean;
}

/**
 * Prints live segments that no given state owns, and what to do with each. Reads only: it never changes anything.
 *
 * @throws CommandFailure when an input is no state, or, after printing, when a region did not answer.
 */
export async function orphans(
  terminal: Terminal,
  files: readonly string[],
  options: OrphansOptions,
): Promise<void> {
  const inputs = await readInputs(terminal, files, "the output of `pulumi stack export`");
  const states = inputs.flatMap(parseStates);
  const cloud = connect(terminal.environment);
  const known = states.flatMap(({ held, pending }) =>
    [...held, ...pending].flatMap((one) => one.regionId ?? []),
  );
  const choice = await chooseRegions(cloud, options, known);
  const account = await accountOf(cloud, choice.regionIds[0] ?? "");
  const inventory = await takeInventory(cloud, choice);
  const scope = { inventory, account };
  const findings = compare(states, inventory, account);
  terminal.out(
    options.json === true
      ? renderFindingsJson(findings, scope)
      : renderText(findings, scope, coloursFor(terminal)),
  );
  refuseFailures(inventory);
}
