// The pitfalls of a queue, a task token and a function together: what is true of AWS, what guards us, and how the guard is
// taken out to prove that its tests need it. A test that holds a row carries `[safety: <id>]` in its name.

export interface SafetyRow {
  readonly id: string;
  readonly pitfall: string;
  /** What AWS does that makes it one. */
  readonly fact: string;
  readonly guard: string;
  readonly file: string;
  /** A text that stands in the file once, and what it is replaced with to take the guard out. */
  readonly text: string;
  readonly without: string;
}

export const SAFETY_ROWS: readonly SafetyRow[] = [
  {
    id: 'stuck-forever',
    pitfall: 'A callback waits for ever',
    fact: 'A state has no time-out of its own',
    guard: 'Every callback has a time-out and a heartbeat below it; the compiler refuses one without',
    file: 'statemachines/task-machine.ts',
    text: "        TimeoutSecondsPath: '$.timeoutSeconds',\n",
    without: '',
  },
  {
    id: 'visibility',
    pitfall: 'A dead worker’s message comes back after 90 minutes',
    fact: 'A queue that feeds a function hides a message for six times its time limit',
    guard:
      'The sweep finds a claim that has been silent for three beats and hands the task out again with a new message',
    file: 'lambdas/sweep/sweep.ts',
    text: 'Date.parse(row.heartbeatAt ?? at) + row.staleMs <= Date.parse(at);',
    without: 'false;',
  },
  {
    id: 'waiting-is-no-stall',
    pitfall: 'A task that waits in the queue is taken for a stalled one',
    fact: 'Waiting takes as long as the work before it',
    guard: 'A claim that is given back leaves the index the sweep looks at',
    file: 'store/task-lease.ts',
    text: '`${set} REMOVE #token, #owner, gsi1pk, gsi1sk`',
    without: '`${set}, gsi1pk = gsi1pk REMOVE #token, #owner`',
  },
  {
    id: 'throttled-receives',
    pitfall: 'A message reaches the dead letters without having run',
    fact: 'A throttled function leaves the message to come back with one more receive',
    guard: 'The event source asks for no more at once than there are workers',
    file: 'infra/event-sources.ts',
    text: '        maxConcurrency: WORKERS_AT_ONCE,\n',
    without: '',
  },
  {
    id: 'silent-dlq',
    pitfall: 'A message dies in silence',
    fact: 'A dead-letter queue does not fail the execution that waits',
    guard: 'The dead-letter function fails the task’s token by name and puts it on the ledger',
    file: 'lambdas/dlq/dead-letter.ts',
    text: 'await deps.tokens.fail(message.token, UNDELIVERABLE, cause)',
    without: "'heard'",
  },
  {
    id: 'duplicates',
    pitfall: 'Work is done twice, and committed twice',
    fact: 'A standard queue delivers at least once; a retry mints a new token beside the old',
    guard: 'One claim at a time, under a lease epoch that every later write demands',
    file: 'store/task-lease.ts',
    text: 'epoch = :epoch AND #try <= :try AND (#status IN (:planned, :continuing)',
    without: 'epoch = :epoch AND #try <= :try AND (#status IN (:planned, :continuing, :claimed)',
  },
  {
    id: 'late-token',
    pitfall: 'Work is paid for that nobody waits for',
    fact: 'A token that has timed out is gone for good',
    guard: 'A worker asks before it begins, and lets a task go whose token is gone',
    file: 'lambdas/worker/work.ts',
    text: "(await patiently(deps.timers, () => deps.tokens.beat(message.token))) === 'gone'",
    without: 'false',
  },
  {
    id: 'lost-reply',
    pitfall: 'A commit whose reply was lost is done again, or never told',
    fact: 'A call can succeed and its reply still be lost',
    guard: 'The row is read before a refused write counts as lost; row first, signal second',
    file: 'lambdas/worker/finish.ts',
    text: "(await commitTask(deps.table, lease, change, outbox)) || endedAs('committed', deps, lease)",
    without: 'commitTask(deps.table, lease, change, outbox)',
  },
  {
    id: 'token-leak',
    pitfall: 'A token, which is a key to the task, leaks',
    fact: 'Causes and log lines are read by people and kept',
    guard: 'What leaves a worker is short and has everything removed that looks like a secret',
    file: 'lambdas/worker/cause.ts',
    text: 'SUSPECT.reduce((left, pattern) => left.replace(pattern, REMOVED), withoutSecrets(text))',
    without: "SUSPECT.length > 0 && REMOVED !== '' ? text : withoutSecrets(text)",
  },
  {
    id: 'heartbeat-quota',
    pitfall: 'Thousands of tasks beat more than the quota allows',
    fact: 'SendTaskHeartbeat is throttled per account',
    guard: 'Beats are spread over a tenth of their time, and come less often while they are throttled',
    file: 'lambdas/worker/lease-keeper.ts',
    text: "heard === 'busy' ? Math.min(MOST_ROW_BEATS, rowBeats * 2) : 1",
    without: '1',
  },
  {
    id: 'send-storm',
    pitfall: 'Many tasks end at once and their answers are throttled',
    fact: 'SendTaskSuccess has a burst and a rate',
    guard: 'An answer that was not heard is said again after longer and longer waits; the sweep tells what is left',
    file: 'lambdas/worker/patiently.ts',
    text: 'attempt === ATTEMPTS',
    without: 'attempt === 1',
  },
  {
    id: 'fifteen-minutes',
    pitfall: 'A function ends in the middle of the work',
    fact: 'An invocation lasts 15 minutes at most',
    guard: 'A worker stops in time, saves, and puts the same token back for a fresh invocation',
    file: 'lambdas/worker/work.ts',
    text: "() => keeper.stop('time')",
    without: '() => undefined',
  },
  {
    id: 'partial-batch',
    pitfall: 'One bad message brings its whole batch back',
    fact: 'An error returns every message of the batch unless failures are reported one by one',
    guard: 'One message a delivery, and failures reported by item',
    file: 'infra/event-sources.ts',
    text: '        batchSize: 1,\n        maxConcurrency',
    without: '        batchSize: 10,\n        maxConcurrency',
  },
  {
    id: 'redrive',
    pitfall: 'A redriven message or execution does committed work again',
    fact: 'A redrive runs the same input again, days later',
    guard: 'A task that has ended runs nothing: it tells again how it ended',
    file: 'lambdas/worker/claim.ts',
    text: "  if (ENDED.has(seen.status) && seen.try === message.try) return { kind: 'ended', row: seen };\n",
    without: '',
  },
  {
    id: 'scheduler',
    pitfall: 'A timer fires twice, late, or for nobody',
    fact: 'A schedule may fire more than once, and outlives whoever made it',
    guard: 'Names made from what they are for; the timer’s row fires once and the close of its run cancels it',
    file: 'store/timers.ts',
    text: "'#status = :armed AND #at <= :upTo'",
    without: "'#status IN (:armed, :status) AND #at <= :upTo'",
  },
  {
    id: 'version-drift',
    pitfall: 'A worker works on a message of another version',
    fact: 'Running executions keep the definition they began with; functions do not',
    guard: 'Every message says its contract’s version, and another one’s is left to a worker that speaks it',
    file: 'lambdas/worker/message.ts',
    text: "typeof contract === 'number' && contract !== CONTRACT_VERSION",
    without: 'Number.isNaN(contract)',
  },
  {
    id: 'failed-branch',
    pitfall: 'A failed phase aborts the paid work beside it',
    fact: 'A branch that fails ends every other branch of its Parallel',
    guard: 'A branch ends in a verdict, never in an error; the join decides',
    file: 'statemachines/run-machine.ts',
    text: "      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: failed }],\n",
    without: '',
  },
  {
    id: 'new-attempt',
    pitfall: 'A new gate attempt on unchanged input is taken for a duplicate',
    fact: 'The same input has the same hash',
    guard: 'The attempt is part of the key of the work',
    file: 'core/scheduling/idempotency-key.ts',
    text: 'hashOf({ runId, phase, attempt, round, agent, shard, input, contractVersion })',
    without: 'hashOf({ runId, phase, round, agent, shard, input, contractVersion })',
  },
];
