/** What signs a request. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Set for temporary credentials (STS). */
  securityToken?: string;
}

/** Where the client gets its credentials from, asked before every try. */
export interface CredentialsSource {
  /**
   * The credentials to sign with now.
   *
   * @throws {ConfigurationError} when there are none, or they are incomplete.
   */
  getCredentials(): Promise<Credentials>;
  /** Forgets these credentials, which the API called expired, so that the next request gets new ones. */
  renew(expired: Credentials): void;
  /** Names the setting or file that the latest credentials came from; absent before the first. */
  readonly sourceName?: string | undefined;
}
