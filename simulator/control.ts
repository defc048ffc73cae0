import {
  parseFault,
  parseHold,
  parseInstanceId,
  parseProgression,
  parseSettings,
  parseSnapshot,
} from "./control-bodies";
import { ControlError } from "./control-error";
import type { Hold } from "./holds";
import { operations } from "./operations";
import type { SimulatorSettings } from "./options";
import { packageVersion } from "./package-version";
import type { HttpReply } from "./reply";
import type { ApiRequest } from "./request";
import type { Simulator } from "./simulator";

/** Start of the paths that steer the simulator instead of calling the API. */
export const controlPrefix = "/_simulator/";

interface ControlRequest {
  readonly body: Buffer;
  /** Host and port by which the client reached the simulator. */
  readonly host: string | undefined;
  /** The part of the path that the route leaves open. */
  readonly id: string;
  readonly query: ReadonlyMap<string, string>;
}

type Route = (request: ControlRequest) => unknown;

/** What of the simulator the control path needs. */
export interface ControlTarget {
  readonly simulator: Simulator;
  readonly settings: () => SimulatorSettings;
  /** Variables for a client that reaches the simulator at an endpoint. */
  readonly environmentAt: (endpoint: string) => Readonly<Record<string, string>>;
}

/**
 * The simulator's own HTTP interface, for other processes. Bodies and answers are JSON.
 *
 * | request | does |
 * | --- | --- |
 * | `GET health` | version, operations, account ids and settings; no keys |
 * | `GET log?since=N` | requests after number N |
 * | `GET segments`, `GET addresses` | live resources |
 * | `GET environment` | variables that point clients here, at the host of the request |
 * | `GET snapshot`, `POST restore` | {@link Simulator.snapshot}, {@link Simulator.restore} |
 * | `POST reset` | {@link Simulator.reset} |
 * | `POST configure`, `POST progression` | {@link Simulator.configure}, {@link Simulator.setProgression} |
 * | `POST faults`, `POST faults/clear` | {@link Simulator.addFault}, {@link Simulator.clearFaults} |
 * | `POST holds` | {@link Simulator.hold}; answers `{ id, reached }` |
 * | `GET holds/ID`, `GET holds/ID/reached` | the hold, at once or once it is reached |
 * | `POST holds/ID/release`, `POST holds/ID/discard` | ends the hold |
 * | `POST segments/ID/vanish` | {@link Simulator.vanish} |
 * | `POST addresses/IP/associate`, `POST addresses/IP/unassociate` | {@link Simulator.associate}, {@link Simulator.unassociate} |
 */
export class Control {
  private readonly holds = new Map<string, Hold>();
  private readonly routes: Readonly<Record<string, Route>>;

  constructor({ simulator, settings, environmentAt }: ControlTarget) {
    this.routes = {
      "GET health": () => viewHealth(settings()),
      "GET log": ({ query }) => {
        const since = Number(query.get("since") ?? "0");
        return simulator.log.filter(({ sequence }) => sequence > since);
      },
      "GET segments": () => simulator.segments(),
      "GET addresses": () => simulator.addresses(),
      "GET environment": ({ host }) =>
        host === undefined ? simulator.environment : environmentAt(`http://${host}`),
      "GET snapshot": () => simulator.snapshot(),
      "POST restore": ({ body }) => {
        simulator.restore(parseSnapshot(body));
        this.holds.clear();
      },
      "POST reset": () => {
        simulator.reset();
        this.holds.clear();
      },
      "POST configure": ({ body }) => {
        simulator.configure(parseSettings(body));
      },
      "POST progression": ({ body }) => {
        simulator.setProgression(parseProgression(body));
      },
      "POST faults": ({ body }) => {
        simulator.addFault(parseFault(body));
      },
      "POST faults/clear": () => {
        simulator.clearFaults();
      },
      "POST holds": ({ body }) => {
        const hold = simulator.hold(parseHold(body));
        this.holds.set(String(hold.id), hold);
        return viewHold(hold);
      },
      "GET holds/*": ({ id }) => viewHold(this.holdOf(id)),
      "GET holds/*/reached": async ({ id }) => {
        const hold = this.holdOf(id);
        await hold.reached;
        return viewHold(hold);
      },
      "POST holds/*/release": ({ id }) => {
        this.holdOf(id).release();
      },
      "POST holds/*/discard": ({ id }) => {
        this.holdOf(id).discard();
      },
      "POST segments/*/vanish": ({ id }) => {
        if (!simulator.segments().some((segment) => segment.id === id)) {
          throw new ControlError(404, `No live segment has the id ${id}.`);
        }
        simulator.vanish(id);
      },
      "POST addresses/*/associate": ({ body, id }) => {
        simulator.associate(id, parseInstanceId(body));
      },
      "POST addresses/*/unassociate": ({ id }) => {
        simulator.unassociate(id);
      },
    };
  }

  /** Carries out one control request. */
  async answer(request: ApiRequest): Promise<HttpReply> {
    try {
      const [head = "", id = "", ...tail] = request.path.slice(controlPrefix.length).split("/");
      const exact = [head, id, ...tail].filter((part) => part !== "").join("/");
      const open = [head, "*", ...tail].join("/");
      const route = this.routes[`${request.method} ${exact}`] ?? this.routes[`${request.method} ${open}`];
      if (route === undefined) throw new ControlError(404, `Unknown: ${request.method} ${request.path}`);
      const answer = await route({
        body: request.body,
        host: request.headers.host,
        id,
        query: request.parameters,
      });
      return json(200, answer ?? {});
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      return json(error.status, { error: error.message });
    }
  }

  private holdOf(id: string): Hold {
    const hold = this.holds.get(id);
    if (hold === undefined) throw new ControlError(404, `No hold has the id ${id}.`);
    return hold;
  }
}

function viewHold({ id, isReached }: Hold): { id: number; reached: boolean } {
  return { id, reached: isReached };
}

function viewHealth({ accounts, ...settings }: SimulatorSettings) {
  return {
    version: packageVersion(),
    operations: [...operations.keys()].sort(),
    accounts: [...new Set(accounts.map(({ accountId }) => accountId))],
    settings,
  };
}

function json(status: number, value: unknown): HttpReply {
  const body = JSON.stringify(value, (_, part: unknown) => (part === Infinity ? "Infinity" : part));
  return { status, headers: { "content-type": "application/json" }, body };
}
