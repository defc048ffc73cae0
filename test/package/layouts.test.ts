import { startSimulator, type Simulator } from "../../simulator";
import { Consumer } from "./support/consumer";
import { InstalledProject } from "./support/installed-project";
import { layoutsFor } from "./support/layouts";

/** Each installs its dependencies and runs four Pulumi commands. */
jest.setTimeout(240_000);

const { version } = jest.requireActual<{ version: string }>("@pulumi/pulumi/package.json");
const packed = new Consumer();
const layouts = layoutsFor({
  "pulumi-alicloud-eip-segment": `file:${packed.tarball}`,
  "@pulumi/pulumi": version,
});

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ rateLimits: false, frequentPurchaseGuard: false });
});

afterEach(async () => {
  await simulator.stop();
});

afterAll(() => {
  packed.remove();
});

it.each(layouts)("$name brings a segment up, lists it and destroys it", async (layout) => {
  const project = new InstalledProject(layout, simulator.environment);
  try {
    await project.install();
    await project.pulumi("stack", "init", "test");
    await project.pulumi("up", "--yes", "--skip-preview");
    const live = simulator.segments();
    expect(live.map(({ status }) => status)).toEqual(["Allocated"]);
    expect((await project.pulumi("stack", "output", "cidrBlock")).trim()).toBe(live[0]?.cidrBlock);
    const listed = JSON.parse(await project.eipSegment("list", "--json")) as {
      segments: { segmentId: string }[];
    };
    expect(listed.segments.map(({ segmentId }) => segmentId)).toEqual([live[0]?.id]);
    await project.pulumi("destroy", "--yes", "--skip-preview");
    expect(simulator.segments()).toEqual([]);
  } finally {
    project.remove();
  }
});
