import { beforeEach, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Egress } from "./egress";

/** Type of EipSegment, as Pulumi names it to mocks. */
const segmentType = "pulumi-nodejs:dynamic/alicloud:EipSegment";

let declared: pulumi.runtime.MockResourceArgs[];

beforeEach(async () => {
  declared = [];
  await pulumi.runtime.setMocks({
    // Answers what the cloud would: outputs that the program goes on with.
    newResource(resource) {
      declared.push(resource);
      const addresses = ["203.0.113.0", "203.0.113.1"].map((ipAddress, index) => ({
        allocationId: `eip-${index}`,
        ipAddress,
      }));
      const outputs =
        resource.type === segmentType ? { cidrBlock: "203.0.113.0/28", ipCount: 2, addresses } : {};
      return { id: `${resource.name}-id`, state: { ...(resource.inputs as object), ...outputs } };
    },
    call: ({ inputs }) => inputs as object,
  });
});

/** Value of an output, which a test under mocks always has. */
const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

test("the allow list names every address of the segment", async () => {
  const egress = new Egress("egress", 50);
  expect(await valueOf(egress.allowList)).toEqual(["allow 203.0.113.0/32;", "allow 203.0.113.1/32;"]);
});

test("the segment has 16 addresses, the bandwidth asked for, and its team's tag", async () => {
  await valueOf(new Egress("egress", 50).allowList);
  expect(declared.find(({ type }) => type === segmentType)?.inputs).toMatchObject({
    eipMask: 28,
    bandwidth: 50,
    tags: { team: "edge" },
  });
});
