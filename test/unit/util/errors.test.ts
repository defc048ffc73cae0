import { ApiError, EipSegmentError } from "../../../provider/util/errors";

describe("errors", () => {
  const error = new ApiError("Releasing failed.", {
    action: "ReleaseEipSegmentAddress",
    code: "IncorrectEipStatus",
    cloudMessage: "busy",
    errorClass: "busy",
  });

  it("have their message as their stack, which the engine prints", () => {
    expect(error.stack).toBe("Releasing failed.");
    expect(error).toBeInstanceOf(EipSegmentError);
  });

  it("carry what the code depends on, and no more", () => {
    const request = { secret: "key-secret" };
    const parts = { action: "A", code: "C", cloudMessage: "M", errorClass: "user" as const, request };
    expect(JSON.stringify(new ApiError("Failed.", parts))).not.toContain("key-secret");
    expect(error).toMatchObject({ code: "IncorrectEipStatus", errorClass: "busy", cloudMessage: "busy" });
  });
});
