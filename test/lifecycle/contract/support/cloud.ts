import RPCClient from "@alicloud/pop-core";
import type { ConfigSource } from "../../../../provider/util/verbs";
import {
  type SegmentView,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "../../../../simulator";

/** The simulated cloud of one test, and someone who changes things in it beside Pulumi. */
export class Cloud {
  private running: Simulator | undefined;
  /** Ids that the machine has seen released. */
  readonly releasedSegments = new Set<string>();

  async start(options: SimulatorOptions): Promise<void> {
    this.running = await startSimulator({
      rateLimits: false,
      frequentPurchaseGuard: false,
      quota: 10_000,
      ...options,
    });
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  get simulator(): Simulator {
    if (this.running === undefined) {
      throw new Error("The simulator is not running.");
    }
    return this.running;
  }

  /** Configuration of a stack that uses this cloud. A key of `more` with an empty text is not set. */
  configWith(more: Record<string, string> = {}): ConfigSource {
    const { endpoint } = this.simulator;
    const values: Record<string, string> = {
      "alicloud:region": "cn-hangzhou",
      "alicloud:accessKey": "simulator-access-key-id",
      "alicloud:secretKey": "simulator-access-key-secret",
      "alicloud:endpoints": JSON.stringify({ vpc: endpoint, sts: endpoint }),
      ...more,
    };
    return { get: (key) => values[key] };
  }

  /** The only live segment. */
  get segment(): SegmentView {
    const [segment, ...others] = this.simulator.segments();
    if (segment === undefined || others.length > 0) {
      throw new Error(`There are ${others.length + (segment === undefined ? 0 : 1)} live segments.`);
    }
    return segment;
  }

  /** What the EIPs of the only segment are like, each different value once. */
  each<T>(of: (address: SegmentView["addresses"][number]) => T): T[] {
    const values = new Map(
      this.segment.addresses.map((address) => [JSON.stringify(of(address)), of(address)]),
    );
    return [...values.values()];
  }

  /** Calls an operation as someone outside Pulumi would. */
  async outside(action: string, parameters: Record<string, unknown>): Promise<Record<string, unknown>> {
    const client = new RPCClient({
      endpoint: this.simulator.endpoint,
      apiVersion: "2016-04-28",
      accessKeyId: "simulator-access-key-id",
      accessKeySecret: "simulator-access-key-secret",
    });
    return client.request(action, { RegionId: "cn-hangzhou", ...parameters }, { method: "POST" });
  }

  /** Names of the operations called since, without those that only read. */
  writesSince(from: number): string[] {
    return this.actionsSince(from).filter((action) => !/^(Describe|Get|List)/.test(action));
  }

  actionsSince(from: number): string[] {
    return this.simulator.log.slice(from).map(({ action }) => action);
  }
}

/** A cloud of its own for each test of the file. */
export function useCloud(options: SimulatorOptions = {}): Cloud {
  const cloud = new Cloud();
  beforeEach(() => cloud.start(options));
  afterEach(() => cloud.stop());
  return cloud;
}
