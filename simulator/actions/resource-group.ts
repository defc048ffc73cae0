import { apiError } from "../api-error";
import type { SimulatorSettings } from "../options";

/** Resource group of resources made without one. */
export const defaultResourceGroupId = "rg-acfmsimulator00";

/**
 * A resource group id as given.
 *
 * @throws `InvalidResourceGroupId` when the group does not exist.
 */
export function checkResourceGroup<Id extends string | undefined>(
  { resourceGroups }: SimulatorSettings,
  id: Id,
): Id {
  const exists =
    id === undefined ||
    id === defaultResourceGroupId ||
    (resourceGroups === "any" ? /^rg-[\w-]+$/.test(id) : resourceGroups.includes(id));
  if (!exists) throw apiError("InvalidResourceGroupId");
  return id;
}
