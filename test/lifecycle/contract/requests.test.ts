import { useCloud } from "./support/cloud";
import { DeclaredSegment, type Written } from "./support/declared-segment";

const cloud = useCloud();

/** What an `up` of a new segment asks for, besides what every request has. */
async function asked(written: Written): Promise<unknown> {
  await new DeclaredSegment(cloud).up(written);
  return cloud.simulator.log.find(({ action }) => action === "AllocateEipSegmentAddress")?.parameters;
}

describe("a request for a segment", () => {
  it("says everything that the program writes", async () => {
    const written = {
      eipMask: 27,
      bandwidth: 200,
      internetChargeType: "PayByBandwidth",
      isp: "ChinaTelecom",
      netmode: "hybrid",
      zone: "cn-hangzhou-b",
      resourceGroupId: "rg-edge",
    };
    expect(await asked(written)).toMatchObject({
      RegionId: "cn-hangzhou",
      EipMask: "27",
      Bandwidth: "200",
      InternetChargeType: "PayByBandwidth",
      Isp: "ChinaTelecom",
      Netmode: "hybrid",
      Zone: "cn-hangzhou-b",
      ResourceGroupId: "rg-edge",
    });
  });

  it("says the defaults of what the program leaves out, and no zone or resource group", async () => {
    const parameters = await asked({ eipMask: 28 });
    expect(parameters).toMatchObject({
      EipMask: "28",
      Bandwidth: "5",
      InternetChargeType: "PayByBandwidth",
      Isp: "BGP",
      Netmode: "public",
    });
    expect(parameters).not.toHaveProperty("Zone");
    expect(parameters).not.toHaveProperty("ResourceGroupId");
  });
});
