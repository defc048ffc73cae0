import { settingNames } from "../../../provider/settings/setting-names";
import { notASetting } from "../../../provider/inputs/misspelt-names";

const own = Object.values(settingNames).filter(({ config }) => config.startsWith("eipSegment:"));

it.each(own)("$config is a setting", ({ config }) => {
  expect(notASetting(config)).toEqual([]);
});

it.each([
  ["eipSegment:tokensalt", "did you mean eipSegment:tokenSalt?"],
  ["eipSegment:replayGrace", "did you mean eipSegment:replayGraceSeconds?"],
  ["eipSegment:colour", "remove it."],
])("%s is none: %s", (key, hint) => {
  expect(notASetting(key)).toEqual({
    property: "",
    reason: expect.stringContaining(
      `The configuration key ${key} is not a setting of this package: ${hint}`,
    ) as string,
  });
});
