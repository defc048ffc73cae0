import { SETTING_NAMES } from "../settings/setting-names";
import { nearest } from "./nearest";
import type { CheckFailure } from "./parse-inputs";

/** Namespace of the settings that only this package has. */
const namespace = "eipSegment:";

const ownKeys = Object.values(SETTING_NAMES)
  .map(({ config }) => config)
  .filter((key) => key.startsWith(namespace));

/** Failure of a configuration key in this package's namespace that is none of its settings; nothing for one that is. */
export function unknownSetting(key: string): CheckFailure | [] {
  if (ownKeys.some((own) => own === key)) {
    return [];
  }
  const name = (own: string): string => own.slice(namespace.length);
  const meant = nearest(name(key), ownKeys.map(name));
  const hint = meant === undefined ? "remove it." : `did you mean ${namespace}${meant}?`;
  return {
    property: "",
    reason: `The configuration key ${key} is no setting of this package: ${hint} The settings are ${ownKeys.join(", ")}.`,
  };
}
