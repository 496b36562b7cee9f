// Key design of the two tables and names of the bucket's objects. Everything of a run shares one partition key,
// so that the stream keeps its order and no query crosses runs; the one index (gsi1) is sparse.

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Names one task of a run for good; a retry of the same work keeps it, a new gate attempt is a new one. */
export interface TaskName {
  readonly runId: string;
  readonly phase: string;
  /** 1 or more, like `round` and `wave`. */
  readonly attempt: number;
  readonly round: number;
  readonly wave: number;
  /** Agent id, with `.NNN` behind it for a shard. */
  readonly task: string;
}

export const INDEX = 'gsi1';
/** Partitions of the index: runs by start time; held rows by heartbeat time. */
export const RUNS = 'RUNS';
export const CLAIMED = 'CLAIMED';
/** Partition of the base table with one item for each run that is open. */
export const ACTIVE = 'ACTIVE';

export const partition = (runId: string): string => `RUN#${runId}`;

const digits = (n: number, width: number): string => String(n).padStart(width, '0');

/** `<phase>#<aa>#<rrr>#<www>#<task>`: sorts by attempt, round, wave. */
export function taskPath(name: TaskName): string {
  return `${roundPath(name)}#${digits(name.wave, 3)}#${name.task}`;
}

export function roundPath(name: Pick<TaskName, 'phase' | 'attempt' | 'round'>): string {
  return `${attemptPath(name)}#${digits(name.round, 3)}`;
}

function attemptPath(name: Pick<TaskName, 'phase' | 'attempt'>): string {
  return `${name.phase}#${digits(name.attempt, 2)}`;
}

const inRun = (runId: string, sk: string): Key => ({ pk: partition(runId), sk });

export const runKey = (runId: string): Key => inRun(runId, 'RUN');
export const activeKey = (runId: string): Key => ({ pk: ACTIVE, sk: partition(runId) });
export const phaseKey = (runId: string, phase: string): Key => inRun(runId, `PHASE#${phase}`);
export const attemptKey = (runId: string, phase: string, attempt: number): Key =>
  inRun(runId, `ATTEMPT#${attemptPath({ phase, attempt })}`);
export const taskKey = (name: TaskName): Key => inRun(name.runId, `TASK#${taskPath(name)}`);
/** `variant` keeps the memos of a stricter retry apart from those of the first tries. */
export const stepKey = (name: TaskName, variant: string, step: string): Key =>
  inRun(name.runId, `${stepPrefix(name, variant)}${step}`);
export const stepPrefix = (name: TaskName, variant: string): string => `STEP#${taskPath(name)}#${variant}#`;
export const checkpointKey = (name: TaskName): Key => inRun(name.runId, `CHECKPOINT#${taskPath(name)}`);
export const effectKey = (name: TaskName, effect: string): Key =>
  inRun(name.runId, `EFFECT#${taskPath(name)}#${effect}`);
export const artifactKey = (runId: string, type: string): Key => inRun(runId, `ARTIFACT#${type}`);
export const outboxKey = (runId: string, id: string): Key => inRun(runId, `${OUTBOX}${id}`);
export const eventKey = (runId: string, seq: number): Key => inRun(runId, `EVENT#${digits(seq, 12)}`);
/** Outside of every run: what one run learns of a tool or a model holds for all. */
export const breakerKey = (name: string): Key => ({ pk: `BREAKER#${name}`, sk: 'BREAKER' });
export const timerKey = (runId: string, name: string): Key => inRun(runId, `TIMER#${name}`);
export const sealKey = (runId: string, number: number): Key => inRun(runId, `SEAL#${digits(number, 6)}`);
/** What a tool measured, and the build that is at it, by the hash of tool, version and input. */
export const measurementKey = (runId: string, hash: string): Key => inRun(runId, `MEASURED#${hash}`);
export const buildKey = (runId: string, hash: string): Key => inRun(runId, `BUILD#${hash}`);
export const OUTBOX = 'OUT#';

/** Ledger table: the numbered entries, and a marker for each outbox item already numbered. */
export const ledgerKey = (runId: string, seq: number): Key => inRun(runId, digits(seq, 12));
export const ledgerMarkerKey = (runId: string, outboxId: string): Key => inRun(runId, `ID#${outboxId}`);
/** Every number sorts below this, every marker above. */
export const LEDGER_NUMBERS_BELOW = ':';

export const objects = {
  idea: (runId: string): string => `runs/${runId}/idea.txt`,
  artifact: (runId: string, sha256: string): string => `runs/${runId}/artifacts/${sha256}.json`,
  payload: (runId: string, sha256: string): string => `runs/${runId}/payloads/${sha256}.json`,
  /** A tool's raw report. */
  evidence: (runId: string, sha256: string): string => `runs/${runId}/evidence/${sha256}`,
  /** What a build is handed and where its artifacts go. */
  toolSource: (runId: string, hash: string): string => `tools/${runId}/${hash}.zip`,
  toolOut: (runId: string, hash: string): string => `tools/${runId}/${hash}/out`,
  /** What a hosted model answered to a request. */
  answer: (runId: string, request: string): string => `${objects.answers(runId)}${request}.json`,
  answers: (runId: string): string => `runs/${runId}/answers/`,
  /** Recorded answers of models, by the hash of their text. */
  cassette: (sha256: string): string => `pipelines/cassettes/${sha256}.json`,
  plan: (runId: string, name: string): string => `runs/${runId}/plans/${name}.json`,
  dossier: (runId: string, file: string): string => `runs/${runId}/dossier/${file}`,
  /** In the bucket of sealed things. */
  segment: (runId: string, from: number, to: number): string =>
    `segments/${runId}/${digits(from, 12)}-${digits(to, 12)}.jsonl`,
  seal: (runId: string, number: number): string => `seals/${runId}/${digits(number, 6)}.json`,
  pipeline: (name: string, hash: string): string => `pipelines/${name}/${hash}.json`,
  currentPipeline: (name: string): string => `pipelines/${name}/current`,
} as const;
