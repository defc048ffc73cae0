import type { ErrorClass } from "../../util/errors";

/** What the catalogue knows about an error code. */
export interface CatalogueEntry {
  class: ErrorClass;
  /** One short sentence without its full stop. `{message}` stands for the API's own message. */
  says: string;
  /** One sentence with its full stop: what to do. `{permission}` stands for the RAM action, `{code}` for the code. */
  remedy: string;
  /** The input at fault, where the code names one. */
  property?: string;
  /** What makes exactly one repetition worthwhile, although the class is final. */
  once?: "renewedCredentials" | "newTimestamp";
}

/** Codes that share one entry. */
export interface CatalogueRow extends CatalogueEntry {
  codes: readonly string[];
}
