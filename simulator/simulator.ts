import type { IncomingMessage } from "node:http";

import { ApiCall } from "./api-call";
import { Cloud } from "./cloud";
import { restoreSnapshot, takeSnapshot } from "./cloud-snapshot";
import { Control, controlPrefix } from "./control";
import { associateDirectly, unassociateDirectly } from "./direct-association";
import type { AddressView } from "./eip";
import { viewEip } from "./eip";
import type { CallOutcome } from "./fault-outcome";
import type { Fault } from "./faults";
import type { Hold, HoldSelection } from "./holds";
import type { SimulatorOptions, SimulatorSettings } from "./options";
import { defaultAccount, defaultSettings, mergeSettings } from "./options";
import type { Progression } from "./progression";
import { parseRequest } from "./request";
import type { LogEntry } from "./request-log";
import type { SegmentView } from "./segment";
import { viewSegment } from "./segment";
import { startServer } from "./server";
import type { CloudSnapshot } from "./snapshot";

/** A running simulator. */
export interface Simulator {
  /** For example `http://127.0.0.1:43123`; VPC and STS have the same port. Loopback where `host` is every address. */
  readonly endpoint: string;
  /** Environment variables that point Alibaba Cloud clients at the simulator, with the keys of the first account. */
  readonly environment: Readonly<Record<string, string>>;
  /** Requests in the order of their arrival. */
  readonly log: readonly LogEntry[];
  /** Live segments of all accounts, oldest first. */
  segments(): SegmentView[];
  /** Live EIPs of all accounts, also those of public IP address pools. */
  addresses(): AddressView[];
  /** Discards resources, tokens, log, faults, limits and holds, and restores the options of the start. */
  reset(): void;
  /** Changes settings from now on; state changes in progress follow the new progression. */
  configure(settings: Partial<SimulatorSettings>): void;
  /** Same as `configure({ progression })`. */
  setProgression(progression: Progression): void;
  /** Same as `configure({ quota })`. */
  setQuota(quota: number): void;
  /** Puts a fault at the end of the queue. */
  addFault(fault: Fault): void;
  /** Empties the queue of faults. */
  clearFaults(): void;
  /** Pauses the next call that matches. */
  hold(selection: HoldSelection): Hold;
  /**
   * Makes a segment disappear at once, as when the cloud loses it.
   *
   * @throws Error when no live segment has the id.
   */
  vanish(segmentId: string): void;
  /**
   * Attaches an EIP to an instance at once, without a call of the API.
   *
   * @param address - Allocation id or IP address of an EIP that is `Available`.
   * @param instanceId - Id such as `i-web1`, `lb-1` or `ngw-1`; its prefix sets the type of the instance.
   * @throws Error when there is no such EIP, it is not `Available`, or the id has no known prefix.
   */
  associate(address: string, instanceId: string): void;
  /**
   * Detaches an EIP from its instance at once, without a call of the API.
   *
   * @param address - Allocation id or IP address of an EIP that is `InUse`.
   * @throws Error when there is no such EIP, or it is not `InUse`.
   */
  unassociate(address: string): void;
  /** What lasts in the cloud: segments, EIPs and remembered ClientTokens; not settings, faults, limits and log. */
  snapshot(): CloudSnapshot;
  /**
   * Replaces the cloud with that of a snapshot and keeps the settings. State changes in progress start again;
   * faults, holds, limits and log are empty afterwards.
   *
   * @throws Error when addresses of the snapshot overlap or are none that the simulator hands out.
   */
  restore(snapshot: CloudSnapshot): void;
  /** Closes the port and every connection, held and hanging ones included. */
  stop(): Promise<void>;
}

/** Starts a simulator, on a port of 127.0.0.1 unless `host` is set. It keeps the process alive until {@link Simulator.stop}. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? Date.now;
  const newCloud = () => new Cloud(mergeSettings(defaultSettings, options), now);
  let cloud = newCloud();
  const listen = async (message: IncomingMessage, body: Buffer): Promise<CallOutcome> => {
    const request = parseRequest(message, body);
    if (request.path.startsWith(controlPrefix)) {
      return { kind: "reply", reply: await control.answer(request) };
    }
    const call = new ApiCall(cloud, request);
    const outcome = await call.answer();
    options.onRequest?.(call.entry);
    return outcome;
  };

  const host = options.host ?? "127.0.0.1";
  const server = await startServer(host, options.port ?? 0, listen);
  const endpoint = `http://${clientHost(host)}:${server.port}`;
  const environmentAt = (url: string): Record<string, string> => environmentFor(url, options);
  const simulator: Simulator = {
    endpoint,
    environment: environmentAt(endpoint),
    get log() {
      return cloud.log;
    },
    segments: () => {
      cloud.store.settle();
      return [...cloud.store.segments.values()].map(viewSegment);
    },
    addresses: () => {
      cloud.store.settle();
      return [...cloud.store.eips.values()].map(viewEip);
    },
    reset: () => {
      cloud.holds.discardAll();
      cloud = newCloud();
    },
    configure: (settings) => {
      cloud.settings = mergeSettings(cloud.settings, settings);
    },
    setProgression: (progression) => {
      simulator.configure({ progression });
    },
    setQuota: (quota) => {
      simulator.configure({ quota });
    },
    addFault: (fault) => {
      cloud.faults.add(fault);
    },
    clearFaults: () => {
      cloud.faults.clear();
    },
    hold: (selection) => cloud.holds.add(selection),
    vanish: (segmentId) => {
      const segment = cloud.store.segments.get(segmentId);
      if (segment === undefined) throw new Error(`No live segment has the id ${segmentId}.`);
      cloud.store.removeSegment(segment);
    },
    associate: (address, instanceId) => {
      associateDirectly(cloud.store, address, instanceId);
    },
    unassociate: (address) => {
      unassociateDirectly(cloud.store, address);
    },
    snapshot: () => takeSnapshot(cloud),
    restore: (snapshot) => {
      const restored = new Cloud(cloud.settings, now);
      restoreSnapshot(restored, snapshot);
      cloud.holds.discardAll();
      cloud = restored;
    },
    stop: async () => {
      cloud.holds.discardAll();
      await server.close();
    },
  };
  const control = new Control({ simulator, settings: () => cloud.settings, environmentAt });
  return simulator;
}

/** How a client on this machine reaches a server that listens on `host`. */
function clientHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

function environmentFor(endpoint: string, options: SimulatorOptions): Record<string, string> {
  const { accessKeyId, accessKeySecret, securityToken } = options.accounts?.[0] ?? defaultAccount;
  return {
    ALICLOUD_ACCESS_KEY: accessKeyId,
    ALICLOUD_SECRET_KEY: accessKeySecret,
    ...(securityToken === undefined ? {} : { ALICLOUD_SECURITY_TOKEN: securityToken }),
    ALICLOUD_REGION: options.regionId ?? "cn-hangzhou",
    ALIBABA_CLOUD_ENDPOINT_VPC: endpoint,
    ALIBABA_CLOUD_ENDPOINT_STS: endpoint,
  };
}
