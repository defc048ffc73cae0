import { allocateCodes } from "./catalogue/allocate";
import { codeFamilies, commonCodes } from "./catalogue/common";
import type { CatalogueEntry, CatalogueRow } from "./catalogue/entry";
import { busyEipCodes, eipCodes, releaseCodes } from "./catalogue/release";

const byCode = (...tables: readonly (readonly CatalogueRow[])[]): ReadonlyMap<string, CatalogueEntry> =>
  new Map(tables.flat().flatMap((row) => row.codes.map((code) => [code, row] as const)));

/** What a code means in an operation comes before what it means anywhere. */
const BY_ACTION: Readonly<Record<string, ReadonlyMap<string, CatalogueEntry>>> = {
  AllocateEipSegmentAddress: byCode(allocateCodes),
  ReleaseEipSegmentAddress: byCode(releaseCodes),
  ModifyEipAddressAttribute: byCode(eipCodes),
  MoveResourceGroup: byCode(busyEipCodes),
  TagResources: byCode(busyEipCodes),
  UnTagResources: byCode(busyEipCodes),
};

/** An EIP that is gone is gone for tagging and moving too, so these codes hold wherever nothing else is said. */
const ANYWHERE = byCode(
  eipCodes.filter((row) => row.class === "absent"),
  commonCodes,
);

/**
 * What is known about an error code of an operation.
 * An unknown code is the user's to look up, unless its HTTP status says that the service failed or is throttling.
 */
export function lookUp(action: string, code: string, status?: number): CatalogueEntry {
  const family = codeFamilies.find(
    ({ codes, actions }) =>
      codes.some((pattern) => matches(pattern, code)) && (actions?.includes(action) ?? true),
  );
  return BY_ACTION[action]?.get(code) ?? ANYWHERE.get(code) ?? family ?? unknownCode(status);
}

/** Whether a code belongs to a family; the spelling of sister products differs in case too. */
const matches = (pattern: string, code: string): boolean =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`, "i").test(code);

const unknownCode = (status = 0): CatalogueEntry => ({
  class: status >= 500 || status === 429 ? "retry" : "user",
  says: "{message}",
  remedy: "The code is explained at https://api.aliyun.com/troubleshoot?q={code}&product=Vpc.",
});
