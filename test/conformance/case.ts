// The shapes of the recorded cases, and what running one tells.

export interface ReplayEntry {
  readonly state: string;
  readonly event: string;
  readonly resource: string;
  readonly resourceType?: string;
  readonly parameters?: unknown;
  readonly input?: unknown;
  readonly submitted?: unknown;
  readonly answer: {
    readonly output?: unknown;
    readonly error?: string;
    readonly cause?: unknown;
    readonly timedOut?: boolean;
  } | null;
}

export interface RecordedEvent {
  readonly id: number | number[];
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly area: string;
  readonly type?: string;
  readonly definition?: unknown;
  readonly definitionText?: string;
  readonly definitionJson?: string;
  readonly input?: unknown;
  readonly inputText?: string | null;
  readonly names?: { stateMachine?: string; execution?: string };
  readonly clockNow?: string;
  readonly historyOrder?: string;
  readonly op?: string;
  // biome-ignore lint/suspicious/noExplicitAny: requests and expectations are recorded JSON of many shapes
  readonly request?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expected: any;
  readonly mocks: {
    readonly replay?: readonly ReplayEntry[];
    readonly lambda?: Record<string, LambdaMock>;
    readonly s3?: Record<string, Record<string, string>>;
    readonly stateMachines?: readonly { name: string; type?: string; definition: unknown }[];
    readonly helpers?: readonly { kind: string; [key: string]: unknown }[];
    readonly driver?: readonly { op: string; kw: Record<string, unknown> }[];
  };
}

export interface LambdaMock {
  readonly kind: string;
  readonly errorType?: string;
  readonly errorMessage?: string;
  readonly seconds?: number;
  readonly bytes?: number;
  readonly value?: unknown;
  readonly source?: string;
}

export interface Step {
  readonly i: number;
  readonly op: string;
  readonly params: Record<string, unknown>;
  readonly expect?: unknown;
  readonly expectError?: unknown;
  readonly expectAt?: unknown;
  readonly mustFail?: boolean;
}

export interface Conversation {
  readonly id: string;
  readonly kind: string;
  readonly area: string;
  readonly tokens?: Record<string, string>;
  readonly steps: readonly Step[];
}

/** Grows stricter: each level holds only if those before it do. Levels a case does not have are undefined. */
export interface Result {
  readonly id: string;
  readonly area: string;
  readonly kind: string;
  readonly outcome: boolean;
  readonly cause: boolean | undefined;
  readonly history: boolean | undefined;
  /** Event ids and previousEventIds too. */
  readonly ids: boolean | undefined;
  /** First difference found. */
  readonly reason: string | undefined;
}
