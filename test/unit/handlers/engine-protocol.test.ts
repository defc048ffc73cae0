import { withErrorBoundary } from "../../../provider/handlers/engine-protocol";
import { EipSegmentError } from "../../../provider/util/errors";

describe("a verb whose errors the dynamic provider prints", () => {
  it("answers as it would otherwise", async () => {
    expect(await withErrorBoundary("Read", () => 7)).toBe(7);
  });

  it("points at the resource where this package's own error is said in full", async () => {
    const error = await withErrorBoundary("Read", () => {
      throw new EipSegmentError("The reason.");
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: "The reason.", stack: "see the error of the resource below." });
    expect(String(error)).toBe("Read of an EipSegment failed");
  });

  it("leaves other errors alone, which are faults of the package", async () => {
    const fault = new TypeError("undefined is not a function");
    await expect(withErrorBoundary("Read", () => Promise.reject(fault))).rejects.toBe(fault);
  });
});
