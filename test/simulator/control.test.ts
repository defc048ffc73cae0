import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const send = async (
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${context.simulator.endpoint}/_simulator/${path}`, {
    method,
    body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const get = (path: string) => send("GET", path);
const post = (path: string, body?: unknown) => send("POST", path, body);
const done = { status: 200, body: {} };

test("log, segments, addresses and environment can be read, without being logged themselves", async () => {
  const id = await context.allocate();
  await context.call("DescribeRegions");
  expect(await get("segments")).toMatchObject({ status: 200, body: [{ id, status: "Allocated", mask: 28 }] });
  expect((await get("addresses")).body).toHaveLength(16);
  expect((await get("log")).body).toMatchObject([
    { sequence: 1 },
    { sequence: 2, action: "DescribeRegions" },
  ]);
  expect((await get("log?since=1")).body).toMatchObject([{ sequence: 2 }]);
  expect((await get("environment")).body).toEqual(context.simulator.environment);
});

test("a reset forgets everything", async () => {
  await context.allocate();
  expect(await post("reset")).toEqual(done);
  expect((await get("segments")).body).toEqual([]);
  expect((await get("log")).body).toEqual([]);
});

test("the progression can be set, with endless times", async () => {
  expect(await post("progression", { kind: "time", allocateMs: "Infinity", releaseMs: 0 })).toEqual(done);
  const id = await context.allocate();
  context.clock.advance(1e9 / 2);
  expect(context.simulator.segments()).toMatchObject([{ id, status: "Allocating" }]);
  expect(await post("progression", { kind: "immediate" })).toEqual(done);
  expect((await get("segments")).body).toMatchObject([{ id, status: "Allocated" }]);
});

test("settings can be changed", async () => {
  expect(await post("configure", { quota: 1, reserved: 3, answers: { "ip-count": "mask" } })).toEqual(done);
  expect((await context.refusal("AllocateEipSegmentAddress", { EipMask: "28" })).code).toBe(
    "QuotaExceeded.Eip",
  );
});

test("faults can be added and cleared", async () => {
  expect(await post("faults", { action: "*", kind: "throttle", retryAfterMs: 5, times: 9 })).toEqual(done);
  expect((await context.refusal("DescribeRegions")).headers["x-acs-retry-after"]).toBe("5");
  expect(await post("faults/clear")).toEqual(done);
  await context.call("DescribeRegions");
});

test("a hold can be placed, waited for and released", async () => {
  const hold = { action: "AllocateEipSegmentAddress", point: "before", match: { EipMask: "28" } };
  expect(await post("holds", hold)).toEqual({ status: 200, body: { id: 1, reached: false } });
  const reached = get("holds/1/reached");
  const call = context.allocate();
  expect(await reached).toEqual({ status: 200, body: { id: 1, reached: true } });
  expect((await get("holds/1")).body).toEqual({ id: 1, reached: true });
  expect(await post("holds/1/release")).toEqual(done);
  await call;
});

test("a held call can be discarded", async () => {
  await post("holds", { action: "*", point: "before" });
  const failed = expect(context.allocate()).rejects.toThrow();
  await get("holds/1/reached");
  expect(await post("holds/1/discard")).toEqual(done);
  await failed;
  expect(context.simulator.segments()).toEqual([]);
});

test("a segment can be made to vanish", async () => {
  const id = await context.allocate();
  expect(await post(`segments/${id}/vanish`)).toEqual(done);
  expect(await context.statusOf(id)).toBeUndefined();
  expect(await post(`segments/${id}/vanish`)).toEqual({
    status: 404,
    body: { error: `No live segment has the id ${id}.` },
  });
});

test.each([
  ["GET", "holds/7", 404, "No hold has the id 7."],
  ["POST", "holds/7/release", 404, "No hold has the id 7."],
  ["GET", "reset", 404, "Unknown: GET /_simulator/reset"],
  ["POST", "nonsense", 404, "Unknown: POST /_simulator/nonsense"],
  ["GET", "constructor", 404, "Unknown: GET /_simulator/constructor"],
])("%s %s is answered with %i", async (method, path, status, error) => {
  expect(await send(method, path)).toEqual({ status, body: { error } });
});

test.each([
  ["faults", "{", "The body is not JSON."],
  ["faults", { action: "*", kind: "earthquake" }, "kind"],
  ["faults", { action: "*", kind: "throttle", afterEffect: true }, "afterEffect"],
  ["progression", { kind: "describes" }, "count"],
  ["holds", { action: "*", point: "between" }, "point"],
  ["configure", { qouta: 5 }, "qouta"],
  ["configure", { quota: -1 }, "quota"],
  [
    "configure",
    { answers: { "ip-count": "text" } },
    "There is no answer text to ip-count. Valid: missing, mask.",
  ],
  ["configure", { answers: { colour: "red" } }, "There is no question colour. Valid: token-memory, "],
])("POST %s with %j is refused and says why", async (path, body, reason) => {
  expect(await post(path, body)).toEqual({
    status: 400,
    body: { error: expect.stringContaining(reason) as unknown },
  });
});
