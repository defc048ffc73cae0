import type { Clock } from "../../provider/util/clock";
import type { RawAnswer, RawApi } from "../cloud/raw-api";
import { isRecord } from "../json-values";

/** Fields of a reply, or of a row in it. */
export type Row = Readonly<Record<string, unknown>>;
type Parameters = Readonly<Record<string, string>>;

/** One request and what came back. */
export interface Exchange {
  action: string;
  parameters: Parameters;
  answer: RawAnswer;
}

/** The measuring ends: the time limit, or an interruption. */
export class Stopped extends Error {}

/** AllocateEipSegmentAddress takes no more calls in this time; source: the operation's page in the API portal. */
const allocationWindowMs = 60_000;

/** Sends requests, and keeps each with its response. */
export class Probe {
  readonly exchanges: Exchange[] = [];
  private readonly allocations: number[] = [];

  constructor(
    private readonly api: RawApi,
    readonly clock: Clock,
    private readonly allocatePerMinute: number,
    /** Time by the clock from which no request is sent. */
    public endsAt: number,
  ) {}

  /** Sends a request once. */
  async send(action: string, parameters: Parameters = {}): Promise<RawAnswer> {
    if (action === "AllocateEipSegmentAddress") await this.waitForTurn();
    if (this.clock.now() >= this.endsAt) throw new Stopped();
    const answer = await this.api({ action, parameters });
    this.exchanges.push({ action, parameters, answer });
    return answer;
  }

  /** Sends a request, again after a temporary failure. */
  async call(action: string, parameters: Parameters = {}): Promise<RawAnswer> {
    for (;;) {
      const answer = await this.send(action, parameters);
      const isFinal = answer.kind === "reply" || (answer.kind === "refusal" && !answer.isTemporary);
      if (isFinal) return answer;
      await this.pause(3000);
    }
  }

  async pause(ms: number): Promise<void> {
    await this.clock.sleep(Math.min(ms, Math.max(1, this.endsAt - this.clock.now())));
  }

  private async waitForTurn(): Promise<void> {
    const now = this.clock.now();
    const earliest = this.allocations.at(-this.allocatePerMinute);
    const turn = earliest === undefined ? now : earliest + allocationWindowMs + 500;
    this.allocations.push(Math.max(now, turn));
    if (turn > now) await this.pause(turn - now);
  }
}

/** Rows of a list such as `{ EipSegments: { EipSegment: [] } }`; undefined where the reply holds none. */
export function rowsOf(answer: RawAnswer): Row[] | undefined {
  if (answer.kind !== "reply") return undefined;
  for (const outer of Object.values(answer.body)) {
    const list = isRecord(outer) ? Object.values(outer).find(Array.isArray) : undefined;
    if (list !== undefined) return (list as unknown[]).filter(isRecord);
  }
  return undefined;
}

/** The code of a refusal; undefined for a reply. */
export const codeOf = (answer: RawAnswer): string | undefined =>
  answer.kind === "reply" ? undefined : answer.kind === "refusal" ? answer.code : answer.reason;

/** A field as text; empty where it is none. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
