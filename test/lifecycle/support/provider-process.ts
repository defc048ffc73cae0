import { createApiClient } from "../../../provider/client/api-client";
import type { ApiRequest, Credentials, Outcome, Transport } from "../../../provider/client/types";
import { PopTransport } from "../../../provider/client/pop-transport";
import { check } from "../../../provider/handlers/check";
import { create } from "../../../provider/handlers/create";
import { remove } from "../../../provider/handlers/delete";
import { createRun } from "../../../provider/handlers/run";
import type { Run } from "../../../provider/handlers/run";
import { diff } from "../../../provider/handlers/diff";
import { serializable } from "../../../provider/handlers/engine-protocol";
import { read } from "../../../provider/handlers/read";
import { readSettings } from "../../../provider/settings/settings";
import { update } from "../../../provider/handlers/update";
import type { ReleasedSegments } from "../../../provider/cloud/released-segments";
import type { Verbs } from "../../../provider/util/verbs";
import type { Simulator } from "../../../simulator";
import { type VirtualClock, never } from "../../support/virtual-clock";

/** When a process is killed: at its n-th call of the API. */
export interface Kill {
  /** From 1; counts only calls of `action` where one is given. */
  call: number;
  action?: string;
  /** `late`: a request with a ClientToken is on its way, and arrives when {@link World.deliver} is called; others are lost. */
  moment: "before" | "after" | "late";
}

/** What a process needs from outside. */
export interface ProcessOptions {
  simulator: Simulator;
  clock: VirtualClock;
  /** Stack configuration. */
  config?: Record<string, string>;
  kill?: Kill | undefined;
  /** Segments that the machine knows to be released. */
  releasedSegments: ReleasedSegments;
  /** Takes requests of a `late` kill. */
  late?: (send: () => Promise<unknown>) => void;
}

/** Sends with pop-core over HTTP, at the model's time, until its process dies. */
class MortalTransport implements Transport {
  calls = 0;

  constructor(
    private readonly options: ProcessOptions,
    private readonly die: () => void,
    private readonly isDead: () => boolean,
  ) {}

  async send(request: ApiRequest, credentials: Credentials): Promise<Outcome> {
    const { clock, kill, late } = this.options;
    if (this.isDead()) return never();
    const counts = kill !== undefined && (kill.action ?? request.action) === request.action;
    if (counts) this.calls += 1;
    const moment = counts && this.calls === kill.call ? kill.moment : undefined;
    const send = (): Promise<Outcome> => clock.busy(wire.send(this.atModelTime(request), credentials));
    if (moment === "before" || moment === "late") {
      if (moment === "late" && request.parameters.ClientToken !== undefined) late?.(send);
      this.die();
      return never();
    }
    const answer = await send();
    if (moment === "after") this.die();
    if (this.isDead()) return never();
    return answer.kind === "success" ? { ...answer, serverTime: clock.now() } : answer;
  }

  private atModelTime(request: ApiRequest): ApiRequest {
    return atTime(this.options.clock.now(), request);
  }
}

/** A request with a time stamp of its own instead of the machine's. */
export function atTime(ms: number, request: ApiRequest): ApiRequest {
  const timestamp = `${new Date(ms).toISOString().slice(0, 19)}Z`;
  return { ...request, parameters: { ...request.parameters, Timestamp: timestamp } };
}

/** One pool of connections for all processes of a test file. */
export const wire = new PopTransport({ readTimeoutMs: 2000 });

/** The provider process of one run of the CLI: the real handlers and the real client, with a memory of its own. */
export class ProviderProcess {
  /** What the process printed. */
  readonly lines: string[] = [];
  /** Rejects when the process is killed. */
  readonly killed: Promise<never>;
  readonly verbs: Verbs;
  isDead = false;
  private reportDeath: () => void = () => undefined;
  private readonly clock: ReturnType<VirtualClock["ofProcess"]>;

  constructor(options: ProcessOptions) {
    this.killed = new Promise((_, reject) => {
      this.reportDeath = () => {
        reject(new ProcessKilled());
      };
    });
    this.killed.catch(() => undefined);
    this.clock = options.clock.ofProcess();
    this.verbs = verbsOf(this.runOf(options), () => this.isDead);
  }

  /** kill -9. */
  readonly kill = (): void => {
    this.isDead = true;
    this.clock.stop();
    this.reportDeath();
  };

  private runOf(options: ProcessOptions): Run {
    const { simulator, config = {} } = options;
    const settings = readSettings({ get: (key) => config[key] }, { ...simulator.environment });
    const transport = new MortalTransport(options, this.kill, () => this.isDead);
    const random = (): number => 0.5;
    const api = createApiClient({ ...settings, transport, clock: this.clock, random });
    return createRun({
      ...{ settings, api, random, clock: this.clock, releasedSegments: options.releasedSegments },
      log: (line) => this.lines.push(line),
      confirmRunning: () => Promise.resolve(),
    });
  }
}

/** A run ended because its process was killed. */
export class ProcessKilled extends Error {}

/** The verbs as the shell's module has them; a dead process answers nothing. */
export function verbsOf(run: Run, isDead: () => boolean = () => false): Verbs {
  const answer = async <T>(verb: () => T | Promise<T>): Promise<T> => {
    if (isDead()) return never();
    const ended = await Promise.allSettled([(async () => await verb())()]);
    if (isDead()) return never();
    if (ended[0].status === "rejected") throw ended[0].reason;
    return ended[0].value;
  };
  return {
    check: (_config, olds, news) => answer(() => serializable(check(run, olds, news))),
    diff: (_config, id, olds, news) => answer(() => diff(run, id, olds, news)),
    create: (_config, inputs) => answer(async () => serializable(await create(run, inputs))),
    read: (_config, id, props = {}) => answer(async () => serializable(await read(run, id, props))),
    update: (_config, id, olds, news) => answer(async () => serializable(await update(run, id, olds, news))),
    delete: (_config, id, props) => answer(() => remove(run, id, props)),
  };
}
