import { settingNames, type SettingName } from "../../../provider/settings/setting-names";
import { SettingReader, waysToSet } from "../../../provider/settings/setting-reader";
import { configOf } from "./support/config-of";

const inOrder = (Object.keys(settingNames) as SettingName[]).flatMap((name) =>
  settingNames[name].environment.map((variable, index): [SettingName, string, readonly string[]] => [
    name,
    variable,
    settingNames[name].environment.slice(index),
  ]),
);

describe("SettingReader", () => {
  it.each(inOrder)("reads %s from %s before any later variable", (name, variable, variables) => {
    const environment = Object.fromEntries(variables.map((key) => [key, `value of ${key}`]));
    const reader = new SettingReader(configOf({}), environment);
    expect(reader.first(name)).toEqual({ value: `value of ${variable}`, from: variable });
  });

  it("reads stack configuration before the environment", () => {
    const reader = new SettingReader(configOf({ "alicloud:profile": "a" }), { ALICLOUD_PROFILE: "b" });
    expect(reader.first("profile")).toEqual({ value: "a", from: "alicloud:profile" });
    expect(reader.fromEnvironment("profile")?.value).toBe("b");
  });

  it("takes white space for nothing", () => {
    const environment = { ALICLOUD_PROFILE: "  ", ALIBABA_CLOUD_PROFILE: " b " };
    expect(new SettingReader(configOf({}), environment).first("profile")?.value).toBe("b");
  });

  it("merges a list of blocks in order and drops what is empty", () => {
    const config = configOf({
      "alicloud:endpoints": [
        { vpc: "a", ecs: 7 },
        { vpc: "b", sts: "" },
      ],
    });
    expect(new SettingReader(config, {}).block("endpoints")).toEqual({ vpc: "b", ecs: "7" });
  });

  it("reads single values of any kind in a block as text", () => {
    const config = configOf({ "alicloud:endpoints": { vpc: " a ", ecs: true, sts: null } });
    expect(new SettingReader(config, {}).block("endpoints")).toEqual({ vpc: "a", ecs: "true" });
  });

  it("names the ways to set something", () => {
    expect(waysToSet("accessKey")).toBe("alicloud:accessKey or ALICLOUD_ACCESS_KEY");
    expect(waysToSet("protocol")).toBe("alicloud:protocol");
  });
});
