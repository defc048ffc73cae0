import type { ApiError, ErrorClass } from "../util/errors";

/** Pauses before a refused request is sent again: within seconds where EIPs change, a minute where the cloud wants it later. */
const pausesMs: Partial<Record<ErrorClass, number>> = { busy: 3000, later: 60_000, service: 10_000 };

/** Refusals after which a service behind the API counts as failed. */
const serviceRefusals = 2;

/**
 * Pause in ms before a request that the cloud refused is sent again; undefined when it is final.
 *
 * @param refusals - How often the request was refused, at least once.
 */
export function pauseAfter(
  { errorClass }: Pick<ApiError, "errorClass">,
  refusals: number,
): number | undefined {
  return errorClass === "service" && refusals >= serviceRefusals ? undefined : pausesMs[errorClass];
}
