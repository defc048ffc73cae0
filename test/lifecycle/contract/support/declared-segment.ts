import type { EipSegmentArgs } from "../../../../provider/resource/eip-segment-args";
import { createApiClient } from "../../../../provider/client/api-client";
import { check } from "../../../../provider/handlers/check";
import { create } from "../../../../provider/handlers/create";
import { remove } from "../../../../provider/handlers/delete";
import { createRun, partsOf } from "../../../../provider/handlers/run";
import type { Run } from "../../../../provider/handlers/run";
import { diff } from "../../../../provider/handlers/diff";
import { InitFailedError, serializable } from "../../../../provider/handlers/engine-protocol";
import { read } from "../../../../provider/handlers/read";
import { update } from "../../../../provider/handlers/update";
import type { Cloud } from "./cloud";
import { VirtualClock } from "../../../support/virtual-clock";

type Properties = Record<string, unknown>;

/** What a program writes; wrong values too, because checking them is the point of some tests. */
export type Written = { [Name in keyof EipSegmentArgs]?: unknown } & Properties;

/** What a run does, or would do, with the resource. */
export type Step = "create" | "update" | "replace" | "same";

/** A check that failed. */
export class CheckFailed extends Error {
  constructor(readonly failures: readonly { property: string; reason: string }[]) {
    super(failures.map(({ reason }) => reason).join("\n"));
  }
}

/**
 * One `EipSegment` of a stack, with what the engine keeps of it between two runs. Each method is one Pulumi command; it calls
 * the verbs in the engine's order, in a provider process of its own.
 */
export class DeclaredSegment {
  id: string | undefined;
  inputs: Properties = {};
  state: Properties = {};
  /** Set while the creation or update of the resource is not finished. */
  failed = false;
  /** Lines that the last command said to the user. */
  notices: string[] = [];

  constructor(
    private readonly cloud: Cloud,
    /** Stack configuration on top of the simulator's endpoint and keys. */
    readonly config: Record<string, string> = {},
    private readonly name = "segment",
  ) {}

  /** What `pulumi preview` would show. */
  preview(written: Written): { step: Step; replaces: string[] } {
    return this.plan(this.process(), written);
  }

  /** `pulumi up`. */
  async up(written: Written): Promise<Step> {
    const run = this.process();
    const { step, inputs } = this.plan(run, written);
    if (step === "update" && this.id !== undefined) {
      const { id, state } = this;
      await this.attempt(inputs, async () => ({ id, outs: (await update(run, id, state, inputs)).outs }));
    } else if (step === "create") {
      await this.attempt(inputs, () => create(run, inputs));
    } else if (step === "replace" && this.id !== undefined) {
      const old = { id: this.id, state: this.state };
      const fresh = this.checked(run, {}, written);
      await this.attempt(fresh, () => create(run, fresh));
      await remove(run, old.id, old.state);
    } else {
      this.inputs = inputs;
    }
    return step;
  }

  /** `pulumi refresh`; false when the segment turned out to be gone. */
  async refresh(): Promise<boolean> {
    const answer = serializable(await read(this.process(), this.known, this.state));
    if (answer.id === undefined) {
      this.forget();
      return false;
    }
    this.state = answer.props as unknown as Properties;
    this.inputs = { ...answer.inputs, __provider: "text" };
    this.failed = false;
    return true;
  }

  /** `pulumi destroy`. */
  async destroy(): Promise<void> {
    await remove(this.process(), this.known, this.state);
    this.forget();
  }

  private plan(run: Run, written: Written): { step: Step; replaces: string[]; inputs: Properties } {
    const inputs = this.checked(run, this.id === undefined ? {} : this.inputs, written);
    if (this.id === undefined) {
      return { step: "create", replaces: [], inputs };
    }
    const { changes, replaces } = diff(run, this.id, this.state, inputs);
    const changed = changes || this.failed;
    return { step: replaces.length > 0 ? "replace" : changed ? "update" : "same", replaces, inputs };
  }

  private checked(run: Run, olds: Properties, written: Written): Properties {
    const urn = `urn:pulumi:test::contract::pulumi-nodejs:dynamic/alicloud:EipSegment::${this.name}`;
    const { __ownerToken: clientToken, regionId, eipMask, __creation: creation } = this.state;
    const held =
      this.id === undefined ? [] : [{ urn, segmentId: this.id, clientToken, regionId, eipMask, creation }];
    const __origin = {
      organization: "organization",
      urn,
      settings: Object.keys(this.config),
      checkpoint: { readable: true, held },
    };
    const { inputs, failures } = serializable(check(run, olds, { ...written, __provider: "text", __origin }));
    if (failures.length > 0) {
      throw new CheckFailed(failures);
    }
    // The SDK's side of the dynamic provider puts it back.
    return { ...inputs, __provider: "text" };
  }

  private async attempt(
    inputs: Properties,
    verb: () => Promise<{ id: string; outs: object }>,
  ): Promise<void> {
    try {
      const { id, outs } = await verb();
      this.keep(id, inputs, serializable(outs), false);
    } catch (error) {
      if (error instanceof InitFailedError) {
        const { __provider, ...state } = error.properties;
        // Without it the engine would have no code to run for the resource.
        expect(__provider).toBe("text");
        this.keep(error.id, inputs, state, true);
      }
      throw error;
    }
  }

  private keep(id: string, inputs: Properties, state: object, failed: boolean): void {
    Object.assign(this, { id, inputs, state, failed });
  }

  private forget(): void {
    Object.assign(this, { id: undefined, inputs: {}, state: {}, failed: false });
  }

  private get known(): string {
    if (this.id === undefined) {
      throw new Error("The stack does not hold the resource.");
    }
    return this.id;
  }

  private process(): Run {
    this.notices = [];
    const parts = partsOf(this.cloud.configWith(this.config));
    const clock = new VirtualClock(Date.now());
    return createRun({
      ...{ ...parts, clock, knownDead: this.cloud.knownDead },
      api: createApiClient({ ...parts.settings, clock }),
      log: (line) => this.notices.push(line),
    });
  }
}
