import type { Eip, Segment } from "../../../provider/client/vpc-api";
import { readState, writeState, type StateParts } from "../../../provider/handlers/state";
import { sameValue } from "../../../provider/inputs/compare";
import { eipReply } from "../../support/eip-reply";

const inputs = { eipMask: 28, regionId: "cn-hangzhou", clientToken: "eipseg-0-g0" };

const eip = (index: number, more: Partial<Eip> = {}): Eip => eipReply(index, { bandwidth: 5, ...more });

const parts = (more: Partial<StateParts> = {}): StateParts => ({
  inputs,
  segment: { segmentId: "eipsg-1", status: "Allocated", cidrBlock: "203.0.113.0/28", ipCount: 16 },
  eips: Array.from({ length: 16 }, (_, index) => eip(index)),
  clientToken: inputs.clientToken,
  ownerToken: inputs.clientToken,
  accountId: "1234567890123456",
  creation: "creation",
  unfinished: [],
  abandoned: [],
  ...more,
});

describe("the state of a segment", () => {
  it("counts as tags only what users set: neither the cloud's own tags nor the ownership tag", () => {
    const tags = {
      team: "edge",
      "acs:tag:createdby": "sub:1",
      "acs:ros:stackId": "2",
      aliyunsomething: "3",
      "pulumi-eip-segment": "eipseg-0-g0",
    };
    const state = writeState(
      parts({ inputs: { ...inputs, tags: { team: "edge" } }, eips: [eip(0, { tags })] }),
    );
    expect(state.tags).toEqual({ team: "edge" });
  });

  it("says of a setting that differs between EIPs the value that is not the wanted one", () => {
    const eips = [eip(0, { bandwidth: 5 }), eip(1, { bandwidth: 80 }), eip(2, { bandwidth: 5 })];
    expect(writeState(parts({ inputs: { ...inputs, bandwidth: 5 }, eips })).bandwidth).toBe(80);
  });

  it("asks those EIPs that tell a setting where others do not", () => {
    const eips = [eipReply(0), eip(1, { bandwidth: 80 })];
    expect(writeState(parts({ inputs: { ...inputs, bandwidth: 5 }, eips })).bandwidth).toBe(80);
  });

  it.each([
    ["as the cloud says, where a few addresses are kept back", 13, 13],
    ["by the listed EIPs, where the cloud shows the mask in its place", 28, 16],
    ["by the listed EIPs, where the cloud does not say", undefined, 16],
  ])("counts the addresses %s", (_, ipCount, expected) => {
    const segment: Segment = { segmentId: "eipsg-1", status: "Allocated", cidrBlock: "203.0.113.0/28" };
    if (ipCount !== undefined) {
      segment.ipCount = ipCount;
    }
    expect(writeState(parts({ segment })).ipCount).toBe(expected);
  });

  it("keeps what replaces as the program says it, however the cloud spells it", () => {
    const eips = [eip(0, { isp: "BGP_MultiISP", internetChargeType: "PayByBW", netmode: "Public" })];
    expect(writeState(parts({ eips }))).toMatchObject({
      isp: "BGP",
      internetChargeType: "PayByBandwidth",
      netmode: "public",
    });
  });
});

describe("a state that is read", () => {
  it("may hold numbers as text", () => {
    expect(readState("eipsg-1", { eipMask: "28", bandwidth: "5", regionId: "cn-hangzhou" })).toMatchObject({
      eipMask: 28,
      bandwidth: 5,
    });
  });

  it("asks to be finished where it does not say that it is", () => {
    expect(readState("eipsg-1", { eipMask: 28, regionId: "cn-hangzhou" }).status).toBe("Allocating");
  });

  it("stands in for inputs that it does not hold", () => {
    const known = { eipMask: 28, regionId: "cn-hangzhou" };
    expect(readState("eipsg-1", known).__inputs).toEqual({ ...known, clientToken: "" });
    expect(readState("eipsg-1", { ...known, clientToken: "eipseg-0-g0" }).__inputs).toEqual(inputs);
  });

  it("takes the id from the engine, which every state has", () => {
    expect(readState("eipsg-1", {}).__segmentId).toBe("eipsg-1");
  });
});

describe("two values of a setting mean the same", () => {
  it.each([
    [{ a: "1", b: "2" }, { b: "2", a: "1" }, true],
    [{ a: "1" }, { a: "2" }, false],
    [{ a: "1" }, { a: "1", b: "2" }, false],
    [undefined, {}, true],
    [5, 5, true],
    [5, "5", false],
    [{ 'a":"1","b': "2" }, { a: "1", b: "2" }, false],
  ])("%j and %j: %s", (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
  });
});
