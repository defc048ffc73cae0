import { createStack, messagesOf, segmentProgram, type SegmentDeclaration, type Stack } from "./support";

jest.setTimeout(240_000);

const args = { eipMask: 28, bandwidth: 10 };

const before: SegmentDeclaration[] = [
  { name: "protected", args, options: "{ protect: true }" },
  { name: "retained", args, options: "{ retainOnDelete: true }" },
  { name: "deletedFirst", args, options: "{ deleteBeforeReplace: true }" },
  { name: "ignoring", args, options: `{ ignoreChanges: ["eipMask", "bandwidth"] }` },
  { name: "ignoringAll", args, options: `{ ignoreChanges: ["*"] }` },
  { name: "oldName", args },
  { name: "child", args, options: `{ parent: new pulumi.ComponentResource("test:Network", "network") }` },
  { name: "dependent", args, options: `{ dependsOn: [segments["deletedFirst"]] }` },
  { name: "patient", args, options: `{ customTimeouts: { create: "20m", delete: "15m" } }` },
];

/** The program of the second run. */
const after: SegmentDeclaration[] = [
  { name: "protected", args, options: "{ protect: true }" },
  { name: "deletedFirst", args: { ...args, eipMask: 27 }, options: "{ deleteBeforeReplace: true }" },
  {
    name: "ignoring",
    args: { eipMask: 27, bandwidth: 80 },
    options: `{ ignoreChanges: ["eipMask", "bandwidth"] }`,
  },
  {
    name: "ignoringAll",
    args: { eipMask: 27, bandwidth: 80, tags: { team: "edge" } },
    options: `{ ignoreChanges: ["*"] }`,
  },
  { name: "newName", args, options: `{ aliases: [{ name: "oldName" }] }` },
  {
    name: "child",
    args,
    options: `{ aliases: [{ parent: "urn:pulumi:test::engine-test::test:Network::network" }] }`,
  },
  { name: "dependent", args, options: `{ dependsOn: [segments["deletedFirst"]] }` },
  { name: "patient", args, options: `{ customTimeouts: { create: "20m", delete: "25m" } }` },
];

let stack: Stack;
let ids: Record<string, string>;
let idsAfter: Record<string, string>;
let askedBefore: number;

const idsOf = (outputs: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, segment]) => [name, (segment as { id: string }).id]),
  );
const isLive = (id: string | undefined) => stack.simulator.segments().some((segment) => segment.id === id);

beforeAll(async () => {
  stack = await createStack({
    program: segmentProgram(...before),
    config: { "alicloud:region": "cn-hangzhou", "eipSegment:allocatePerMinute": "1000" },
  });
  ids = idsOf((await stack.up()).outputs);
});

afterAll(async () => {
  await stack.dispose();
});

describe("the first up", () => {
  it("dependsOn: the dependent segment is asked for after the other is ready", () => {
    const { log } = stack.simulator;
    const asksOf = (id: string | undefined) =>
      log.filter(({ parameters }) => parameters.SegmentInstanceId === id).map(({ sequence }) => sequence);
    const ready = Math.min(...asksOf(ids.deletedFirst));
    const lastAllocation = log.filter(({ action }) => action === "AllocateEipSegmentAddress").at(-1);
    expect(ready).toBeLessThan(lastAllocation?.sequence ?? 0);
    expect(Math.min(...asksOf(ids.dependent))).toBeGreaterThan(lastAllocation?.sequence ?? 0);
  });

  it("parent: the segment's URN and its ClientToken are those of a child", async () => {
    const { urn, outputs } = await stack.resource("child");
    expect(urn).toContain("test:Network$pulumi-nodejs:dynamic/alicloud:EipSegment::child");
    expect(outputs?.clientToken).not.toBe((await stack.resource("patient")).outputs?.clientToken);
  });

  it("customTimeouts: the state has them, for the delete that is told nothing else", async () => {
    expect((await stack.resource("patient")).outputs?.customTimeouts).toEqual({
      create: "20m",
      delete: "15m",
    });
  });
});

describe("the second up", () => {
  beforeAll(async () => {
    stack.writeProgram(segmentProgram(...after));
    askedBefore = stack.simulator.log.length;
    idsAfter = idsOf((await stack.up()).outputs);
  });

  it("retainOnDelete: the segment leaves the stack and lives on", async () => {
    expect(isLive(ids.retained)).toBe(true);
    await expect(stack.resource("retained")).rejects.toThrow("0 resources");
  });

  it("deleteBeforeReplace: the old segment is released before the new one is asked for", () => {
    const calls = stack.simulator.log.slice(askedBefore).map(({ action }) => action);
    const release = calls.indexOf("ReleaseEipSegmentAddress");
    expect(release).toBeGreaterThan(-1);
    expect(release).toBeLessThan(calls.indexOf("AllocateEipSegmentAddress"));
    expect(isLive(ids.deletedFirst)).toBe(false);
    expect(isLive(idsAfter.deletedFirst)).toBe(true);
  });

  it.each([["ignoring"], ["ignoringAll"]])("ignoreChanges: nothing about the segment %s changes", (name) => {
    expect(idsAfter[name]).toBe(ids[name]);
    const live = stack.simulator.segments().find(({ id }) => id === ids[name]);
    expect(live?.addresses[0]).toMatchObject({ bandwidth: 10 });
    expect(Object.keys(live?.addresses[0]?.tags ?? {})).toEqual(["pulumi-eip-segment"]);
  });

  it("aliases: a renamed segment, and one that left its parent, stay what they are", () => {
    expect(idsAfter.newName).toBe(ids.oldName);
    expect(idsAfter.child).toBe(ids.child);
  });

  it("customTimeouts: a change is recorded without a call to the cloud", async () => {
    expect(idsAfter.patient).toBe(ids.patient);
    expect((await stack.resource("patient")).outputs?.customTimeouts).toEqual({
      create: "20m",
      delete: "25m",
    });
    const asked = stack.simulator.log
      .slice(askedBefore)
      .map(({ parameters }) => parameters.SegmentInstanceId);
    expect(asked).not.toContain(ids.patient);
  });
});

describe("afterwards", () => {
  it("protect: neither a replacement nor a destroy gets through", async () => {
    stack.writeProgram(
      segmentProgram({ name: "protected", args: { ...args, eipMask: 27 }, options: "{ protect: true }" }),
    );
    const { stdout } = await stack.preview({ expectFailure: true });
    expect(stdout).toContain("protected");
    await stack.destroy({ expectFailure: true });
    expect(isLive(ids.protected)).toBe(true);
  });

  it("provider: one of the official package is refused with what to do", async () => {
    stack.writeProgram(segmentProgram({ name: "segment", args, options: "{ provider: {} }" }));
    const messages = messagesOf(await stack.preview({ expectFailure: true }), "error").join("\n");
    expect(messages).toContain(
      `EipSegment "segment": the options "provider" and "providers" have no effect on this resource. Remove them; the account comes from the stack's configuration or the environment, and the region from the input regionId.`,
    );
    expect(messages).not.toMatch(/^\s+at /m);
  });

  it("everything but the retained segment is gone after a destroy", async () => {
    await stack.pulumi(["state", "unprotect", "--all", "--yes"]);
    await stack.destroy();
    expect(stack.simulator.segments().map(({ id }) => id)).toEqual([ids.retained]);
  });
});
