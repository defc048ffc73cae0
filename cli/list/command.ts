import { CommandFailure } from "../command-failure";
import { connect } from "../cloud/connection";
import type { Inventory } from "../cloud/inventory";
import { takeInventory } from "../cloud/inventory";
import type { RegionOptions } from "../cloud/region-choice";
import { chooseRegions } from "../cloud/region-choice";
import type { Terminal } from "../terminal";
import { renderListJson } from "./list-json";
import { renderTable } from "./table";

export interface ListOptions extends RegionOptions {
  json?: boolean;
  table?: boolean;
}

/**
 * Prints the segments of one or several regions: a table on a terminal, JSON for programs.
 *
 * @throws CommandFailure when a region did not answer, after printing what the others did.
 */
export async function list(terminal: Terminal, options: ListOptions): Promise<void> {
  const cloud = connect(terminal.environment);
  const inventory = await takeInventory(cloud, await chooseRegions(cloud, options));
  const json = options.json ?? !(options.table ?? terminal.outputIsTerminal);
  terminal.out(json ? renderListJson(inventory) : renderTable(inventory, terminal));
  refuseFailures(inventory);
}

/** What was not seen must not pass for what is not there. */
export function refuseFailures({ failures }: Inventory): void {
  if (failures.length > 0) {
    const reasons = failures.map(({ regionId, message }) => `${regionId}: ${message}`);
    throw new CommandFailure(`Not every region could be read. ${reasons.join(" ")}`);
  }
}
