import { eipSegmentType, parseUrn } from "../../../cli/urn";
import { eipSegmentType as declaredType } from "../../../provider/resource/checkpoint";

it("the type that the command line looks for is the one that the resource has", () => {
  expect(eipSegmentType).toBe(declaredType);
});

describe("a URN", () => {
  it("is taken apart, whatever parents and colons it holds", () => {
    expect(
      parseUrn("urn:pulumi:dev::shop::shop:index:Network$shop:index:Zone$a:b/c:D::name::with::colons"),
    ).toEqual({
      stack: "dev",
      project: "shop",
      type: "a:b/c:D",
      name: "name::with::colons",
    });
  });

  it.each(["", "urn:pulumi:dev::shop::type", "arn:aws:dev::shop::type::name"])("is not %j", (text) => {
    expect(parseUrn(text)).toBeUndefined();
  });
});
