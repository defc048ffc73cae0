import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  CLIProfileCredentialsProvider,
  type CredentialsProvider,
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
  URICredentialsProvider,
} from "@alicloud/credentials";
import { z } from "zod";
import { ConfigurationError } from "../util/errors";

const field = z.string().catch("");
const seconds = z.number().catch(0);

/** One profile of the file that `aliyun configure` writes; fields of other kinds of profile are left out. */
const profileSchema = z.object({
  name: z.string(),
  mode: field,
  access_key_id: field,
  access_key_secret: field,
  sts_token: field,
  ram_role_arn: field,
  ram_session_name: field,
  ram_role_name: field,
  expired_seconds: seconds,
  external_id: field,
  sts_region: field,
  sts_endpoint: field,
  source_profile: field,
  oidc_provider_arn: field,
  oidc_token_file: field,
  credentials_uri: field,
});

const fileSchema = z.object({ current: field, profiles: z.array(profileSchema) });

type ProfileFile = z.infer<typeof fileSchema> & { path: string };
type Profile = z.infer<typeof profileSchema>;

/** Where the vendor's command line keeps its profiles. */
export const defaultProfileFile = (): string => join(homedir(), ".aliyun", "config.json");

/**
 * Opens a profile of the vendor's command line.
 *
 * @param path the file; `~/` stands for the home folder. Default: `~/.aliyun/config.json`.
 * @param name of the profile. Default: the file's current one.
 * @throws {ConfigurationError} when file or profile are missing, unreadable, incomplete or of an unknown mode.
 */
export async function openProfile(
  path: string | undefined,
  name: string | undefined,
): Promise<CredentialsProvider> {
  const file = await readProfileFile(expandHome(path ?? defaultProfileFile()));
  return providerOf(file, name ?? file.current, new Set());
}

async function readProfileFile(path: string): Promise<ProfileFile> {
  const content = await readFile(path, "utf8").catch(() => undefined);
  if (content === undefined) {
    throw new ConfigurationError(
      `The profile file ${path} cannot be read. Run \`aliyun configure\` to create it.`,
    );
  }
  const parsed = fileSchema.safeParse(parseJson(content));
  if (!parsed.success) {
    throw new ConfigurationError(
      `The profile file ${path} is invalid: it must be JSON with a list of profiles. Run \`aliyun configure\` to create one.`,
    );
  }
  return { ...parsed.data, path };
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

const expandHome = (path: string): string => (path.startsWith("~/") ? join(homedir(), path.slice(2)) : path);

function providerOf(file: ProfileFile, name: string, seen: Set<string>): CredentialsProvider {
  const profile = file.profiles.find((candidate) => candidate.name === name);
  if (profile === undefined) {
    const known = file.profiles.map((candidate) => candidate.name).join(", ");
    throw new ConfigurationError(
      `The profile file ${file.path} has no profile "${name}". Valid profiles: ${known === "" ? "none" : known}.`,
    );
  }
  if (seen.has(name)) {
    throw new ConfigurationError(
      `Profile "${name}" of ${file.path} refers to itself by source_profile. Correct source_profile.`,
    );
  }
  seen.add(name);
  const open = profileModes[profile.mode.toLowerCase()];
  if (open === undefined) {
    throw new ConfigurationError(
      `Profile "${name}" of ${file.path} has the mode "${profile.mode}", which is not supported. Valid modes: ${Object.keys(profileModes).join(", ")}.`,
    );
  }
  return open(profile, file, seen);
}

/** How each mode gets its credentials; the command line matches modes without case. */
const profileModes: Readonly<
  Record<string, (profile: Profile, file: ProfileFile, seen: Set<string>) => CredentialsProvider>
> = {
  ak: (profile, file) => staticKey(profile, file),
  ststoken: (profile, file) => {
    need(profile, file, ["access_key_id", "access_key_secret", "sts_token"]);
    return StaticSTSCredentialsProvider.builder()
      .withAccessKeyId(profile.access_key_id)
      .withAccessKeySecret(profile.access_key_secret)
      .withSecurityToken(profile.sts_token)
      .build();
  },
  ramrolearn: (profile, file) => assumedRole(profile, file, staticKey(profile, file)),
  chainableramrolearn: (profile, file, seen) =>
    assumedRole(profile, file, providerOf(file, profile.source_profile, seen)),
  ecsramrole: (profile) =>
    ECSRAMRoleCredentialsProvider.builder().withRoleName(profile.ram_role_name).build(),
  oidc: (profile, file) => {
    need(profile, file, ["ram_role_arn", "oidc_provider_arn", "oidc_token_file"]);
    return OIDCRoleArnCredentialsProvider.builder()
      .withRoleArn(profile.ram_role_arn)
      .withOIDCProviderArn(profile.oidc_provider_arn)
      .withOIDCTokenFilePath(profile.oidc_token_file)
      .withRoleSessionName(profile.ram_session_name)
      .withDurationSeconds(profile.expired_seconds)
      .withStsRegionId(profile.sts_region)
      .withStsEndpoint(profile.sts_endpoint)
      .build();
  },
  credentialsuri: (profile, file) => {
    need(profile, file, ["credentials_uri"]);
    return URICredentialsProvider.builder().withCredentialsURI(profile.credentials_uri).build();
  },
  cloudsso: (profile, file) => ownFileOnly(profile, file),
  oauth: (profile, file) => ownFileOnly(profile, file),
  external: (profile, file) => ownFileOnly(profile, file),
};

function staticKey(profile: Profile, file: ProfileFile): CredentialsProvider {
  need(profile, file, ["access_key_id", "access_key_secret"]);
  return StaticAKCredentialsProvider.builder()
    .withAccessKeyId(profile.access_key_id)
    .withAccessKeySecret(profile.access_key_secret)
    .build();
}

function assumedRole(profile: Profile, file: ProfileFile, base: CredentialsProvider): CredentialsProvider {
  need(profile, file, ["ram_role_arn"]);
  return RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base)
    .withRoleArn(profile.ram_role_arn)
    .withRoleSessionName(profile.ram_session_name)
    .withDurationSeconds(profile.expired_seconds)
    .withExternalId(profile.external_id)
    .withStsRegionId(profile.sts_region)
    .withStsEndpoint(profile.sts_endpoint)
    .build();
}

/** Modes that the vendor's library reads from, and writes back to, the default file only. */
function ownFileOnly(profile: Profile, file: ProfileFile): CredentialsProvider {
  if (file.path !== defaultProfileFile()) {
    throw new ConfigurationError(
      `Profile "${profile.name}" of ${file.path} has the mode "${profile.mode}", ` +
        "which works only from ~/.aliyun/config.json. Add the profile to that file.",
    );
  }
  return CLIProfileCredentialsProvider.builder().withProfileName(profile.name).build();
}

function need(profile: Profile, file: ProfileFile, fields: readonly (keyof Profile)[]): void {
  const missing = fields.find((name) => profile[name] === "");
  if (missing !== undefined) {
    throw new ConfigurationError(
      `Profile "${profile.name}" of ${file.path} has no ${missing}. Add it with \`aliyun configure --profile ${profile.name}\`.`,
    );
  }
}
