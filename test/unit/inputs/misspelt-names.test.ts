import { settingNames } from "../../../provider/settings/setting-names";
import { misspeltSharedKey, notASetting } from "../../../provider/inputs/misspelt-names";

const own = Object.values(settingNames).filter(({ config }) => config.startsWith("eipSegment:"));

it.each(own)("$config is a setting", ({ config }) => {
  expect(notASetting(config)).toEqual([]);
});

it.each([
  ["eipSegment:tokensalt", "did you mean eipSegment:tokenSalt?"],
  ["eipSegment:replayGrace", "did you mean eipSegment:replayGraceSeconds?"],
  ["eipsegment:tokenSalt", "did you mean eipSegment:tokenSalt?"],
  ["eipSegment:colour", "remove it."],
])("%s is none: %s", (key, hint) => {
  expect(notASetting(key)).toEqual({
    property: "",
    reason: expect.stringContaining(
      `The configuration key ${key} is not a setting of this package: ${hint}`,
    ) as string,
  });
});

it.each([
  ["alicloud:regoin", "alicloud:region"],
  ["Alicloud:region", "alicloud:region"],
  ["alicloud:secretkey", "alicloud:secretKey"],
  ["alicloud:region", undefined],
  ["alicloud:skipRegionValidation", undefined],
  ["alicloud:accountId", undefined],
  ["eipSegment:tokensalt", undefined],
])("%s probably means %s", (key, meant) => {
  expect(misspeltSharedKey(key)).toBe(meant);
});
