import { createStack, segmentProgram, type Stack } from "./support";

/** A resource that, like an association, must be replaced when it gets another address. */
const dependent = `
class Dependent extends pulumi.dynamic.Resource {
  constructor(name, inputs) {
    const provider = {
      create: async (props) => ({ id: name, outs: props }),
      diff: async (_, olds, news) => {
        const replaces = olds.allocationId === news.allocationId ? [] : ["allocationId"];
        return { changes: replaces.length > 0, replaces };
      },
    };
    super(provider, name, inputs);
  }
}
new Dependent("dependent", { allocationId: segments["segment"].addresses[3].allocationId });
`;

const programOf = (args: Record<string, unknown>): string =>
  `${segmentProgram({ args: { eipMask: 28, ...args } })}\n${dependent}`;

describe("what uses an address of a segment", () => {
  let stack: Stack;

  const stepOf = async (args: Record<string, unknown>): Promise<string | undefined> => {
    stack.writeProgram(programOf(args));
    const steps = await stack.previewSteps({ args: ["--show-sames"] });
    return steps.find(({ urn }) => urn.endsWith("::dependent"))?.op;
  };

  beforeAll(async () => {
    stack = await createStack({ program: programOf({}), config: { "alicloud:region": "cn-hangzhou" } });
    await stack.up();
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("stays in the preview of an update in place", async () => {
    expect(await stepOf({ bandwidth: 50, tags: { team: "edge" } })).toBe("same");
  });

  it("is replaced in the preview of a replacement", async () => {
    expect(await stepOf({ eipMask: 27 })).toBe("replace");
  });
});
