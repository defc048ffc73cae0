/** A copy without keys that hold undefined: the engine's protocol has no such value and fails on it. */
export function plain<T extends object>(properties: T): T {
  return JSON.parse(JSON.stringify(properties)) as T;
}
