// What the state machines and the handlers say to each other. The machines are built to these shapes.

export interface TaskItem {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly round: number;
  readonly wave: number;
  readonly task: string;
  readonly try: number;
  readonly workerClass: 'models' | 'tools';
  readonly timeoutSeconds: number;
  readonly heartbeatSeconds: number;
}

/** An error as a Catch puts it into the state. */
export interface CaughtError {
  readonly Error?: string;
  readonly Cause?: string;
}

export interface OpenMessage {
  readonly input: unknown;
  readonly executionArn: string;
  readonly executionName: string;
  /** ISO time. */
  readonly startedAt: string;
}

export interface RunState {
  readonly runId: string;
  readonly ok: boolean;
}

export interface PhaseState {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly next: 'attempt' | 'escalate' | 'done';
  readonly ok: boolean;
}

export type PhaseMessage =
  | { readonly op: 'begin'; readonly runId: string; readonly phase: string; readonly executionArn: string }
  | { readonly op: 'decide'; readonly state: DecideState }
  | {
      readonly op: 'escalate';
      readonly token: string;
      readonly runId: string;
      readonly phase: string;
      readonly attempt: number;
    }
  | { readonly op: 'resolve'; readonly state: ResolveState };

export interface DecideState {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly error?: CaughtError;
}

export interface ResolveState extends DecideState {
  readonly decision?: unknown;
}

export interface PlanMessage {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly round: number;
  readonly wave: number;
}

export interface PlanState extends PlanMessage {
  readonly next: 'inline' | 'distributed' | 'aggregate';
  readonly nextWave: number;
  readonly concurrency: number;
  readonly tasks: readonly TaskItem[];
  readonly items: { readonly bucket: string; readonly key: string } | null;
}

export interface RoundMessage {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly round: number;
}

export interface RoundState extends RoundMessage {
  readonly next: 'round' | 'gate';
}

export interface AttemptMessage {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
}

export interface AttemptState extends AttemptMessage {
  readonly verdict: 'passed' | 'failed';
  readonly score: number | null;
}

/** The body of a queue's message. `continuation` counts the invocations that have worked on the same token. */
export interface WorkMessage {
  readonly contract: number;
  readonly token: string;
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly round: number;
  readonly wave: number;
  readonly task: string;
  readonly try: number;
  readonly continuation?: number;
}

export interface SuperviseMessage {
  readonly state: TaskItem & { readonly error?: CaughtError };
}

export interface SuperviseState extends TaskItem {
  readonly delaySeconds: number;
  readonly next: 'retry' | 'failed' | 'done';
}

export interface TimerMessage {
  readonly kind: 'run-deadline' | 'approval-reminder';
  readonly runId: string;
  readonly name: string;
  /** ISO time it was armed for. */
  readonly at: string;
}

export interface CloseState {
  readonly runId: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly cause: string;
  readonly dossier: { readonly json: string; readonly html: string };
}
