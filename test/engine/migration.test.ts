import { runCli } from "../unit/cli/support/run-cli";
import { changesOf, createStack, messagesOf, segmentProgram, type Stack } from "./support";
import { outside } from "./support/outside";

jest.setTimeout(240_000);

const args = { eipMask: 28, bandwidth: 50, tags: { team: "edge" } };
const declaring = (more: object = {}): string =>
  segmentProgram({ name: "egress", args: { ...args, ...more } });

describe("a segment that is migrated to a public IP address pool", () => {
  let stack: Stack;
  let urn: string;
  let notice: string;

  const addresses = () => stack.simulator.addresses().map(({ allocationId }) => allocationId);

  beforeAll(async () => {
    stack = await createStack({ program: declaring(), config: { "alicloud:region": "cn-hangzhou" } });
    await stack.up();
    urn = await stack.urnOf("egress");
    const [segment] = stack.simulator.segments();
    const call = outside(stack.simulator);
    await call("AssociateEipAddress", {
      AllocationId: segment?.addresses[3]?.allocationId,
      InstanceId: "i-1",
    });
    const { PublicIpAddressPoolId } = await call("TransformEipSegmentToPublicIpAddressPool", {
      InstanceId: segment?.id,
    });
    notice =
      `Segment ${segment?.id ?? ""} was migrated to the public IP address pool ${String(PublicIpAddressPoolId)}: its addresses are part of that pool now, ` +
      "and this resource can no longer manage them. Remove the resource from the program and run `pulumi state delete` on its URN.";
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("shows no change in a preview and an up, which send no request", async () => {
    const from = stack.simulator.log.length;
    expect(changesOf(await stack.preview())).toEqual({ same: 2 });
    expect(changesOf(await stack.up())).toEqual({ same: 2 });
    expect(stack.simulator.log.slice(from)).toEqual([]);
  });

  it("is named by a refresh, which keeps the record", async () => {
    const refreshed = await stack.refresh();
    expect(messagesOf(refreshed)).toContain(notice);
    expect((await stack.resource("egress")).urn).toBe(urn);
    expect(changesOf(await stack.preview())).toEqual({ same: 2 });
  });

  it("is not changed, and the up says why", async () => {
    stack.writeProgram(declaring({ bandwidth: 60 }));
    expect(messagesOf(await stack.up({ expectFailure: true })).join("\n")).toContain(notice);
    stack.writeProgram(declaring());
    expect(changesOf(await stack.up())).toEqual({ same: 2 });
  });

  it("is not released by a destroy, nor by an up without the declaration", async () => {
    expect(messagesOf(await stack.destroy({ expectFailure: true })).join("\n")).toContain(notice);
    stack.writeProgram(segmentProgram());
    expect(messagesOf(await stack.up({ expectFailure: true })).join("\n")).toContain(notice);
    expect(addresses()).toHaveLength(16);
  });

  it("is in no list of orphans", async () => {
    const input = JSON.stringify(await stack.export());
    const { out } = await runCli(["orphans"], { input, environment: stack.simulator.environment });
    expect(out).toContain("No orphans in cn-hangzhou. Live segments: 0.");
  });

  it("leaves the stack by `pulumi state delete`, and the next up releases and allocates nothing", async () => {
    const from = stack.simulator.log.length;
    await stack.pulumi(["state", "delete", "--yes", urn]);
    expect(changesOf(await stack.up())).toEqual({ same: 1 });
    expect(stack.simulator.log.slice(from)).toEqual([]);
    const actions = stack.simulator.log.map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith("Allocate"))).toHaveLength(1);
    expect(actions.filter((action) => action.startsWith("Release"))).toEqual([]);
    expect(addresses()).toHaveLength(16);
  });
});
