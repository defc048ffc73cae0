/**
 * What an input holds during a preview when its value is known only after another resource was created, whatever its type:
 * `pulumi.runtime.unknownValue`. Repeated here so that the verbs do not load the whole SDK for one constant.
 */
export const unknownMarker = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether `value` is, or holds, a value that is unknown during this preview. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(isUnknown);
  }
  return value === unknownMarker;
}
