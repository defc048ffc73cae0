/** Where one setting may be written; within a list the first one set wins. */
export interface SettingNames {
  /** Key of the stack configuration, as `@pulumi/alicloud` has it. */
  config: string;
  /** Environment variables, in the order in which the vendor's Terraform provider reads them. */
  environment: readonly string[];
}

/** Every setting of the provider. Stack configuration comes before the environment. */
export const settingNames = {
  region: { config: "alicloud:region", environment: ["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"] },
  protocol: { config: "alicloud:protocol", environment: [] },
  endpoints: { config: "alicloud:endpoints", environment: [] },
  vpcEndpoint: {
    config: "alicloud:endpoints",
    environment: ["ALIBABA_CLOUD_ENDPOINT_VPC", "VPC_ENDPOINT"],
  },
  stsEndpoint: {
    config: "alicloud:endpoints",
    environment: ["ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"],
  },
  connectTimeout: { config: "alicloud:clientConnectTimeout", environment: ["CLIENT_CONNECT_TIMEOUT"] },
  readTimeout: { config: "alicloud:clientReadTimeout", environment: ["CLIENT_READ_TIMEOUT"] },
  accessKey: {
    config: "alicloud:accessKey",
    environment: ["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"],
  },
  secretKey: {
    config: "alicloud:secretKey",
    environment: ["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET"],
  },
  securityToken: {
    config: "alicloud:securityToken",
    environment: ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
  },
  profile: { config: "alicloud:profile", environment: ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"] },
  sharedCredentialsFile: {
    config: "alicloud:sharedCredentialsFile",
    environment: ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
  },
  ecsRoleName: {
    config: "alicloud:ecsRoleName",
    environment: ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
  },
  credentialsUri: {
    config: "alicloud:credentialsUri",
    environment: ["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
  },
  assumeRole: { config: "alicloud:assumeRole", environment: [] },
  assumeRoleArn: {
    config: "alicloud:assumeRole",
    environment: ["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN"],
  },
  assumeRoleSessionName: {
    config: "alicloud:assumeRole",
    environment: ["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"],
  },
  assumeRoleSessionExpiration: {
    config: "alicloud:assumeRole",
    environment: ["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"],
  },
  assumeRoleWithOidc: { config: "alicloud:assumeRoleWithOidc", environment: [] },
  oidcRoleArn: { config: "alicloud:assumeRoleWithOidc", environment: ["ALIBABA_CLOUD_ROLE_ARN"] },
  oidcProviderArn: {
    config: "alicloud:assumeRoleWithOidc",
    environment: ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"],
  },
  oidcTokenFile: { config: "alicloud:assumeRoleWithOidc", environment: ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] },
  oidcSessionName: {
    config: "alicloud:assumeRoleWithOidc",
    environment: ["ALIBABA_CLOUD_ROLE_SESSION_NAME"],
  },
  tokenSalt: { config: "eipSegment:tokenSalt", environment: [] },
  ownershipTag: { config: "eipSegment:ownershipTag", environment: [] },
  allocatePerMinute: { config: "eipSegment:allocatePerMinute", environment: [] },
  releasePerMinute: { config: "eipSegment:releasePerMinute", environment: [] },
  ignoreUnclaimed: { config: "eipSegment:ignoreUnclaimed", environment: [] },
  replayGrace: { config: "eipSegment:replayGraceSeconds", environment: [] },
} as const satisfies Record<string, SettingNames>;

export type SettingName = keyof typeof settingNames;
