import { withoutAbsent } from "../../../provider/util/without-absent";

describe("withoutAbsent", () => {
  it("drops what is undefined and nothing else", () => {
    const value = { a: undefined, b: null, c: "", d: 0, e: false };
    expect(withoutAbsent(value)).toStrictEqual({ b: null, c: "", d: 0, e: false });
  });

  it("leaves its argument as it was", () => {
    const value = { a: undefined, b: 1 };
    withoutAbsent(value);
    expect(Object.keys(value)).toEqual(["a", "b"]);
  });
});
