import {
  type CredentialsProvider,
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
  URICredentialsProvider,
} from "@alicloud/credentials";
import { ConfigurationError } from "../util/errors";
import { openProfile } from "./profile-file";
import { type SettingName, settingNames } from "./setting-names";
import { type Found, type SettingReader, waysToSet } from "./setting-reader";

/** Where a source is set. */
export type Place = "config" | "environment";

/** Kinds of credentials that can be set. */
export type SourceKind = "accessKey" | "profile" | "ecsRole" | "oidcRole" | "credentialsUri";

/** A source that is set: how it is named to the user, and what yields its credentials. */
export interface OpenSource {
  name: string;
  provider: CredentialsProvider;
}

/** Where roles are assumed. */
export interface StsContext {
  /** The explicit STS endpoint, as a URL. */
  stsEndpoint: string | undefined;
  region: string | undefined;
}

/** Session name of assumed roles, as it appears in the audit log, unless one is set. */
const defaultSessionName = "pulumi-alicloud-eip-segment";

/** Milliseconds for a metadata or credentials service that was named explicitly. */
const namedServiceTimeoutMs = 5_000;

type Opener = (
  reader: SettingReader,
  place: Place,
  sts: StsContext,
) => OpenSource | undefined | Promise<OpenSource | undefined>;

/**
 * Opens a kind of source at a place: `undefined` when it is not set there.
 *
 * @throws {ConfigurationError} when it is set incompletely.
 */
export const openers: Readonly<Record<SourceKind, Opener>> = {
  accessKey(reader, place) {
    const [id, secret] = [at(reader, place, "accessKey"), at(reader, place, "secretKey")];
    if (id === undefined && secret === undefined) {
      return undefined;
    }
    if (id === undefined || secret === undefined) {
      throw halfSet(id ?? secret, id === undefined ? "accessKey" : "secretKey", place);
    }
    const token = at(reader, place, "securityToken");
    const provider =
      token === undefined
        ? StaticAKCredentialsProvider.builder()
            .withAccessKeyId(id.value)
            .withAccessKeySecret(secret.value)
            .build()
        : StaticSTSCredentialsProvider.builder()
            .withAccessKeyId(id.value)
            .withAccessKeySecret(secret.value)
            .withSecurityToken(token.value)
            .build();
    return { name: id.from, provider };
  },

  async profile(reader, place) {
    const profile = at(reader, place, "profile");
    // The environment's file may also be meant for the vendor's SDK, in another format, so alone it says nothing.
    const file = place === "config" ? reader.fromConfig("sharedCredentialsFile") : undefined;
    if (profile === undefined && file === undefined) {
      return undefined;
    }
    const path = reader.first("sharedCredentialsFile")?.value;
    const provider = await openProfile(path, profile?.value);
    return { name: (profile ?? file)?.from ?? "profile", provider };
  },

  ecsRole(reader, place) {
    const role = at(reader, place, "ecsRoleName");
    if (role === undefined) {
      return undefined;
    }
    const provider = ECSRAMRoleCredentialsProvider.builder()
      .withRoleName(role.value)
      .withConnectTimeout(namedServiceTimeoutMs)
      .withReadTimeout(namedServiceTimeoutMs)
      .build();
    return { name: role.from, provider };
  },

  oidcRole(reader, place, sts) {
    const block = place === "config" ? reader.block("assumeRoleWithOidc") : environmentOidc(reader);
    if (block === undefined) {
      return undefined;
    }
    const name =
      place === "config"
        ? settingNames.assumeRoleWithOidc.config
        : settingNames.oidcProviderArn.environment[0];
    if (block.oidcToken !== undefined) {
      throw new ConfigurationError(`${name}: oidcToken is not supported; set oidcTokenFile.`);
    }
    const provider = OIDCRoleArnCredentialsProvider.builder()
      .withRoleArn(required(reader, block, "roleArn", "oidcRoleArn"))
      .withOIDCProviderArn(required(reader, block, "oidcProviderArn", "oidcProviderArn"))
      .withOIDCTokenFilePath(required(reader, block, "oidcTokenFile", "oidcTokenFile"))
      .withRoleSessionName(sessionName(reader, block.roleSessionName, "oidcSessionName"))
      .withDurationSeconds(sessionSeconds(block.sessionExpiration, name))
      .withPolicy(block.policy ?? "")
      .withStsEndpoint(stsHost(sts))
      .build();
    return { name, provider };
  },

  credentialsUri(reader, place) {
    const uri = at(reader, place, "credentialsUri");
    if (uri === undefined) {
      return undefined;
    }
    if (!/^https?:\/\//i.test(uri.value)) {
      throw new ConfigurationError(`${uri.from} must be a URL that starts with http:// or https://.`);
    }
    const provider = URICredentialsProvider.builder()
      .withCredentialsURI(uri.value)
      .withConnectTimeout(namedServiceTimeoutMs)
      .withReadTimeout(namedServiceTimeoutMs)
      .build();
    return { name: uri.from, provider };
  },
};

/** Puts the role of `alicloud:assumeRole`, when it is set, on top of a source; the environment fills its gaps. */
export function withAssumedRole(base: OpenSource, reader: SettingReader, sts: StsContext): OpenSource {
  const block = reader.block("assumeRole");
  if (block === undefined) {
    return base;
  }
  const name = settingNames.assumeRole.config;
  const seconds = block.sessionExpiration ?? reader.fromEnvironment("assumeRoleSessionExpiration")?.value;
  const provider = RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base.provider)
    .withRoleArn(required(reader, block, "roleArn", "assumeRoleArn"))
    .withRoleSessionName(sessionName(reader, block.sessionName, "assumeRoleSessionName"))
    .withDurationSeconds(sessionSeconds(seconds, name))
    .withPolicy(block.policy ?? "")
    .withExternalId(block.externalId ?? "")
    .withStsEndpoint(stsHost(sts))
    .build();
  return { name: `${name} (with ${base.name})`, provider };
}

const at = (reader: SettingReader, place: Place, name: SettingName): Found | undefined =>
  place === "config" ? reader.fromConfig(name) : reader.fromEnvironment(name);

function halfSet(
  present: Found | undefined,
  missing: "accessKey" | "secretKey",
  place: Place,
): ConfigurationError {
  const names = settingNames[missing];
  const where = place === "config" ? `${names.config} (with --secret)` : names.environment.join(", or ");
  const what = missing === "secretKey" ? "secret" : "access key id";
  return new ConfigurationError(
    `${present?.from ?? "An access key"} is set without its ${what}: set ${where}.`,
  );
}

/** In the environment an OIDC role counts as set only when all of it is: clusters set some of it for other uses. */
function environmentOidc(reader: SettingReader): Record<string, string> | undefined {
  const names = ["oidcRoleArn", "oidcProviderArn", "oidcTokenFile"] as const;
  return names.every((name) => reader.fromEnvironment(name) !== undefined) ? {} : undefined;
}

function required(
  reader: SettingReader,
  block: Record<string, string>,
  key: string,
  name: SettingName,
): string {
  const value = block[key] ?? reader.fromEnvironment(name)?.value;
  if (value === undefined) {
    const { config } = settingNames[name];
    throw new ConfigurationError(`${config} needs ${key}: set it there or as ${waysToSet(name)}.`);
  }
  return value;
}

const sessionName = (reader: SettingReader, value: string | undefined, name: SettingName): string =>
  value ?? reader.fromEnvironment(name)?.value ?? defaultSessionName;

function sessionSeconds(value: string | undefined, from: string): number {
  const seconds = Number(value ?? 3_600);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw new ConfigurationError(`${from}: sessionExpiration must be 900 to 43200 seconds.`);
  }
  return seconds;
}

function stsHost({ stsEndpoint, region }: StsContext): string {
  if (stsEndpoint !== undefined) {
    return new URL(stsEndpoint).host;
  }
  return region === undefined ? "sts.aliyuncs.com" : `sts.${region}.aliyuncs.com`;
}
