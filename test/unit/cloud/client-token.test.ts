import { firstGeneration, formatToken, parseToken, tokenDigest } from "../../../provider/cloud/client-token";

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/alicloud:EipSegment::egress";
const digest = tokenDigest("acme", urn, undefined);

describe("a ClientToken", () => {
  it("fits into the 64 ASCII characters that the API takes, at any generation", () => {
    const token = formatToken({ digest, generation: 999_999 });
    expect(token).toMatch(/^[\x21-\x7e]{1,64}$/);
  });

  it("is read back as it was written", () => {
    expect(parseToken(formatToken({ digest, generation: 12 }))).toEqual({ digest, generation: 12 });
  });

  it.each([
    "",
    "eipseg-",
    "eipseg-xyz-g1",
    `eipseg-${digest}-g`,
    `other-${digest}-g1`,
    `eipseg-${digest}-g1 `,
  ])("is not read from %j", (text) => {
    expect(parseToken(text)).toBeUndefined();
  });

  it("differs by organization, by URN and by salt", () => {
    const digests = [
      digest,
      tokenDigest("other", urn, undefined),
      tokenDigest("acme", `${urn}2`, undefined),
      tokenDigest("acme", urn, "run-7"),
    ];
    expect(new Set(digests).size).toBe(4);
  });
});

describe("the first generation of a creation", () => {
  const held = (generation: number, over: object = {}) => ({
    urn,
    clientToken: formatToken({ digest, generation }),
    ...over,
  });

  it("is 0 when the stack records nothing", () => {
    expect(firstGeneration(digest, urn, [])).toBe(0);
  });

  it("is one past the highest recorded", () => {
    expect(firstGeneration(digest, urn, [held(3), held(1)])).toBe(4);
  });

  it("counts a token that a renamed resource took along", () => {
    expect(firstGeneration(digest, urn, [held(0, { urn: `${urn}-renamed` })])).toBe(1);
  });

  it("does not count tokens of other resources", () => {
    const foreign = formatToken({
      digest: tokenDigest("acme", "urn:pulumi:other", undefined),
      generation: 9,
    });
    expect(firstGeneration(digest, urn, [{ urn: "urn:pulumi:other", clientToken: foreign }])).toBe(0);
  });

  it("counts a recorded segment without a token as a generation", () => {
    expect(firstGeneration(digest, urn, [{ urn }])).toBe(1);
  });
});
