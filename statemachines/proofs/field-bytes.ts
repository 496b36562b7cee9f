// How large each field that travels between states may get, as JSON with its name. Contents never travel: they stand in rows and
// objects, and what travels names them.

import { WORST_CASE } from '../bounds.ts';
import { ITEM_FIELDS } from '../task-machine.ts';

const NUMBER = 30;
/** Ids of runs, phases and tasks are at most 128 characters of one byte. */
const ID = 160;
const WORD = 40;
/** A person's answer to a gate: four texts of 4,000 characters at most, and names. */
const ANSWER = 20_000;
/** Error and Cause of a Catch: 256 and 32,768 characters, every one of them escaped. */
const CAUGHT = 2 * (256 + 32_768) + WORD;

const FIELDS: Readonly<Record<string, number>> = {
  runId: ID,
  phase: ID,
  task: ID,
  attempt: NUMBER,
  round: NUMBER,
  wave: NUMBER,
  nextWave: NUMBER,
  try: NUMBER,
  concurrency: NUMBER,
  delaySeconds: NUMBER,
  timeoutSeconds: NUMBER,
  heartbeatSeconds: NUMBER,
  score: NUMBER,
  ok: WORD,
  next: WORD,
  verdict: WORD,
  status: WORD,
  workerClass: WORD,
  /** One for each branch. */
  oks: 10 * WORST_CASE.inlineTasks,
  /** Bucket and key. */
  items: 1_200,
  /** The worker's word that it is done. */
  result: 1_000,
  /** A sentence for people, 1,000 characters at most. */
  cause: 4_000,
  error: CAUGHT,
  decision: ANSWER,
};

/** Undefined: nobody has said how large it may get. */
export function fieldBytes(name: string): number | undefined {
  if (name !== 'tasks') return FIELDS[name];
  const item = ITEM_FIELDS.reduce((sum, field) => sum + (FIELDS[field] ?? Number.NaN), 2);
  return WORST_CASE.inlineTasks * item;
}
