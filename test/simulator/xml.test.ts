import { renderXml } from "../../simulator/xml";
import { protocolParameters, rawCall } from "./support/raw-call";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const send = async (
  action: string,
  format: string | undefined,
): Promise<{ type: string | null; text: string }> => {
  const parameters = Object.entries(protocolParameters(action, context.clock.timestamp()));
  const rest = Object.fromEntries(parameters.filter(([name]) => name !== "Format"));
  const form = { ...rest, RegionId: "cn-hangzhou", ...(format === undefined ? {} : { Format: format }) };
  const response = await rawCall(context.simulator.endpoint, { form });
  return { type: response.headers.get("content-type"), text: await response.text() };
};

test("an RPC request without Format gets XML named after its action", async () => {
  await context.allocate();
  const { type, text } = await send("DescribeEipSegment", undefined);
  expect(type).toBe("text/xml;charset=utf-8");
  expect(text).toMatch(/^<\?xml version='1.0' encoding='UTF-8'\?><DescribeEipSegmentResponse><RequestId>/);
  expect(text).toContain("<TotalCount>1</TotalCount><EipSegments><EipSegment><InstanceId>eipsg-");
  expect(text).toContain("<IpCount>16</IpCount><Name></Name><Descritpion></Descritpion>");
  expect(text.endsWith("</EipSegment></EipSegments></DescribeEipSegmentResponse>")).toBe(true);
});

test("errors in XML have the root Error", async () => {
  const { text } = await send("NoSuchAction", "XML");
  expect(text).toMatch(
    /^<\?xml [^>]*\?><Error><RequestId>[0-9A-F-]{36}<\/RequestId><HostId>127.0.0.1<\/HostId>/,
  );
  expect(text).toContain("<Code>InvalidApi.NotFound</Code>");
});

test("Format is read without regard to case", async () => {
  const { type, text } = await send("DescribeEipSegment", "json");
  expect(type).toBe("application/json;charset=utf-8");
  expect(JSON.parse(text)).toHaveProperty("EipSegments.EipSegment", []);
});

test("a list becomes one element per item, and markup is escaped", () => {
  const body = {
    Tags: {
      Tag: [
        { Key: "a<b", Value: '"&"' },
        { Key: "c", Value: "" },
      ],
    },
    None: { Item: [] },
  };
  expect(renderXml("R", body)).toBe(
    "<?xml version='1.0' encoding='UTF-8'?><R><Tags><Tag><Key>a&lt;b</Key><Value>&quot;&amp;&quot;</Value></Tag>" +
      "<Tag><Key>c</Key><Value></Value></Tag></Tags><None></None></R>",
  );
});
