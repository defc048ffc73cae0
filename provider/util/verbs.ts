/** Inputs of a resource as the engine hands them over. */
export type Properties = Record<string, unknown>;

/** Where a verb reads the stack's configuration; absent when the engine did not configure the provider. */
export interface ConfigSource {
  /** Value of a key such as `alicloud:region`; objects arrive as JSON text. */
  get(key: string): string | undefined;
}

type Config = ConfigSource | undefined;

/**
 * What a provider stored in a state calls. Names, arguments and answers must not change their meaning: providers stored by
 * every earlier version of this package call them too.
 */
export interface Verbs {
  /** Validates inputs; `olds` is empty exactly when a creation is coming. */
  check(
    config: Config,
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>;
  /** Says whether `news` changes the resource, and because of which inputs it must be replaced. */
  diff(
    config: Config,
    id: string,
    olds: object,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[] }>;
  create(config: Config, inputs: Properties): Promise<{ id: string; outs: object }>;
  /** Reads the resource; without an id in the answer it is gone. */
  read(config: Config, id: string, props?: object): Promise<{ id?: string; props?: object; inputs?: object }>;
  update(config: Config, id: string, olds: object, news: Properties): Promise<{ outs: object }>;
  delete(config: Config, id: string, props: object): Promise<void>;
}
