import { SETTING_NAMES } from "../../../provider/settings/setting-names";
import { unknownSetting } from "../../../provider/inputs/unknown-setting";

const own = Object.values(SETTING_NAMES).filter(({ config }) => config.startsWith("eipSegment:"));

it.each(own)("$config is a setting", ({ config }) => {
  expect(unknownSetting(config)).toEqual([]);
});

it.each([
  ["eipSegment:tokensalt", "did you mean eipSegment:tokenSalt?"],
  ["eipSegment:replayGrace", "did you mean eipSegment:replayGraceSeconds?"],
  ["eipSegment:colour", "remove it."],
])("%s is none: %s", (key, hint) => {
  expect(unknownSetting(key)).toEqual({
    property: "",
    reason: expect.stringContaining(
      `The configuration key ${key} is no setting of this package: ${hint}`,
    ) as string,
  });
});
