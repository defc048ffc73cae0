import { apiError } from "./api-error";
import type { RateLimit, SimulatorSettings } from "./options";

/** Limits per account in the OpenAPI portal pages of the two operations. */
const documentedLimits: Readonly<Record<string, RateLimit>> = {
  AllocateEipSegmentAddress: { limit: 6, windowMs: 60_000 },
  ReleaseEipSegmentAddress: { limit: 60, windowMs: 60_000 },
};

/** Sliding windows per account and action. Refused calls do not count. */
export class RateLimiter {
  private readonly accepted = new Map<string, number[]>();

  constructor(
    private readonly settings: () => Pick<SimulatorSettings, "rateLimits">,
    private readonly now: () => number,
  ) {}

  /**
   * Counts a call.
   *
   * @throws `Throttling.User` with the time until the window has room again.
   */
  admit(accountId: string, action: string): void {
    const { rateLimits } = this.settings();
    const limits = typeof rateLimits === "object" ? rateLimits : rateLimits ? documentedLimits : {};
    const rule = limits[action];
    if (rule === undefined) return;
    const key = `${accountId} ${action}`;
    const now = this.now();
    const recent = (this.accepted.get(key) ?? []).filter((at) => at > now - rule.windowMs);
    const blocking = recent[recent.length - rule.limit];
    if (blocking !== undefined) {
      throw apiError("Throttling.User", undefined, { retryAfterMs: blocking + rule.windowMs - now });
    }
    this.accepted.set(key, [...recent, now]);
  }
}
