import type { CloudSnapshot } from "../../simulator";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const endless = { kind: "time", allocateMs: Infinity, releaseMs: Infinity, associateMs: Infinity } as const;

/** Through JSON, as a file has it. */
const throughJson = (snapshot: CloudSnapshot): unknown => JSON.parse(JSON.stringify(snapshot)) as unknown;

async function restore(snapshot: unknown): Promise<{ status: number; body: unknown }> {
  const body = JSON.stringify(snapshot);
  const response = await fetch(`${context.simulator.endpoint}/_simulator/restore`, { method: "POST", body });
  return { status: response.status, body: await response.json() };
}

/** A cloud with something in every state that lasts. */
async function fill(): Promise<void> {
  const ClientToken = "kept";
  const id = await context.allocate({ ClientToken, Bandwidth: "10", InternetChargeType: "PayByTraffic" });
  const [first = "", second = ""] = context.allocationIds(id);
  await context.call("TagResources", {
    ResourceType: "EIP",
    ResourceId: [first],
    Tag: [{ Key: "team", Value: "edge" }],
  });
  await context.call("AssociateEipAddress", { AllocationId: first, InstanceId: "i-web1" });
  await context.call("ModifyEipAddressAttribute", { AllocationId: second, Name: "spare", Bandwidth: "20" });
  await context.call("TransformEipSegmentToPublicIpAddressPool", {
    InstanceId: await context.allocate({ EipMask: "27" }),
  });
  const releasing = await context.allocate({ RegionId: "cn-beijing" });
  expect(context.simulator.segments()).toHaveLength(2);
  context.simulator.setProgression(endless);
  await context.call("ReleaseEipSegmentAddress", { RegionId: "cn-beijing", SegmentInstanceId: releasing });
  await context.call("UnassociateEipAddress", { AllocationId: first });
  await context.allocate({ EipMask: "26" });
}

test("a snapshot restores the same cloud in another simulator", async () => {
  await fill();
  const snapshot = throughJson(context.simulator.snapshot());
  const segments = context.simulator.segments();
  const addresses = context.simulator.addresses();
  expect(segments.map(({ status }) => status)).toEqual(["Allocated", "Releasing", "Allocating"]);
  expect(addresses).toHaveLength(16 + 32 + 16 + 64);
  await context.stop();
  await context.start({ quota: 100_000, progression: endless });
  expect(await restore(snapshot)).toEqual({ status: 200, body: {} });
  expect(context.simulator.segments()).toEqual(segments);
  const byId = (list: typeof addresses) =>
    [...list].sort((a, b) => a.allocationId.localeCompare(b.allocationId));
  expect(byId(context.simulator.addresses())).toEqual(byId(addresses));
  expect(throughJson(context.simulator.snapshot())).toEqual(snapshot);
});

test("tokens, addresses in use and changes under way continue after a restoration", async () => {
  await fill();
  const [kept, releasing] = context.simulator.segments();
  const snapshot = context.simulator.snapshot();
  context.simulator.restore(snapshot);
  expect(
    await context.allocate({ ClientToken: "kept", Bandwidth: "10", InternetChargeType: "PayByTraffic" }),
  ).toBe(kept?.id);
  expect(
    (await context.refusal("AllocateEipSegmentAddress", { EipMask: "27", ClientToken: "kept" })).code,
  ).toBe("IdempotentParameterMismatch");
  context.simulator.setProgression({ kind: "immediate" });
  expect(context.simulator.segments().map(({ id }) => id)).not.toContain(releasing?.id);
  expect(context.simulator.segments().map(({ status }) => status)).toEqual(["Allocated", "Allocated"]);
  const taken = context.simulator.segments().map(({ cidrBlock }) => cidrBlock);
  const fresh = await context.allocate();
  expect(taken).not.toContain(context.simulator.segments().find(({ id }) => id === fresh)?.cidrBlock);
  expect(context.simulator.addresses().every(({ association }) => association === undefined)).toBe(true);
});

test("a restoration keeps the settings and empties the log", async () => {
  await context.allocate();
  const snapshot = context.simulator.snapshot();
  context.simulator.configure({ quota: 16 });
  context.simulator.restore(snapshot);
  expect(context.simulator.log).toEqual([]);
  expect((await context.refusal("AllocateEipSegmentAddress", { EipMask: "28" })).code).toBe(
    "QuotaExceeded.Eip",
  );
});

test.each([
  [
    "overlapping segments",
    ({ segments, ...rest }: CloudSnapshot) => ({ ...rest, segments: [...segments, ...segments] }),
  ],
  [
    "addresses of a real network",
    ({ segments, ...rest }: CloudSnapshot) => ({
      ...rest,
      segments: segments.map((segment) => ({ ...segment, cidrBlock: "8.8.8.0/28" })),
    }),
  ],
  [
    "a pool inside a segment",
    ({ segments, ...rest }: CloudSnapshot) => ({ ...rest, segments, poolAddresses: segments[0]?.addresses }),
  ],
  ["nothing of a snapshot", () => ({ segments: [{ eipMask: 28 }] })],
])("a snapshot with %s is refused, and the cloud stays as it was", async (_, change) => {
  await context.allocate();
  const before = context.simulator.snapshot();
  expect(await restore(change(before))).toMatchObject({
    status: 400,
    body: { error: expect.any(String) as unknown },
  });
  expect(context.simulator.snapshot()).toEqual(before);
});
