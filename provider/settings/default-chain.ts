import { access } from "node:fs/promises";
import {
  type CredentialsProvider,
  ECSRAMRoleCredentialsProvider,
  ProfileCredentialsProvider,
} from "@alicloud/credentials";
import { ConfigurationError } from "../util/errors";
import type { OpenSource } from "./credential-openers";
import { defaultProfileFile, openProfile } from "./profile-file";

/** How long to wait for a metadata service that nobody named: off the cloud nothing answers at its address. */
export const metadataPatienceMs = 2_000;

/** One place looked at when nothing is set. */
interface Step {
  name: string;
  open: () => Promise<CredentialsProvider>;
}

/**
 * The rest of the default chain of `@alicloud/credentials`, in its order; its other members (environment keys, OIDC
 * role, credentials URI) are settings here and come first. Its own chain class is not used because it asks a host
 * named "undefined" when no URI is set, and is wrong under concurrent calls.
 */
const chainSteps: readonly Step[] = [
  {
    name: "the current profile of ~/.aliyun/config.json",
    async open() {
      await access(defaultProfileFile());
      return openProfile(undefined, undefined);
    },
  },
  {
    name: "~/.alibabacloud/credentials",
    open: () => Promise.resolve(ProfileCredentialsProvider.builder().build()),
  },
  {
    name: "the ECS instance's RAM role",
    open: () => withPatience(ECSRAMRoleCredentialsProvider.builder().build()),
  },
];

/**
 * The first step that yields credentials.
 *
 * @throws {ConfigurationError} naming the ways to set credentials, when none does.
 */
export async function openDefaultChain(): Promise<OpenSource> {
  for (const { name, open } of chainSteps) {
    try {
      const provider = await open();
      await provider.getCredentials();
      return { name, provider };
    } catch {
      // A place that is absent or unusable is passed over, as the vendor's chain does.
    }
  }
  throw new ConfigurationError(
    "No Alibaba Cloud credentials were found: set alicloud:accessKey and alicloud:secretKey (with --secret), or " +
      "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or alicloud:profile for a profile of ~/.aliyun/config.json, or " +
      "alicloud:ecsRoleName, alicloud:assumeRoleWithOidc or alicloud:credentialsUri.",
  );
}

/** Gives up on a provider that has not answered its first question in time. */
async function withPatience(provider: CredentialsProvider): Promise<CredentialsProvider> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ConfigurationError("The metadata service did not respond in time."));
    }, metadataPatienceMs);
  });
  try {
    await Promise.race([provider.getCredentials(), patience]);
    return provider;
  } finally {
    clearTimeout(timer);
  }
}
