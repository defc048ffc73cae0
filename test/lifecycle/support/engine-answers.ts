import type { Verbs } from "../../../provider/util/verbs";

/** What the engine's side of a dynamic provider puts beside inputs and outputs. */
export const storedProvider = { __provider: "serialized provider" };

interface InitFailure {
  id: string;
  properties: Record<string, unknown>;
}

/** The inputs as check leaves them; throws what failed. */
export async function checked(
  verbs: Verbs,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { inputs, failures } = await verbs.check(undefined, copy(olds), copy(news));
  if (failures.length > 0) {
    throw new Error(failures.map(({ reason }) => reason).join("\n"));
  }
  return { ...inputs, ...storedProvider };
}

/** The state is JSON: nothing else survives in it. */
export const copy = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Messages of what failed, once all has ended. */
export async function errorsOf(work: readonly Promise<unknown>[]): Promise<string[]> {
  const ends = await Promise.allSettled(work);
  return ends.flatMap((end) =>
    end.status === "fulfilled" ? [] : [end.reason instanceof Error ? end.reason.message : String(end.reason)],
  );
}

/** Whether a creation or update left a resource that is not finished. */
export function isInitFailure(error: unknown): error is Error & InitFailure {
  if (!(error instanceof Error && "id" in error && "properties" in error && "reasons" in error)) return false;
  // Without it the engine would have no code to run for the resource.
  expect(error.properties).toMatchObject(storedProvider);
  return true;
}
