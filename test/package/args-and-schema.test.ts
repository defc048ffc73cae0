import type { Output, OutputInstance } from "@pulumi/pulumi";
import type { CheckedInputs, WrittenInputs } from "../../provider/inputs/input-table";
import { inputNames } from "../../provider/inputs/input-table";
import type { SegmentState } from "../../provider/handlers/state";
import type { EipSegment, EipSegmentArgs, GetEipSegmentResult } from "../../provider";

/** `true` exactly when both types are the same: an `extends` each way would let optional and undefined pass for each other. */
type Same<A, B> = Probe<A> extends Probe<B> ? true : false;
type Probe<X> = <T>() => T extends X ? 1 : 2;
type Flat<T> = { [K in keyof T]: T[K] };

/** What an argument is once Pulumi's wrappers are gone. */
type Plain<T> =
  T extends OutputInstance<infer U>
    ? Plain<U>
    : T extends Promise<infer U>
      ? Plain<U>
      : T extends string | number | boolean | undefined
        ? T
        : { [K in keyof T]: Plain<T[K]> };

type PlainArgs = Flat<{ [K in keyof EipSegmentArgs]: Plain<EipSegmentArgs[K]> }>;

/** Inputs that a program writes as arguments, and not as options. */
type WrittenArgs = Omit<WrittenInputs, "customTimeouts" | "tags" | "eipMask"> & {
  eipMask: Exclude<WrittenInputs["eipMask"], undefined>;
  tags?: Record<string, string> | undefined;
};

type OutputName = Exclude<keyof EipSegment, "id" | "urn" | `get${string}` | "__brand">;
type ValueOf<K> = K extends keyof EipSegment ? (EipSegment[K] extends Output<infer V> ? V : never) : never;
type Told = { [K in OutputName & keyof SegmentState]: ValueOf<K> extends SegmentState[K] ? true : K };

/** Each output that the class declares is one the state has, of a type that fits. */
const outputsAreTied: Record<keyof Told, true> = {
  cidrBlock: true,
  ipCount: true,
  addresses: true,
  status: true,
  createTime: true,
  clientToken: true,
  eipMask: true,
  bandwidth: true,
  internetChargeType: true,
  isp: true,
  netmode: true,
  zone: true,
  resourceGroupId: true,
  regionId: true,
  tags: true,
} satisfies Told;

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

type Assert<Holds extends true> = Holds;

/** What the compiler holds: `npm run typecheck` fails where one of these is not true. */
export type Tied = [
  Assert<Same<keyof EipSegmentArgs, Exclude<keyof WrittenInputs, "customTimeouts">>>,
  Assert<Same<PlainArgs, Flat<WrittenArgs>>>,
  Assert<Same<CheckedInputs["eipMask"] | CheckedInputs["bandwidth"], number | undefined>>,
  // What a lookup returns, as far as it is there, is what the outputs of the resource are.
  Assert<
    Same<
      Defined<GetEipSegmentResult>,
      Flat<Defined<{ [K in Exclude<OutputName, "clientToken">]: ValueOf<K> }> & { id: string }>
    >
  >,
];

it("every input but two is an output", () => {
  expect(Object.keys(outputsAreTied)).toEqual(
    expect.arrayContaining(inputNames.filter((name) => !["adopt", "customTimeouts"].includes(name))),
  );
});
