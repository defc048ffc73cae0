/** Something that the vendor's documentation leaves open and that decides what this package or a test does. */
export interface Question {
  readonly asks: string;
  /** What the documentation says, and when it was read where that is not 2026-11-22. */
  readonly documented: string;
  /** The answer that the package assumes and the simulator gives by default. */
  readonly assumed: string;
  /** The requests whose replies show the answer. */
  readonly measured: string;
  /** Other plausible answers by their ids. */
  readonly alternatives: Readonly<Record<string, Alternative>>;
}

/** Another plausible answer. */
export interface Alternative {
  readonly is: string;
  /** What the package does under it. */
  readonly handled: string;
}
