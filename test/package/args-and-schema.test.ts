import type { Output, OutputInstance } from "@pulumi/pulumi";
import type { CheckedInputs, InputName, WrittenInputs } from "../../provider/inputs/input-table";
import { inputNames, rowOf } from "../../provider/inputs/input-table";
import { replacingInputs, updatingInputs } from "../../provider/resource/eip-segment-args";
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
/** Outputs whose type is none that the state may hold. */
type Misdeclared = {
  [K in OutputName]: K extends keyof SegmentState ? (ValueOf<K> extends SegmentState[K] ? never : K) : K;
}[OutputName];

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

type Assert<Holds extends true> = Holds;

/** What the compiler holds: `npm run typecheck` fails where one of these is not true. */
export type Tied = [
  Assert<Same<keyof EipSegmentArgs, Exclude<keyof WrittenInputs, "customTimeouts">>>,
  Assert<Same<PlainArgs, Flat<WrittenArgs>>>,
  Assert<Same<CheckedInputs["eipMask"] | CheckedInputs["bandwidth"], number | undefined>>,
  Assert<Same<Misdeclared, never>>,
  // Every input but two is an output.
  Assert<Same<Exclude<InputName, OutputName>, "adopt" | "customTimeouts">>,
  // What a lookup returns, as far as it is there, is what the outputs of the resource are.
  Assert<
    Same<
      Defined<GetEipSegmentResult>,
      Flat<Defined<{ [K in Exclude<OutputName, "clientToken">]: ValueOf<K> }> & { id: string }>
    >
  >,
];

it.each([
  ["replace", replacingInputs],
  ["update", updatingInputs],
])("the class lists the inputs whose change has the effect %s", (effect, listed) => {
  expect(listed).toEqual(inputNames.filter((name) => rowOf(name).change === effect));
});
