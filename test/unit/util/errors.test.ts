import {
  ApiError,
  ConfigurationError,
  EipSegmentError,
  NoAnswerError,
  WaitTimeoutError,
} from "../../../provider/util/errors";

const api = new ApiError("Releasing failed.", {
  action: "ReleaseEipSegmentAddress",
  code: "IncorrectEipStatus",
  requestId: "R1",
  status: 400,
  cloudMessage: "busy",
  errorClass: "busy",
  remedy: "Wait.",
});
const noAnswer = new NoAnswerError("No answer.", "DescribeEipSegment", "connection reset");
const configuration = new ConfigurationError("Wrong.", "alicloud:endpoints");
const timeout = new WaitTimeoutError("Too slow.", {
  segmentId: "eipsg-1",
  lastState: "Allocating",
  wanted: "Allocated",
  elapsedMs: 600_000,
});

describe("errors", () => {
  it.each([
    [ApiError, api],
    [NoAnswerError, noAnswer],
    [ConfigurationError, configuration],
    [WaitTimeoutError, timeout],
  ])("%p recognises its own and no other", (kind, own) => {
    const all = [api, noAnswer, configuration, timeout, new EipSegmentError("x"), new Error("x"), undefined];
    expect(all.filter((error) => kind.isInstance(error))).toEqual([own]);
    expect(EipSegmentError.isInstance(own)).toBe(true);
  });

  it("are recognised when another copy of the package threw them", () => {
    jest.resetModules();
    const copy = jest.requireActual<{ ConfigurationError: typeof ConfigurationError }>(
      "../../../provider/util/errors",
    );
    const foreign = new copy.ConfigurationError("Wrong.");
    expect(foreign).not.toBeInstanceOf(EipSegmentError);
    expect(ConfigurationError.isInstance(foreign)).toBe(true);
    expect(ApiError.isInstance(foreign)).toBe(false);
  });

  it("are not taken from strangers", () => {
    for (const stranger of [new Error("x"), { name: "ApiError" }, null, "ApiError"]) {
      expect(EipSegmentError.isInstance(stranger)).toBe(false);
    }
  });

  it("have their message as their stack, which the engine prints", () => {
    expect(api.stack).toBe("Releasing failed.");
  });

  it("carry their parts, absent ones not at all", () => {
    expect(api).toMatchObject({
      code: "IncorrectEipStatus",
      errorClass: "busy",
      requestId: "R1",
      status: 400,
    });
    expect("retryAfterMs" in api).toBe(false);
    expect(noAnswer).toMatchObject({ action: "DescribeEipSegment", reason: "connection reset" });
    expect(configuration.property).toBe("alicloud:endpoints");
    expect("property" in new ConfigurationError("Wrong.")).toBe(false);
    expect(timeout).toMatchObject({ segmentId: "eipsg-1", lastState: "Allocating", elapsedMs: 600_000 });
  });
});
