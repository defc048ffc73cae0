import type { Credentials, CredentialsSource } from "../client/types";
import { ConfigurationError } from "../util/errors";
import { withoutAbsent } from "../util/without-absent";
import { unobtainable } from "./credential-failure";
import type { OpenSource, Place, SourceKind, StsContext } from "./credential-openers";
import { lazyImports } from "./lazy-imports";
import type { SettingReader } from "./setting-reader";

/**
 * Which source of credentials wins: the first one that is set. When none is, the default chain follows.
 * A role in `alicloud:assumeRole` is then assumed with whatever was found.
 */
export const credentialPrecedence: readonly { place: Place; kind: SourceKind }[] = [
  { place: "config", kind: "accessKey" },
  { place: "config", kind: "profile" },
  { place: "config", kind: "ecsRole" },
  { place: "config", kind: "oidcRole" },
  { place: "config", kind: "credentialsUri" },
  { place: "environment", kind: "accessKey" },
  { place: "environment", kind: "profile" },
  { place: "environment", kind: "ecsRole" },
  { place: "environment", kind: "oidcRole" },
  { place: "environment", kind: "credentialsUri" },
];

/** Credentials as the settings say, looked for at the first request and kept from then on. */
export function createCredentials(
  reader: SettingReader,
  sts: StsContext,
  defaultChain: () => Promise<OpenSource> = () => lazyImports.defaultChain().openDefaultChain(),
): CredentialsSource {
  return new LazyCredentials(async () =>
    lazyImports.sources().withAssumedRole(await findBase(reader, sts, defaultChain), reader, sts),
  );
}

async function findBase(
  reader: SettingReader,
  sts: StsContext,
  defaultChain: () => Promise<OpenSource>,
): Promise<OpenSource> {
  for (const { place, kind } of credentialPrecedence) {
    const source = await open(reader, place, kind, sts);
    if (source !== undefined) {
      return source;
    }
  }
  return defaultChain();
}

async function open(
  reader: SettingReader,
  place: Place,
  kind: SourceKind,
  sts: StsContext,
): Promise<OpenSource | undefined> {
  try {
    return await lazyImports.sources().openers[kind](reader, place, sts);
  } catch (error) {
    throw unobtainable(`${kind} in the ${place === "config" ? "stack configuration" : place}`, error);
  }
}

class LazyCredentials implements CredentialsSource {
  private readonly find: () => Promise<OpenSource>;
  private source: OpenSource | undefined;
  private asking: Promise<Credentials> | undefined;
  private latest: Credentials | undefined;

  constructor(find: () => Promise<OpenSource>) {
    this.find = find;
  }

  get sourceName(): string | undefined {
    return this.source?.name;
  }

  /** Calls at the same time share one question: the vendor's providers would each refresh on their own. */
  getCredentials(): Promise<Credentials> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  renew(expired: Credentials): void {
    if (this.latest?.securityToken === expired.securityToken) {
      this.source = undefined;
    }
  }

  private async ask(): Promise<Credentials> {
    this.source ??= await this.find();
    const { name, provider } = this.source;
    const credentials = await provider.getCredentials().catch((error: unknown) => {
      this.source = undefined;
      throw unobtainable(name, error);
    });
    const { accessKeyId, accessKeySecret, securityToken } = credentials as Partial<Credentials>;
    if (!accessKeyId || !accessKeySecret) {
      throw new ConfigurationError(`The credentials of ${name} are incomplete. Check that source.`);
    }
    // Some providers say "no token" by an empty one.
    const token = securityToken === "" ? undefined : securityToken;
    this.latest = withoutAbsent({ accessKeyId, accessKeySecret, securityToken: token });
    return this.latest;
  }
}
