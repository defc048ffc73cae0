import * as pulumi from "@pulumi/pulumi";
import { eipSegmentProvider } from "../shell/eip-segment-provider";
import { eipSegmentType, readCheckpoint } from "./checkpoint";
import { replacingInputs, updatingInputs } from "./eip-segment-args";
import type { EipSegmentArgs, InternetChargeType, Isp, Netmode, SegmentAddress } from "./eip-segment-args";
import { lostInputs } from "./lost-inputs";
import {
  engineOptions,
  refuseBadOptions,
  refuseForeignProvider,
  warnOfInheritedProvider,
  warnOfReplaceOnChanges,
} from "./option-rules";
import { keepStableOutputs } from "./stable-outputs";
import { pauseStackTraces, traced } from "./stack-traces";

/**
 * One contiguous EIP segment of Alibaba Cloud: 16 to 256 consecutive public IPv4 addresses.
 *
 * A change of `eipMask`, `internetChargeType`, `isp`, `netmode`, `zone` or `regionId` replaces the segment, and with it
 * every address; a change of `bandwidth`, `resourceGroupId` or `tags` updates every EIP in place.
 *
 * ```ts
 * import { EipSegment } from "pulumi-alicloud-eip-segment";
 *
 * const segment = new EipSegment("egress", { eipMask: 28, bandwidth: 50 });
 *
 * export const cidrBlock = segment.cidrBlock;
 * ```
 */
export class EipSegment extends pulumi.dynamic.Resource {
  /** Address block, such as `161.0.2.32/28`. */
  declare public readonly cidrBlock: pulumi.Output<string>;
  /** Number of usable addresses, as the cloud counts them. */
  declare public readonly ipCount: pulumi.Output<number>;
  /** The addresses in address order. */
  declare public readonly addresses: pulumi.Output<SegmentAddress[]>;
  /** `Allocating`, `Allocated` or `Releasing`. */
  declare public readonly status: pulumi.Output<string>;
  /** When the cloud created the segment, such as `2026-03-06T12:30:07Z`. */
  declare public readonly createTime: pulumi.Output<string>;
  /** ClientToken of the request that allocated the segment; empty when the segment was adopted. */
  declare public readonly clientToken: pulumi.Output<string>;
  /** Mask of the segment, 24 to 28. */
  declare public readonly eipMask: pulumi.Output<number>;
  /** Maximum bandwidth of each EIP in Mbit/s. */
  declare public readonly bandwidth: pulumi.Output<number>;
  /** How each EIP is charged. */
  declare public readonly internetChargeType: pulumi.Output<InternetChargeType>;
  /** Line type. */
  declare public readonly isp: pulumi.Output<Isp>;
  /** Network type. */
  declare public readonly netmode: pulumi.Output<Netmode>;
  /** Zone of the segment; undefined where the cloud names none. */
  declare public readonly zone: pulumi.Output<string | undefined>;
  /** Resource group of the EIPs. */
  declare public readonly resourceGroupId: pulumi.Output<string | undefined>;
  /** Region of the segment. */
  declare public readonly regionId: pulumi.Output<string>;
  /** Tags that the program set on every EIP. */
  declare public readonly tags: pulumi.Output<Record<string, string> | undefined>;

  /**
   * Declares a segment.
   *
   * @param name - Name of the resource in the stack; a part of its URN.
   * @param args - Inputs of the segment. Values that the documentation rules out fail the preview.
   * @param opts - Pulumi's resource options. `customTimeouts` limits the waits for the cloud (default 10 minutes each).
   * @throws pulumi.RunError when `opts` names a provider (a dynamic resource takes its account and region from the stack's
   *   configuration and the environment), `import` or `id` (set the input `adopt`), or a timeout that is not a duration.
   */
  public constructor(name: string, args: EipSegmentArgs, opts?: pulumi.CustomResourceOptions) {
    refuseForeignProvider(name, opts);
    refuseBadOptions(name, opts);
    // A program in JavaScript may leave them out; what is missing is then said like any other fault of an input.
    const written = { ...(args as EipSegmentArgs | undefined) };
    const goOn = pauseStackTraces();
    try {
      super(
        eipSegmentProvider,
        name,
        {
          ...notYetKnown,
          ...written,
          customTimeouts: opts?.customTimeouts,
          __origin: origin(name, written, opts?.parent),
        },
        pulumi.mergeOptions(engineOptions(opts, inputNames), { additionalSecretOutputs: secretOutputs }),
        "alicloud",
        "EipSegment",
      );
    } catch (error) {
      goOn();
      throw traced(error);
    }
    goOn();
    warnOfInheritedProvider(name, this, opts?.parent);
    warnOfReplaceOnChanges(name, this, opts);
    keepStableOutputs(this, written, opts);
  }
}

/** Inputs that are outputs too. */
const shownInputs = [...replacingInputs, ...updatingInputs];

/** Properties that become outputs although the program does not write them. */
const notYetKnown = {
  cidrBlock: undefined,
  ipCount: undefined,
  addresses: undefined,
  status: undefined,
  createTime: undefined,
  clientToken: undefined,
  ...Object.fromEntries(shownInputs.map((name) => [name, undefined])),
};

/** Everything that the engine may be told to ignore changes of. */
const inputNames = [...shownInputs, "adopt", "customTimeouts"];

/** The state's own copy of the inputs: the engine encrypts what the program marks as secret only under the inputs' names. */
const secretOutputs = ["__inputs"];

/** Who asks for the segment, and what the stack holds already: the verbs are told neither by the engine. */
function origin(
  name: string,
  args: Partial<EipSegmentArgs>,
  parent: pulumi.Resource | undefined,
): Record<string, unknown> {
  return {
    organization: organization(),
    urn: ownUrn(name, parent),
    checkpoint: readCheckpoint(),
    secrets: secretNames(args),
    lost: lostInputs(args),
    settings: settingKeys(),
  };
}

/**
 * The segment's URN as a bare promise: as an output it would depend on the parent, and so on all of the parent's children, of
 * which this segment is one.
 */
function ownUrn(name: string, parent: pulumi.Resource | undefined): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, eipSegmentType, parent).apply(resolve);
  });
}

/** Names of the inputs that are, or hold, secrets: the verbs get all values in plain and must not show these. */
async function secretNames(args: Partial<EipSegmentArgs>): Promise<string[]> {
  const names = await Promise.all(
    Object.entries(args).map(async ([name, value]) => {
      const isSecret = await pulumi.isSecret(pulumi.output(value)).catch(() => true);
      return isSecret ? [name] : [];
    }),
  );
  return names.flat();
}

/** The stack's organization. Pulumi's mocks may name none, and a unit test of a program must not fail for that. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}

/** Namespaces of this package's configuration keys, in whatever case. */
const namespaces = /^(alicloud|eipsegment):/i;

/**
 * Keys of the stack's configuration in the namespaces of this package, without their values: the engine tells a provider no list
 * of them, and one that is misspelt would be ignored without a message. The project's own keys are left out.
 */
function settingKeys(): string[] {
  const ownKeys = `${pulumi.getProject()}:`;
  return Object.keys(pulumi.runtime.allConfig()).filter(
    (key) => namespaces.test(key) && !key.startsWith(ownKeys),
  );
}
