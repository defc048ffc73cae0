import { serialisedProvider } from "./support/serialised-provider";

describe("the provider as Pulumi stores it with each segment", () => {
  const text = serialisedProvider();

  it("is smaller than 3 KB", () => {
    expect(Buffer.byteLength(text)).toBeLessThan(3072);
  });

  it("loads one module, by the name of the package", () => {
    expect(text.match(/require\([^)]*\)/g)).toEqual([
      'require("pulumi-alicloud-eip-segment/internal/handlers")',
    ]);
  });

  it("captures nothing by value: it is its methods and the function that hands them out", () => {
    const scopes = [...text.matchAll(/with\((\{.*\})\)/g)].map(([, scope]) => scope);
    const methods = ["handlers", "configure", "check", "diff", "create", "read", "update", "delete"];
    expect(scopes).toHaveLength(methods.length + 1);
    expect(new Set(scopes)).toEqual(
      new Set([
        "{ this: undefined, arguments: undefined }",
        "{ provider: __provider, this: undefined, arguments: undefined }",
      ]),
    );
    const members = methods.map((name, index) => `${name}: __f${index + 1}`).join(", ");
    expect(text.match(/^var .*$/gm)).toEqual([`var __provider = {${members}};`]);
  });

  it("holds no comment, which every state would carry", () => {
    expect(text.replace(/function \/\*\w+\*\//g, "")).not.toMatch(/\/\*|\/\//);
  });
});
