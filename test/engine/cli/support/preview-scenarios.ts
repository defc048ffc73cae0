/** What happens to the stack before a preview; each happens once, in the order of the scenarios. */
export type Preparation =
  | "nothing"
  | "base is up"
  | "the ingress segment vanishes"
  | "a replacement cannot release the old one"
  | "a replacement ends between deletion and creation";

/** One preview of the real engine that the report is tested with. */
export interface PreviewScenario {
  /** Name of the recording. */
  name: string;
  /** Program of the preview; `base` when absent. */
  program?: string;
  /** The command that previews. Default `preview`. */
  command?: readonly string[];
  /** What happens to the stack before the preview. */
  before?: Preparation;
  /** With true, the preview ends with an error. */
  fails?: boolean;
}

/** What every program starts with: a resource of another kind, whose value is known only after its creation. */
const head = `
const pulumi = require("@pulumi/pulumi");
const { EipSegment } = require("pulumi-alicloud-eip-segment");
const provider = {
  async create(inputs) { return { id: "plain", outs: { mask: "27", ...inputs } }; },
  async diff(id, olds, news) { return { changes: olds.size !== news.size }; },
};
class Plain extends pulumi.dynamic.Resource {
  constructor(name, props) { super(provider, name, { mask: undefined, ...props }); }
}
class Network extends pulumi.ComponentResource {
  constructor(name) { super("shop:index:Network", name); }
}
`;

/** Declarations of the base program, by what they declare. */
const base = {
  plain: `new Plain("gateway", { size: 1 });`,
  network: `const network = new Network("network");`,
  egress: `new EipSegment("egress", { eipMask: 28, bandwidth: 10, tags: { team: "edge" } });`,
  ingress: `new EipSegment("ingress", { eipMask: 28 }, { parent: network });`,
  kept: `new EipSegment("kept", { eipMask: 28 }, { retainOnDelete: true });`,
  hidden: `new EipSegment("hidden", { eipMask: 28 }, { additionalSecretOutputs: ["addresses", "cidrBlock"] });`,
};

/** The base program with some declarations replaced, removed (with undefined) or added. */
function program(changes: Partial<Record<keyof typeof base | "more", string | undefined>> = {}): string {
  return [head, ...Object.values({ ...base, ...changes })].filter((part) => part !== undefined).join("\n");
}

/** Text of the base program, which is up before most of the previews. */
export const baseProgram = program();

/** URN of a segment of the stack that is recorded. */
const urn = (name: string): string =>
  `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/alicloud:EipSegment::${name}`;

const egress = (args: string, options = ""): string =>
  `new EipSegment("egress", { ${args} }, { ${options} });`;

const wider = program({ egress: egress(`eipMask: 27, bandwidth: 10, tags: { team: "edge" }`) });

const deletedFirst = program({
  egress: egress(`eipMask: 26, bandwidth: 10, tags: { team: "edge" }`, "deleteBeforeReplace: true"),
});

export const previewScenarios: readonly PreviewScenario[] = [
  { name: "new-stack", before: "nothing" },
  { name: "without-segments", before: "nothing", program: `${head}${base.plain}` },
  { name: "unchanged" },
  { name: "mask-changed", program: wider },
  { name: "mask-changed-in-steps", program: wider, command: ["preview", "--show-replacement-steps"] },
  {
    name: "updated-in-place",
    program: program({ egress: egress(`eipMask: 28, bandwidth: 20, tags: { team: "edge", env: "prod" }`) }),
  },
  { name: "removed", program: program({ egress: undefined }) },
  {
    name: "renamed-without-alias",
    program: program({
      egress: `new EipSegment("outbound", { eipMask: 28, bandwidth: 10, tags: { team: "edge" } });`,
    }),
  },
  {
    name: "renamed-with-alias",
    program: program({
      egress: `
        const edge = new Network("edge");
        const aliases = [{ name: "egress", parent: pulumi.rootStackResource }];
        const settings = { eipMask: 28, bandwidth: 10, tags: { team: "edge" } };
        new EipSegment("outbound", settings, { parent: edge, aliases });`,
    }),
  },
  {
    name: "renamed-and-replaced",
    command: ["preview", "--show-replacement-steps"],
    program: program({
      egress: `new EipSegment("outbound", { eipMask: 27, bandwidth: 10, tags: { team: "edge" } }, { aliases: [{ name: "egress" }] });`,
    }),
  },
  {
    name: "retained-too-late",
    command: ["preview", "--show-replacement-steps"],
    program: program({
      egress: egress(`eipMask: 27, bandwidth: 10, tags: { team: "edge" }`, "retainOnDelete: true"),
    }),
  },
  { name: "component-removed", program: program({ network: undefined, ingress: undefined }) },
  { name: "retained", program: program({ kept: undefined }) },
  {
    name: "secret-outputs",
    program: program({
      hidden: base.hidden.replace("eipMask: 28", "eipMask: 26, bandwidth: pulumi.secret(50)"),
    }),
  },
  {
    name: "unknown-mask",
    program: program({
      egress: `new EipSegment("egress", { eipMask: new Plain("sizes", { size: 2 }).mask, bandwidth: 10, tags: { team: "edge" } });`,
    }),
  },
  { name: "replace-asked-for", command: ["preview", "--replace", urn("egress")] },
  {
    name: "target-replace",
    command: ["preview", "--target-replace", urn("egress"), "--show-replacement-steps"],
  },
  { name: "delete-before-replace", program: deletedFirst },
  {
    name: "adopted",
    program: program({
      more: `new EipSegment("legacy", { eipMask: 28, adopt: "eipsg-bp1legacy000000000000" });`,
    }),
  },
  { name: "refused-inputs", program: program({ egress: egress("eipMask: 99") }), fails: true },
  { name: "destroy", command: ["destroy", "--preview-only"] },
  { name: "vanished", command: ["preview", "--refresh"], before: "the ingress segment vanishes" },
  {
    name: "release-pending",
    before: "a replacement cannot release the old one",
    command: ["preview", "--show-replacement-steps"],
    program: wider,
  },
  {
    name: "replacement-interrupted",
    before: "a replacement ends between deletion and creation",
    command: ["preview", "--show-replacement-steps"],
    program: deletedFirst,
  },
];
