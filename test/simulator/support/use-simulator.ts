import { type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator";
import { VirtualClock } from "../../support/virtual-clock";
import { type CallParameters, PopClient, type Refusal, type Reply } from "./pop-client";

/** A simulator of its own for each test of the file, and a client for it. */
export class SimulatorContext {
  clock = new VirtualClock(Date.parse("2026-01-02T03:04:05Z"));
  private running: { readonly simulator: Simulator; readonly client: PopClient } | undefined;

  async start(options: SimulatorOptions): Promise<void> {
    this.clock = new VirtualClock(Date.parse("2026-01-02T03:04:05Z"));
    const simulator = await startSimulator({ now: this.clock.now, ...options });
    const timestamp = () => this.clock.timestamp();
    this.running = { simulator, client: new PopClient({ endpoint: simulator.endpoint, timestamp }) };
  }

  get simulator(): Simulator {
    return this.current.simulator;
  }

  /** A client with other keys. */
  clientOf(accessKeyId: string, accessKeySecret = `${accessKeyId}-secret`): PopClient {
    const timestamp = () => this.clock.timestamp();
    return new PopClient({ endpoint: this.simulator.endpoint, accessKeyId, accessKeySecret, timestamp });
  }

  call(action: string, parameters: CallParameters = {}): Promise<Reply> {
    return this.current.client.call(action, { RegionId: "cn-hangzhou", ...parameters });
  }

  refusal(action: string, parameters: CallParameters = {}): Promise<Refusal> {
    return this.current.client.refusal(action, { RegionId: "cn-hangzhou", ...parameters });
  }

  /** Buys a segment and returns its id. */
  async allocate(parameters: CallParameters = {}): Promise<string> {
    const reply = await this.call("AllocateEipSegmentAddress", { EipMask: "28", ...parameters });
    return reply.EipSegmentInstanceId;
  }

  /** Allocation ids of a segment's EIPs, in address order. */
  allocationIds(segmentId: string): string[] {
    const segment = this.simulator.segments().find(({ id }) => id === segmentId);
    return segment?.addresses.map(({ allocationId }) => allocationId) ?? [];
  }

  /** Status of a segment as DescribeEipSegment shows it; undefined when it shows none. */
  async statusOf(segmentId: string): Promise<string | undefined> {
    const reply = await this.call("DescribeEipSegment", { SegmentInstanceId: segmentId });
    return reply.EipSegments.EipSegment[0]?.Status;
  }

  async stop(): Promise<void> {
    await this.running?.simulator.stop();
    this.running = undefined;
  }

  private get current() {
    if (this.running === undefined) throw new Error("The simulator is not running.");
    return this.running;
  }
}

/** Starts a simulator before each test and stops it afterwards; without limits that most tests are not about. */
export function useSimulator(options: SimulatorOptions = {}): SimulatorContext {
  const context = new SimulatorContext();
  const free = { quota: 100_000, rateLimits: false, frequentPurchaseGuard: false };
  beforeEach(() => context.start({ ...free, ...options }));
  afterEach(() => context.stop());
  return context;
}
