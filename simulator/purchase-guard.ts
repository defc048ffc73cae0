import { apiError } from "./api-error";
import type { SimulatorSettings } from "./options";

const hourMs = 60 * 60 * 1000;

/** Blocks an account for an hour once it asks for more than twice its EIP quota within an hour (EIP user guide). */
export class PurchaseGuard {
  private readonly purchases = new Map<string, { readonly at: number; readonly count: number }[]>();
  private readonly blockedUntil = new Map<string, number>();

  constructor(
    private readonly settings: () => Pick<SimulatorSettings, "quota" | "frequentPurchaseGuard">,
    private readonly now: () => number,
  ) {}

  /**
   * Counts a purchase of `count` EIPs.
   *
   * @throws `FrequentPurchase.EIP`
   */
  admit(accountId: string, count: number): void {
    const { quota, frequentPurchaseGuard } = this.settings();
    const now = this.now();
    const recent = (this.purchases.get(accountId) ?? []).filter(({ at }) => at > now - hourMs);
    if (frequentPurchaseGuard) {
      const isBlocked = now < (this.blockedUntil.get(accountId) ?? 0);
      const asked = recent.reduce((sum, purchase) => sum + purchase.count, count);
      if (!isBlocked && asked > 2 * quota) this.blockedUntil.set(accountId, now + hourMs);
      if (isBlocked || asked > 2 * quota) throw apiError("FrequentPurchase.EIP");
    }
    this.purchases.set(accountId, [...recent, { at: now, count }]);
  }
}
