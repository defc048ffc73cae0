import type { EipSegmentArgs } from "../../../../provider/resource/eip-segment-args";
import { createApiClient } from "../../../../provider/client/api-client";
import { createRun, partsOf } from "../../../../provider/handlers/run";
import type { Verbs } from "../../../../provider/util/verbs";
import { type Declaration, EngineModel, type Entry, type Outcome, type Plan } from "../../engine-model";
import { verbsOf } from "../../support/provider-process";
import { VirtualClock } from "../../../support/virtual-clock";
import type { Cloud } from "./cloud";

type Properties = Record<string, unknown>;

/** What a program writes; wrong values too, because checking them is the point of some tests. */
export type Written = { [Name in keyof EipSegmentArgs]?: unknown } & Properties;

/** A stack with one `EipSegment`. Each method is one Pulumi command, in a provider process of its own, and throws its errors. */
export class DeclaredSegment {
  /** Lines that the last command said to the user. */
  notices: string[] = [];
  private readonly engine = new EngineModel();

  constructor(
    private readonly cloud: Cloud,
    /** Stack configuration on top of the simulator's endpoint and keys. */
    readonly config: Record<string, string> = {},
    private readonly name = "segment",
  ) {}

  get id(): string | undefined {
    return this.entry?.id;
  }

  get inputs(): Properties {
    return this.entry?.inputs ?? {};
  }

  get state(): Properties {
    return this.entry?.outputs ?? {};
  }

  /** True while the creation or update of the resource is not finished. */
  get failed(): boolean {
    return this.entry?.failed ?? false;
  }

  /** What `pulumi preview` shows. */
  preview(written: Written): Promise<Plan> {
    return this.engine.preview(this.declared(written), this.process(), this.options);
  }

  /** What `pulumi up` does, which is what its preview has shown. */
  async up(written: Written): Promise<Plan["step"]> {
    const { step } = await this.preview(written);
    await succeeded(this.engine.up([this.declared(written)], this.process(), this.options));
    return step;
  }

  /** `pulumi refresh`; false when the segment turned out to be gone. */
  async refresh(): Promise<boolean> {
    await succeeded(this.engine.refresh(this.process()));
    return this.entry !== undefined;
  }

  async destroy(): Promise<void> {
    await succeeded(this.engine.destroy(this.process()));
  }

  private get entry(): Entry | undefined {
    return this.engine.entry(this.name);
  }

  private get options(): { settings: string[] } {
    return { settings: Object.keys(this.config) };
  }

  private declared(args: Written): Declaration {
    return { name: this.name, args };
  }

  private process(): Verbs {
    this.notices = [];
    const parts = partsOf(this.cloud.configWith(this.config));
    const clock = new VirtualClock(Date.now());
    const run = createRun({
      ...{ ...parts, clock, releasedSegments: this.cloud.releasedSegments },
      api: createApiClient({ ...parts.settings, clock }),
      log: (line) => this.notices.push(line),
    });
    return verbsOf(run);
  }
}

async function succeeded(command: Promise<Outcome>): Promise<void> {
  const { errors } = await command;
  if (errors.length > 0) throw new Error(errors.join("\n"));
}
