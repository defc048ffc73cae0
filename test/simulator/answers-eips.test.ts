import { changeQuestions } from "../../simulator/questions/change-questions";
import { eipQuestions } from "../../simulator/questions/eip-questions";
import { type Measurement, probe, testAnswers } from "./support/answers";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const { segment, eips, eip, outcome, release, slowly, withChanged } = probe(context);

const measurements: Record<string, Measurement> = {
  "eips-of-allocating": [
    async () => {
      slowly();
      await context.allocate();
      return (await eips()).length;
    },
    0,
    { listed: 16 },
  ],
  "eips-of-ready": [
    async () => {
      await context.allocate();
      const counts = [(await eips()).length];
      for (const ms of [5000, 25_000]) {
        context.clock.advance(ms);
        counts.push((await eips()).length);
      }
      return counts;
    },
    [16, 16, 16],
    { late: [0, 16, 16], "in-part": [8, 8, 16] },
  ],
  "eip-filter": [
    async () => {
      const SegmentInstanceId = await context.allocate();
      await context.allocate();
      return (await eips({ SegmentInstanceId })).length;
    },
    16,
    { ignored: 32, nothing: 0 },
  ],
  "eip-fields": [
    async () => {
      await context.allocate();
      const shown = await eip();
      return ["SegmentInstanceId", "ISP", "Netmode", "InternetChargeType"].filter(
        (name) => shown?.[name] === undefined,
      );
    },
    [],
    { "no-segment-id": ["SegmentInstanceId"], "no-settings": ["ISP", "Netmode", "InternetChargeType"] },
  ],
  "eip-words": [
    async () => {
      await context.allocate();
      const shown = await eip();
      return [shown?.Status, shown?.ISP];
    },
    ["Available", "BGP"],
    { "other-case": ["AVAILABLE", "bgp"] },
  ],
  "eip-numbers": [
    async () => {
      await context.allocate();
      return (await eip())?.Bandwidth;
    },
    "5",
    { number: 5 },
  ],
  "eip-tags": [
    async () => {
      await context.allocate();
      return (await eip())?.Tags;
    },
    { Tag: [] },
    { missing: undefined },
  ],
  "absent-eip": [
    () => outcome("DescribeEipAddresses", { AllocationId: "eip-none" }),
    undefined,
    { error: "InvalidAllocationId.NotFound" },
  ],
  "modify-bandwidth": [
    async () => {
      const code = await withChanged("ModifyEipAddressAttribute", { Bandwidth: "9" });
      return code ?? (await eips()).filter(({ Bandwidth }) => Bandwidth === "9").length;
    },
    1,
    { refused: "OperationDenied", "without-effect": 0, "whole-segment": 16 },
  ],
  "tag-eips": [
    async () => {
      const ids = context.allocationIds(await context.allocate());
      const tag = { ResourceType: "EIP", "ResourceId.1": ids[0] ?? "", "Tag.1.Key": "k", "Tag.1.Value": "v" };
      const code = await outcome("TagResources", tag);
      return code ?? (await eips()).filter(({ Tags }) => Tags.Tag.length > 0).length;
    },
    1,
    { refused: "OperationDenied", "without-effect": 0 },
  ],
  "move-group": [
    async () => {
      const [ResourceId = ""] = context.allocationIds(await context.allocate());
      const move = { ResourceId, NewResourceGroupId: "rg-other", ResourceType: "EIP" };
      return outcome("MoveResourceGroup", move);
    },
    undefined,
    { refused: "OperationDenied" },
  ],
  "eip-changes": [
    async () => {
      await withChanged("ModifyEipAddressAttribute", { Bandwidth: "9" });
      const count = async () => (await eips()).filter(({ Bandwidth }) => Bandwidth === "9").length;
      const atOnce = await count();
      context.clock.advance(5000);
      return [atOnce, await count()];
    },
    [1, 1],
    { late: [0, 1] },
  ],
  "second-release": [
    async () => {
      slowly();
      const id = await context.allocate();
      context.clock.advance(1000);
      await release(id);
      return release(id);
    },
    "IncorrectEipStatus",
    { accepted: undefined, absent: "OperationFailed.InstanceNotExist" },
  ],
  "released-segment": [
    async () => {
      slowly();
      const id = await context.allocate();
      context.clock.advance(1000);
      await release(id);
      const before = (await segment(id))?.Status;
      context.clock.advance(59_000);
      const after = (await segment(id))?.Status;
      context.clock.advance(1000);
      return [before, after, (await segment(id))?.Status];
    },
    ["Releasing", undefined, undefined],
    { allocated: ["Allocated", undefined, undefined], released: ["Released", "Released", undefined] },
  ],
  "eips-of-released": [
    async () => {
      const id = await context.allocate();
      await release(id);
      const statuses = (await eips()).map(({ Status }) => Status);
      context.clock.advance(10_000);
      return [new Set(statuses), (await eips()).length];
    },
    [new Set(), 0],
    { "listed-longer": [new Set(["Available"]), 0] },
  ],
  "first-release": [
    async () => {
      const id = await context.allocate();
      await release(id);
      const status = (await segment(id))?.Status;
      await release(id);
      return [status, await segment(id)];
    },
    [undefined, undefined],
    { "without-effect": ["Allocated", undefined] },
  ],
};

testAnswers(context, { ...changeQuestions, ...eipQuestions }, measurements);
