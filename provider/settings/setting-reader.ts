import { ConfigurationError } from "../util/errors";
import type { ConfigSource } from "../util/verbs";
import { settingNames, type SettingName } from "./setting-names";

export type { ConfigSource };

/** A value and the key or variable it was read from. */
export interface Found {
  value: string;
  from: string;
}

/** Reads settings by their names. Values are trimmed; an empty one counts as not set. */
export class SettingReader {
  private readonly config: ConfigSource;
  private readonly environment: NodeJS.ProcessEnv;

  constructor(config: ConfigSource, environment: NodeJS.ProcessEnv) {
    this.config = config;
    this.environment = environment;
  }

  fromConfig(name: SettingName): Found | undefined {
    const key = settingNames[name].config;
    return found(this.config.get(key), key);
  }

  fromEnvironment(name: SettingName): Found | undefined {
    return settingNames[name].environment
      .map((variable) => found(this.environment[variable], variable))
      .find((hit) => hit !== undefined);
  }

  first(name: SettingName): Found | undefined {
    return this.fromConfig(name) ?? this.fromEnvironment(name);
  }

  /** @throws {ConfigurationError} unless the value is `true` or `false`. */
  flag(name: SettingName): boolean | undefined {
    const hit = this.first(name);
    const word = hit?.value.toLowerCase();
    if (hit !== undefined && word !== "true" && word !== "false") {
      throw new ConfigurationError(`${hit.from} must be true or false.`);
    }
    return word === undefined ? undefined : word === "true";
  }

  /** @throws {ConfigurationError} unless the value is a whole number of at least `least`. */
  wholeNumber(name: SettingName, least: number, unit: string): number | undefined {
    const hit = this.first(name);
    if (hit === undefined) {
      return undefined;
    }
    const value = Number(hit.value);
    if (!Number.isInteger(value) || value < least) {
      throw new ConfigurationError(`${hit.from} must be a whole number of ${unit}, at least ${least}.`);
    }
    return value;
  }

  /**
   * A block of the stack configuration: an object, or a list of objects merged in order.
   *
   * @throws {ConfigurationError} when it is not JSON of that shape.
   */
  block(name: SettingName): Record<string, string> | undefined {
    const hit = this.fromConfig(name);
    return hit === undefined ? undefined : parseBlock(hit);
  }
}

/** Names the ways to set something: `alicloud:region or ALICLOUD_REGION`. */
export function waysToSet(name: SettingName): string {
  const { config, environment } = settingNames[name];
  return [config, ...environment.slice(0, 1)].join(" or ");
}

function found(raw: string | undefined, from: string): Found | undefined {
  const value = raw?.trim() ?? "";
  return value === "" ? undefined : { value, from };
}

function parseBlock({ value, from }: Found): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    throw wrongBlock(from);
  }
  const entries = (Array.isArray(parsed) ? (parsed as unknown[]) : [parsed]).flatMap((part) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) {
      throw wrongBlock(from);
    }
    return Object.entries(part as Record<string, unknown>);
  });
  return Object.fromEntries(
    entries.flatMap(([key, item]) => {
      if (item === null || item === undefined) {
        return [];
      }
      if (typeof item !== "string" && typeof item !== "number" && typeof item !== "boolean") {
        throw new ConfigurationError(`${from}: ${key} must be a single value.`);
      }
      const text = String(item).trim();
      return text === "" ? [] : [[key, text]];
    }),
  );
}

const wrongBlock = (from: string): ConfigurationError =>
  new ConfigurationError(`${from} must be a JSON object, or a list of JSON objects.`);
