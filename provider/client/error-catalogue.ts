import { allocateCodes } from "./error-codes/allocate";
import { codeFamilies, commonCodes } from "./error-codes/common";
import { busyEipCodes, eipCodes } from "./error-codes/eip-changes";
import { releaseCodes } from "./error-codes/release";
import type { CatalogueEntry, CatalogueRow, Refusal } from "./types";

const byCode = (...tables: readonly (readonly CatalogueRow[])[]): ReadonlyMap<string, CatalogueEntry> =>
  new Map(tables.flat().flatMap((row) => row.codes.map((code) => [code, row] as const)));

/** What a code means in an operation comes before what it means anywhere. */
export const codeTables: Readonly<Record<string, readonly CatalogueRow[]>> = {
  AllocateEipSegmentAddress: allocateCodes,
  ReleaseEipSegmentAddress: releaseCodes,
  ModifyEipAddressAttribute: eipCodes,
  MoveResourceGroup: busyEipCodes,
  TagResources: busyEipCodes,
  UnTagResources: busyEipCodes,
};

const codesByAction = new Map(Object.entries(codeTables).map(([action, rows]) => [action, byCode(rows)]));

/** An EIP that is gone is gone for tagging and moving too, so these codes hold wherever nothing else is said. */
const codesOfAnyAction = byCode(
  eipCodes.filter((row) => row.class === "absent"),
  commonCodes,
);

/**
 * What is known about an error code of an operation.
 * An unknown code is the user's to look up, unless its HTTP status says that the service failed or is throttling.
 */
export function catalogueEntry(action: string, code: string, status?: number): CatalogueEntry {
  const family = codeFamilies.find(
    ({ codes, actions }) =>
      codes.some((pattern) => matches(pattern, code)) && (actions?.includes(action) ?? true),
  );
  return codesByAction.get(action)?.get(code) ?? codesOfAnyAction.get(code) ?? family ?? unknownCode(status);
}

/** Whether a code belongs to a family; the spelling of sister products differs in case too. */
const matches = (pattern: string, code: string): boolean =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`, "i").test(code);

const unknownCode = (status = 0): CatalogueEntry => ({
  class: status >= 500 || status === 429 ? "retry" : "user",
  isUnknown: true,
  says: "{message}",
  remedy:
    "Find this code at https://api.aliyun.com/troubleshoot?q={code}&product=Vpc and remove its cause, then run the command again.",
});

/** What the catalogue says of a refusal; one that says that what the request names does not exist is of class `absent`. */
export function explainRefusal(
  { action, ids }: { action: string; ids: readonly string[] },
  refusal: Refusal,
): CatalogueEntry {
  const entry = catalogueEntry(action, refusal.code, refusal.status);
  if (entry.class === "absent") {
    // What names nothing cannot be told that it does not exist.
    return ids.length > 0 ? entry : { ...entry, class: "user" };
  }
  return meansAbsent(refusal, ids) ? { ...entry, class: "absent" } : entry;
}

/** Codes that say that a segment, an instance or an EIP does not exist, in the spellings of the vendor's products. */
const absentCode =
  /^(OperationFailed\.)?(Invalid)?(Eip)?(Segment)?(Instance|InstanceId|AllocationId|Eip|EipId)\.?(NotFound|NotExists?)$/i;

/** Codes that leave open what does not exist; the message must name it. */
const openCode = /(NotFound|NotExists?|InvalidParameter(\.[A-Za-z]+)?|ResourceNotFound(\.[A-Za-z]+)?)$/i;

/** What is not found where these are named is something else than a segment or an EIP. */
const otherThings =
  /region|endpoint|account|accesskey|product|api|action|resourcegroup|zone|vpc|vswitch|user|role|policy|token/i;

const saysAbsent = /(not|n't) (exist|be found)|not found|does not exist/i;

/**
 * Whether a refusal says that what a request names does not exist: by a code that is about segments, instances or EIPs, or by a
 * code that leaves it open and a message that names the very id. What is said of regions, endpoints or accounts never does.
 *
 * @param ids - Segments and EIPs that the request names; without one nothing is absent.
 */
export function meansAbsent({ code, message, status = 0 }: Refusal, ids: readonly string[]): boolean {
  if (ids.length === 0 || status < 400 || status >= 500 || otherThings.test(code)) {
    return false;
  }
  const isNamed = ids.some((id) => message.includes(id)) && saysAbsent.test(message);
  return absentCode.test(code) || (openCode.test(code) && isNamed);
}
