// What a measurement is and what it gives back. A case runs in a process of its own, so that none warms another up.

export interface Options {
  /** Fewer runs and smaller loads: to see that everything works, not to compare. */
  readonly quick: boolean;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Runs counted, after the warm-up. */
  readonly runs: number;
  /** The median reckoned by this process's CPU time instead of the wall clock: what a busy machine does not blur. */
  readonly byCpu?: number;
  readonly note?: string;
}

export interface CaseResult {
  readonly figures: readonly Figure[];
  /** Markdown below the figures. */
  readonly text?: readonly string[];
}

export interface BenchCase {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  run(options: Options): Promise<CaseResult>;
}
