import { segmentQuestions } from "../../simulator/questions/segment-questions";
import { tokenQuestions } from "../../simulator/questions/token-questions";
import { type Measurement, probe, testAnswers } from "./support/answers";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const { segment, eips, outcome, allocation, release } = probe(context);
const token = { ClientToken: "t" };

const measurements: Record<string, Measurement> = {
  "token-memory": [
    async () => {
      const id = await allocation();
      const again = [await allocation()];
      for (const ms of [11_000, 25 * 3_600_000]) {
        context.clock.advance(ms);
        again.push(await allocation());
      }
      return again.map((one, index) => (index === 1 ? again[0] : id) === one);
    },
    [true, true, false],
    { none: [false, false, false], seconds: [true, false, false], forever: [true, true, true] },
  ],
  "token-after-release": [
    async () => {
      const id = await allocation();
      await release(id);
      const again = await allocation();
      return again === id ? "the same" : (await segment(again)) === undefined ? again : "another";
    },
    "the same",
    { refused: "Token.Used", exists: "InstanceExist.EipSegment", "new-segment": "another" },
  ],
  "token-of-live-segment": [
    async () => {
      const id = await allocation();
      if ((await allocation()) === id) return "the same";
      const { code, message } = await context.refusal("AllocateEipSegmentAddress", {
        EipMask: "28",
        ...token,
      });
      return [code, message.includes(id ?? "?")];
    },
    "the same",
    { "exists-named": ["InstanceExist.EipSegment", true], exists: ["InstanceExist.EipSegment", false] },
  ],
  "token-with-other-settings": [
    async () => {
      const id = await allocation();
      const other = await allocation({ ...token, Bandwidth: "7" });
      return other === id ? "the same" : (await segment(other)) === undefined ? other : "another";
    },
    "IdempotentParameterMismatch",
    { "old-segment": "the same", "new-segment": "another" },
  ],
  "token-of-refused-request": [
    async () => {
      context.simulator.setQuota(0);
      const refusals = [await allocation(), await allocation()];
      context.simulator.setQuota(100);
      return [...refusals, (await allocation())?.split("-")[0]];
    },
    ["QuotaExceeded.Eip", "QuotaExceeded.Eip", "eipsg"],
    {
      again: ["QuotaExceeded.Eip", "QuotaExceeded.Eip", "QuotaExceeded.Eip"],
      failed: ["QuotaExceeded.Eip", "IdempotentFailed", "IdempotentFailed"],
    },
  ],
  "token-in-progress": [
    async () => {
      const held = context.simulator.hold({ action: "AllocateEipSegmentAddress", point: "before" });
      const first = allocation();
      await held.reached;
      const second = await allocation();
      held.release();
      await first;
      return second;
    },
    "LastTokenProcessing",
    { processing: "IdempotentProcessing" },
  ],
  "new-segment": [
    async () => {
      const id = await context.allocate();
      const shown = [await segment(id)];
      for (const ms of [9_000, 30_000, 10_000]) {
        context.clock.advance(ms);
        shown.push(await segment(id));
      }
      return shown.map((one) => one !== undefined);
    },
    [true, true, true, true],
    { late: [false, false, true, true], "after-grace": [false, false, false, true] },
  ],
  "failed-allocation": [
    async () => {
      context.simulator.addFault({ action: "AllocateEipSegmentAddress", kind: "vanish" });
      const id = await context.allocate();
      const status = (await segment(id))?.Status;
      return [status, await release(id), await segment(id)];
    },
    [undefined, "OperationFailed.InstanceNotExist", undefined],
    { "failed-status": ["Failed", undefined, undefined] },
  ],
  "absent-segment": [
    async () => {
      const SegmentInstanceId = "eipsg-none";
      const code = await outcome("DescribeEipSegment", { SegmentInstanceId });
      return code ?? (await context.call("DescribeEipSegment", { SegmentInstanceId })).EipSegments;
    },
    { EipSegment: [] },
    { error: "OperationFailed.InstanceNotExist", "no-list": undefined },
  ],
  "segment-filter": [
    async () => {
      const SegmentInstanceId = await context.allocate();
      await context.allocate();
      return (await context.call("DescribeEipSegment", { SegmentInstanceId })).EipSegments.EipSegment.length;
    },
    1,
    { ignored: 2 },
  ],
  "ready-status": [
    async () => (await segment(await context.allocate()))?.Status,
    "Allocated",
    { "upper-case": "ALLOCATED", "other-word": "Available" },
  ],
  "ip-count": [
    async () => (await segment(await context.allocate()))?.IpCount,
    "16",
    { missing: undefined, mask: "28" },
  ],
  "segment-fields": [
    async () => {
      const shown = await segment(await context.allocate());
      return ["Segment", "CreationTime"].filter((name) => shown?.[name] === undefined);
    },
    [],
    { "no-block": ["Segment"], "no-creation-time": ["CreationTime"] },
  ],
  "total-count": [
    async () => {
      await context.allocate();
      const lists = ["DescribeEipSegment", "DescribeEipAddresses"].map((action) => context.call(action));
      return (await Promise.all(lists)).map(({ TotalCount }) => TotalCount);
    },
    [1, 16],
    { missing: [undefined, undefined], "too-high": [2, 17] },
  ],
  "page-size": [
    async () => {
      for (let left = 11; left > 0; left--) await context.allocate();
      const { EipSegments } = await context.call("DescribeEipSegment", { PageSize: "50" });
      return [EipSegments.EipSegment.length, (await eips()).length];
    },
    [11, 100],
    { ten: [10, 10] },
  ],
};

testAnswers(context, { ...segmentQuestions, ...tokenQuestions }, measurements);

test("an unknown question or answer is refused with the valid ones", () => {
  const configure = (answers: Record<string, string>) => () => {
    context.simulator.configure({ answers });
  };
  expect(configure({ "ip-count": "text" })).toThrow(
    "There is no answer text to ip-count. Valid: missing, mask.",
  );
  expect(configure({ toString: "x" })).toThrow(/^There is no question toString\. Valid: token-memory, /);
});
