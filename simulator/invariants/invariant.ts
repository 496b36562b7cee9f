// What must hold: looked at over every change of a row as it is made, and over everything once in the end.

export interface Row {
  readonly pk: string;
  readonly sk: string;
  // biome-ignore lint/suspicious/noExplicitAny: rows of many kinds; each invariant reads its own
  readonly [member: string]: any;
}

export interface RowChange {
  readonly table: 'data' | 'ledger';
  /** Beginning of the sort key: RUN, PHASE, ATTEMPT, TASK, STEP, EFFECT, ARTIFACT, OUT, EVENT, TIMER, ACTIVE, LEDGER. */
  readonly kind: string;
  readonly key: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** What has been seen so far. */
export interface View {
  readonly data: ReadonlyMap<string, Row>;
  readonly ledger: ReadonlyMap<string, Row>;
  of(kind: string): readonly Row[];
  /** Status of executions by ARN; of those that ended, and of nested ones too. */
  readonly executions: ReadonlyMap<string, string>;
  /** How often each outside effect was carried out. */
  readonly acts: ReadonlyMap<string, number>;
  now(): number;
}

export interface EndView extends View {
  readonly schedules: readonly string[];
  /** Messages by queue name, in flight included. */
  readonly queued: Readonly<Record<string, number>>;
  /** Objects of the bucket that rows refer to and that are not there, or not what their name says. */
  readonly missingObjects: readonly string[];
  /** Whether somebody stopped the run. */
  readonly stopped: boolean;
  readonly budgetUsdMicros: number;
  /** Artifacts of the same scenario without any fault, as one hash; absent where the two may differ. */
  readonly undisturbed?: string;
  /** Artifacts of this one. */
  readonly artifacts: string;
}

export interface Invariant {
  /** Name of its file. */
  readonly id: string;
  readonly says: string;
  /** Kinds of rows it looks at; absent: all. */
  readonly kinds?: readonly string[];
  /** @returns what is wrong. */
  onChange?(change: RowChange, view: View): string | undefined;
  /** @returns everything that is wrong. */
  atEnd?(end: EndView): readonly string[];
}
