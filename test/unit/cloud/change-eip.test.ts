import { ApiError, type ErrorClass } from "../../../provider/util/errors";
import { changeEip } from "../../../provider/cloud/change-eip";
import { eipReply } from "../../support/eip-reply";

const eip = eipReply(1);

const refusal = (errorClass: ErrorClass): ApiError =>
  new ApiError("Changing the bandwidth of the EIP failed.", {
    action: "ModifyEipAddressAttribute",
    code: "IncorrectEipStatus",
    cloudMessage: "busy",
    errorClass,
    remedy: "Wait.",
  });

/** A clock on which pauses are over at once. */
function clockAt(start: number) {
  let now = start;
  return {
    now: () => now,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

it("an EIP that is busy is tried again until the deadline, and no longer", async () => {
  const clock = clockAt(0);
  let tries = 0;
  const change = () => {
    tries += 1;
    return Promise.reject(refusal("wait"));
  };
  await expect(changeEip(clock, eip, 60_000, change)).rejects.toThrow(
    "Changing the bandwidth of the EIP failed.",
  );
  expect(tries).toBeGreaterThan(10);
  expect(clock.now()).toBeLessThan(60_000);
});

it("an EIP that was busy is changed once it is not", async () => {
  const outcomes = [refusal("wait"), refusal("wait"), undefined];
  await changeEip(clockAt(0), eip, 60_000, () => {
    const outcome = outcomes.shift();
    return outcome === undefined ? Promise.resolve() : Promise.reject(outcome);
  });
  expect(outcomes).toEqual([]);
});

it("a final refusal is not tried again", async () => {
  let tries = 0;
  const change = () => {
    tries += 1;
    return Promise.reject(refusal("user"));
  };
  await expect(changeEip(clockAt(0), eip, 60_000, change)).rejects.toThrow("failed");
  expect(tries).toBe(1);
});

it("the error of a locked EIP names the lock", async () => {
  const locked = { ...eip, businessStatus: "OperationLock" };
  await expect(changeEip(clockAt(0), locked, 0, () => Promise.reject(refusal("user")))).rejects.toThrow(
    "The EIP 203.0.113.1 is locked by the cloud (OperationLock): settle what the EIP console says about it.",
  );
});
