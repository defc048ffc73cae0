import {
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  URICredentialsProvider,
} from "@alicloud/credentials";

interface Vendor {
  getProviderName(): string;
}

/** What the vendor's providers would ask the network with; their fields are private. */
export interface Asked {
  roleName?: string;
  roleArn?: string;
  oidcProviderArn?: string;
  oidcTokenFilePath?: string;
  roleSessionName?: string;
  durationSeconds?: number;
  policy?: string;
  externalId?: string;
  stsEndpoint?: string;
  credentialsURI?: string;
  credentialsProvider?: { getCredentials(): Promise<{ accessKeyId: string }> };
}

/** Makes the vendor's networked providers answer with an access key id that says what they were asked with. */
export function stubVendorProviders(): Asked[] {
  const asked: Asked[] = [];
  const stub = (prototype: object, idOf: (provider: Asked) => string) =>
    jest
      .spyOn(prototype as Vendor & { getCredentials(): Promise<unknown> }, "getCredentials")
      .mockImplementation(
        // eslint-disable-next-line @typescript-eslint/require-await -- stands in for an asynchronous method
        async function (this: unknown) {
          const provider = this as Asked;
          asked.push(provider);
          return { accessKeyId: idOf(provider), accessKeySecret: "s", securityToken: "t" };
        },
      );
  stub(ECSRAMRoleCredentialsProvider.prototype, ({ roleName }) => `ecs ${roleName ?? ""}`);
  stub(OIDCRoleArnCredentialsProvider.prototype, ({ roleArn }) => `oidc ${roleArn ?? ""}`);
  stub(RAMRoleARNCredentialsProvider.prototype, ({ roleArn }) => `role ${roleArn ?? ""}`);
  stub(URICredentialsProvider.prototype, ({ credentialsURI }) => `uri ${credentialsURI ?? ""}`);
  return asked;
}
