import { Authenticator } from "./authenticator";
import { ClientTokens } from "./client-tokens";
import { FaultQueue } from "./faults";
import { HoldQueue } from "./holds";
import type { SimulatorSettings } from "./options";
import type { IsAnswered } from "./questions";
import { PurchaseGuard } from "./purchase-guard";
import { RateLimiter } from "./rate-limit";
import type { OpenLogEntry } from "./request-log";
import { Store } from "./store";

/** Everything the simulator remembers. A reset makes a new one. */
export class Cloud {
  settings: SimulatorSettings;
  readonly store: Store;
  readonly clientTokens: ClientTokens;
  readonly rateLimiter: RateLimiter;
  readonly purchaseGuard: PurchaseGuard;
  readonly authenticator: Authenticator;
  readonly faults = new FaultQueue();
  readonly holds = new HoldQueue();
  readonly log: OpenLogEntry[] = [];
  /** Whether the settings switch an alternative on. */
  readonly isAnswered: IsAnswered = (answer) => {
    const [question = "", alternative] = answer.split("=");
    return this.settings.answers[question] === alternative;
  };

  constructor(
    settings: SimulatorSettings,
    readonly now: () => number,
  ) {
    this.settings = settings;
    const current = () => this.settings;
    this.store = new Store(current, this.isAnswered, now);
    this.clientTokens = new ClientTokens(this.isAnswered, now);
    this.rateLimiter = new RateLimiter(current, now);
    this.purchaseGuard = new PurchaseGuard(current, now);
    this.authenticator = new Authenticator(() => this.settings.accounts, now);
  }
}
