import type { VpcApi } from "../../../provider/client/vpc-api";
import { setOnEveryEip } from "../../../provider/cloud/eip-changes";
import type { Eip } from "../../../provider/cloud/segment";
import { Deadline } from "../../../provider/util/clock";
import { ApiError, type ErrorClass } from "../../../provider/util/errors";
import { eipReply } from "../../support/eip-reply";
import { VirtualClock } from "../../support/virtual-clock";

const refusal = (errorClass: ErrorClass): ApiError =>
  new ApiError("Changing the bandwidth of the EIP failed.", {
    action: "ModifyEipAddressAttribute",
    code: "IncorrectEipStatus",
    cloudMessage: "busy",
    errorClass,
  });

/** Sets a bandwidth, with an outcome for each try; a try without one succeeds. */
async function change(outcomes: ApiError[], eip: Eip = eipReply(1), always?: ApiError) {
  const clock = new VirtualClock();
  const startedAt = clock.now();
  let tries = 0;
  const setting = {
    isAsWanted: ({ bandwidth }: Eip) => bandwidth === 9,
    set: () => {
      tries += 1;
      const outcome = outcomes.shift() ?? always;
      return outcome === undefined ? Promise.resolve() : Promise.reject(outcome);
    },
    changed: (one: Eip) => ({ ...one, bandwidth: 9 }),
  };
  const context = { api: {} as VpcApi, clock, regionId: "cn-hangzhou", deadline: Deadline.in(clock, 60_000) };
  const end = await setOnEveryEip(context, [eip], [setting]).catch((error: unknown) => error as Error);
  return { end, tries, tookMs: clock.now() - startedAt };
}

it("an EIP that is as wanted is left alone", async () => {
  expect(await change([], eipReply(1, { bandwidth: 9 }))).toMatchObject({
    tries: 0,
    end: [{ bandwidth: 9 }],
  });
});

it.each(["busy", "absent"] as const)(
  "an EIP that is %s is tried again until it can be changed",
  async (errorClass) => {
    expect(await change([refusal(errorClass), refusal(errorClass)])).toMatchObject({
      tries: 3,
      end: [{ bandwidth: 9 }],
    });
  },
);

it("an EIP that stays busy is tried until the deadline, and no longer", async () => {
  const { end, tries, tookMs } = await change([], eipReply(1), refusal("busy"));
  expect(end).toMatchObject({ message: "Changing the bandwidth of the EIP failed." });
  expect(tries).toBeGreaterThan(10);
  expect(tookMs).toBeLessThan(60_000);
});

it("a final refusal is not repeated", async () => {
  expect(await change([], eipReply(1), refusal("user"))).toMatchObject({ tries: 1 });
});

it("the error of a locked EIP names the lock", async () => {
  const { end } = await change([], eipReply(1, { businessStatus: "OperationLock" }), refusal("user"));
  expect(end).toMatchObject({
    message: expect.stringContaining("The cloud has locked the EIP 203.0.113.1 (OperationLock)") as string,
  });
});
