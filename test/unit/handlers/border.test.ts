import { atBorder } from "../../../provider/handlers/border";
import { EipSegmentError } from "../../../provider/util/errors";

describe("a verb whose errors the dynamic provider prints", () => {
  it("answers as it would otherwise", async () => {
    expect(await atBorder("read", () => 7)).toBe(7);
  });

  it("points at the resource where this package's own error is said in full", async () => {
    const error = await atBorder("read", () => {
      throw new EipSegmentError("The reason.");
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: "The reason.", stack: "the reason is given at the resource." });
    expect(String(error)).toBe("The read of an EipSegment failed");
  });

  it("leaves other errors alone, which are faults of the package", async () => {
    const fault = new TypeError("undefined is not a function");
    await expect(atBorder("read", () => Promise.reject(fault))).rejects.toBe(fault);
  });
});
