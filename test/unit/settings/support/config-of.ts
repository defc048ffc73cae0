import type { ConfigSource } from "../../../../provider/settings/setting-reader";

/** Stack configuration as the engine gives it: text only, objects as JSON. */
export const configOf = (values: Readonly<Record<string, unknown>>): ConfigSource => ({
  get(key) {
    const value = values[key];
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  },
});
