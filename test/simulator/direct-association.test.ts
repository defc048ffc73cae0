import { useSimulator } from "./support/use-simulator";

const context = useSimulator();

async function post(path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${context.simulator.endpoint}/_simulator/addresses/${path}`, {
    method: "POST",
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const done = { status: 200, body: {} };
const release = (id: string) => context.refusal("ReleaseEipSegmentAddress", { SegmentInstanceId: id });

test("an address in use keeps its segment from being released until it is freed", async () => {
  const id = await context.allocate();
  const [first] = context.simulator.addresses();
  expect(await post("203.0.113.0/associate", { instanceId: "ngw-1" })).toEqual(done);
  expect(context.simulator.addresses()[0]).toEqual({
    ...first,
    status: "InUse",
    association: {
      instanceId: "ngw-1",
      instanceType: "Nat",
      instanceRegionId: "cn-hangzhou",
      mode: "NAT",
      privateIpAddress: "",
      vpcId: "",
    },
  });
  expect((await release(id)).code).toBe("IncorrectEipStatus");
  expect(await post(`${first?.allocationId ?? ""}/unassociate`)).toEqual(done);
  expect(context.simulator.addresses()[0]).toEqual(first);
  await context.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
});

test.each([
  ["i-web1", "EcsInstance"],
  ["lb-1", "SlbInstance"],
  ["havip-1", "HaVip"],
  ["eni-1", "NetworkInterface"],
  ["10.0.0.4", "IpAddress"],
])("the id %s is that of the type %s", async (instanceId, instanceType) => {
  await context.allocate();
  context.simulator.associate("203.0.113.1", instanceId);
  expect(context.simulator.addresses()[1]?.association).toMatchObject({ instanceId, instanceType });
});

test("what cannot be attached or freed is refused and says why", async () => {
  await context.allocate();
  context.simulator.associate("203.0.113.0", "i-web1");
  expect(await post("203.0.113.0/associate", { instanceId: "i-web2" })).toEqual({
    status: 409,
    body: { error: "203.0.113.0 cannot be associated: its status is InUse." },
  });
  expect(await post("203.0.113.1/unassociate")).toEqual({
    status: 409,
    body: { error: "203.0.113.1 cannot be unassociated: its status is Available." },
  });
  expect(await post("192.0.2.1/associate", { instanceId: "i-web1" })).toEqual({
    status: 404,
    body: { error: "No live EIP has the id or address 192.0.2.1." },
  });
  expect(await post("203.0.113.1/associate", { instanceId: "web" })).toMatchObject({ status: 400 });
  expect(await post("203.0.113.1/associate", {})).toMatchObject({ status: 400 });
});

test("an address of a segment that is not ready is refused", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: Infinity, releaseMs: 0 });
  await context.allocate();
  expect(await post("203.0.113.0/associate", { instanceId: "i-web1" })).toEqual({
    status: 409,
    body: { error: "203.0.113.0 cannot be associated: its segment is Allocating." },
  });
});
