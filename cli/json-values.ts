/** Whether a JSON value is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text at `key`; undefined when it is absent, empty, or something else, such as a hidden secret's mark. */
export function textAt(record: Record<string, unknown>, key: string): string | undefined {
  const value = record[key];
  return typeof value === "string" && value !== "" && value !== secretMark ? value : undefined;
}

/** What the engine prints in place of a secret value. */
export const secretMark = "[secret]";
