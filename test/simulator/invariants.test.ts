// Every invariant objects to a doctored store, and has nothing against the sound one beside it.

import { describe, expect, test } from '@jest/globals';
import { chain, emptyHead } from '../../core/ledger/entry.ts';
import { invariants } from '../../simulator/invariants/catalogue.ts';
import type { EndView, Row, RowChange } from '../../simulator/invariants/invariant.ts';

type Rows = Readonly<Record<string, object>>;

interface Store {
  readonly data?: Rows;
  readonly ledger?: Rows;
  readonly executions?: Readonly<Record<string, string>>;
  readonly acts?: Readonly<Record<string, number>>;
  readonly end?: Partial<EndView>;
}

const PK = 'RUN#r';

function viewOf({ data = {}, ledger = {}, executions = {}, acts = {}, end = {} }: Store): EndView {
  const rows = (given: Rows) =>
    new Map(Object.entries(given).map(([sk, row]) => [`${PK}|${sk}`, { pk: PK, sk, ...row } as Row]));
  const kept = rows(data);
  return {
    data: kept,
    ledger: rows(ledger),
    of: (kind) => [...kept.values()].filter(({ sk }) => sk === kind || sk.startsWith(`${kind}#`)),
    executions: new Map(Object.entries(executions)),
    acts: new Map(Object.entries(acts)),
    now: () => 0,
    schedules: [],
    queued: {},
    missingObjects: [],
    stopped: false,
    budgetUsdMicros: 100,
    artifacts: 'a',
    ...end,
  };
}

const change = (
  sk: string,
  before: object | undefined,
  after: object | undefined,
  table: RowChange['table'] = 'data',
) => {
  const row = (given: object | undefined) => (given === undefined ? undefined : ({ pk: PK, sk, ...given } as Row));
  const kind = table === 'ledger' ? 'LEDGER' : (sk.split('#')[0] as string);
  return { table, kind, key: `${PK}|${sk}`, before: row(before), after: row(after) };
};

interface Case {
  readonly sound?: RowChange;
  readonly doctored?: RowChange;
  readonly store?: Store;
  /** For those that look at the end. */
  readonly soundStore?: Store;
}

const task = {
  phase: 'p',
  status: 'claimed',
  try: 1,
  epoch: 1,
  owner: 'o',
  token: 't',
  heartbeatAt: 'now',
  gsi1pk: 'CLAIMED',
  budgetTokens: 10,
  freeTokens: 10,
  spentTokens: 0,
  reservedTokens: 0,
  budgetUsdMicros: 10,
  freeUsdMicros: 10,
  spentUsdMicros: 0,
  reservedUsdMicros: 0,
  inputs: {},
  failures: [{ code: 'x' }],
};
const committed = { ...task, status: 'committed', result: { sha256: 'a' } };
const run = {
  runId: 'r',
  status: 'RUNNING',
  executionArn: 'e',
  openings: 1,
  gates: 'enforce',
  budgetUsdMicros: 10,
  shares: { p: { usdMicros: 10 } },
};
const [first] = [
  chain(emptyHead, 'r', 'now', { kind: 'decision', who: 'w', tool: { name: 't', version: '1' }, inputs: [], body: {} }),
];
const TASK = 'TASK#p#01#001#001#a';

const cases: Readonly<Record<string, Case>> = {
  'attempts-count-up': {
    sound: change('PHASE#p', { attempt: 1 }, { attempt: 2 }),
    doctored: change('PHASE#p', { attempt: 1 }, { attempt: 3 }),
  },
  'chain-is-whole': {
    sound: change('000000000001', undefined, first, 'ledger'),
    doctored: change('000000000001', undefined, { ...first, who: 'another' }, 'ledger'),
  },
  'committed-is-final': {
    sound: change(TASK, committed, { ...committed, token: undefined }),
    doctored: change(TASK, committed, { ...committed, status: 'failed' }),
  },
  'costs-add-up': {
    soundStore: {
      data: { RUN: run, [TASK]: { ...committed, spentUsdMicros: 4 } },
      ledger: { '1': { kind: 'cost', body: { usdMicros: 4 } } },
    },
    store: {
      data: { RUN: run, [TASK]: { ...committed, spentUsdMicros: 4 } },
      ledger: { '1': { kind: 'cost', body: { usdMicros: 3 } } },
    },
  },
  'effects-happen-once': {
    soundStore: { data: { 'EFFECT#a': { key: 'k', status: 'done' } }, acts: { k: 1 } },
    store: { data: { 'EFFECT#a': { key: 'k', status: 'done' } }, acts: { k: 2 } },
    doctored: change('EFFECT#a', { key: 'k', status: 'done' }, { key: 'k', status: 'intended' }),
  },
  'epochs-rise': {
    sound: change(TASK, { ...task, status: 'planned', owner: undefined, epoch: 0 }, task),
    doctored: change(TASK, task, { ...task, owner: 'another' }),
  },
  'events-in-order': {
    soundStore: {
      data: {
        'EVENT#1': { seq: 1, type: 'phase.started', phase: 'p' },
        'EVENT#2': { seq: 2, type: 'phase.ready', phase: 'p' },
      },
    },
    store: { data: { 'EVENT#1': { seq: 1, type: 'phase.ready', phase: 'p' } } },
  },
  'events-without-gaps': {
    sound: change('EVENT#000000000001', undefined, { seq: 1 }),
    doctored: change('EVENT#000000000003', undefined, { seq: 3 }),
  },
  'every-run-ends': {
    soundStore: { data: { RUN: { ...run, status: 'FAILED' } }, executions: { e: 'FAILED' } },
    store: { data: { RUN: run }, executions: { e: 'FAILED' } },
  },
  'gate-speaks-once': {
    sound: change('ATTEMPT#p#01', { status: 'running' }, { status: 'gated', verdict: 'failed' }),
    doctored: change('ATTEMPT#p#01', { status: 'gated', verdict: 'failed' }, { status: 'gated', verdict: 'passed' }),
  },
  'handed-on-is-final': {
    sound: change('PHASE#p', { status: 'running' }, { status: 'handed-on' }),
    doctored: change('PHASE#p', { status: 'handed-on' }, { status: 'failed' }),
  },
  'lawful-moves': {
    sound: change(TASK, task, committed),
    doctored: change(TASK, committed, { ...task, status: 'planned' }),
  },
  'lease-is-whole': {
    sound: change(TASK, undefined, task),
    doctored: change(TASK, undefined, { ...task, status: 'planned' }),
  },
  'ledger-is-append-only': {
    sound: change('1', undefined, first, 'ledger'),
    doctored: change('1', first, undefined, 'ledger'),
  },
  'needs-come-first': {
    sound: change(TASK, undefined, task),
    doctored: change(TASK, undefined, { ...task, inputs: { PRD: { sha256: 'x' } } }),
  },
  'nested-executions-end': { soundStore: { executions: { e: 'FAILED' } }, store: { executions: { e: 'RUNNING' } } },
  'newer-artifacts-win': {
    sound: change('ARTIFACT#PRD', { phase: 'p', attempt: 1, round: 1 }, { phase: 'p', attempt: 2, round: 1 }),
    doctored: change('ARTIFACT#PRD', { phase: 'p', attempt: 2, round: 1 }, { phase: 'p', attempt: 1, round: 1 }),
  },
  'no-gate-is-skipped': {
    doctored: change('PHASE#p', { status: 'running' }, { phase: 'p', status: 'handed-on', attempt: 1 }),
  },
  'no-orphan-schedule': { soundStore: {}, store: { end: { schedules: ['run-deadline'] } } },
  'no-token-is-held': {
    soundStore: { data: { [TASK]: { status: 'committed' } } },
    store: { data: { [TASK]: committed } },
  },
  'nothing-stays-active': { soundStore: {}, store: { data: { 'ACTIVE#r': { runId: 'r' } } } },
  'outbox-is-written-once': {
    sound: change('OUT#a', undefined, { id: 'a' }),
    doctored: change('OUT#a', { id: 'a' }, { id: 'a' }),
    soundStore: { data: { 'OUT#a': { id: 'a' } }, ledger: { 'ID#a': {} } },
    store: { data: { 'OUT#a': { id: 'a' } } },
  },
  'phase-within-budget': {
    store: { data: { RUN: run, [TASK]: { ...task, spentUsdMicros: 11 } } },
    doctored: change(TASK, task, { ...task, spentUsdMicros: 11 }),
  },
  'queues-run-dry': { soundStore: { end: { queued: { models: 0 } } }, store: { end: { queued: { models: 1 } } } },
  'results-are-there': { soundStore: {}, store: { end: { missingObjects: ['runs/r/payloads/a.json'] } } },
  'resumed-equals-undisturbed': {
    soundStore: { end: { undisturbed: 'a' } },
    store: { end: { undisturbed: 'b' } },
  },
  'run-ends-once': {
    sound: change('RUN', { ...run, status: 'FAILED' }, { ...run, openings: 2 }),
    doctored: change('RUN', { ...run, status: 'SUCCEEDED' }, { ...run, openings: 2 }),
  },
  'set-aside-is-told': { soundStore: {}, store: { data: { [TASK]: { ...task, status: 'set-aside' } } } },
  'share-is-kept': {
    sound: change(TASK, task, { ...task, freeTokens: 8, spentTokens: 2 }),
    doctored: change(TASK, task, { ...task, spentTokens: 2 }),
  },
  'siblings-live': {
    soundStore: { executions: { 'a:ideamine-local-phase:1': 'FAILED' } },
    store: { executions: { 'a:ideamine-local-phase:1': 'ABORTED' } },
  },
  'steps-are-kept': {
    sound: change('STEP#a', { runs: 1 }, { runs: 1, payload: 1 }),
    doctored: change('STEP#a', { payload: 1 }, { payload: 2 }),
  },
  'timers-fire-once': {
    sound: change('TIMER#a', { status: 'armed' }, { status: 'fired' }),
    doctored: change('TIMER#a', { status: 'cancelled' }, { status: 'fired' }),
  },
  'tries-count-up': {
    sound: change(TASK, task, { ...task, try: 2 }),
    doctored: change(TASK, task, { ...task, try: 3 }),
  },
};

describe.each(invariants.map((one) => [one.id, one] as const))('%s', (id, invariant) => {
  const { sound, doctored, store, soundStore } = cases[id] ?? {};

  test('objects to a doctored store', () => {
    const said = [
      doctored === undefined ? undefined : invariant.onChange?.(doctored, viewOf(store ?? {})),
      ...(invariant.atEnd?.(viewOf(store ?? {})) ?? []),
    ].filter((what) => what !== undefined);
    const looks = [doctored, invariant.atEnd && store].filter((look) => look !== undefined).length;
    expect(said.length).toBeGreaterThanOrEqual(Math.max(1, looks));
  });

  test('has nothing against a sound one', () => {
    if (sound !== undefined) expect(invariant.onChange?.(sound, viewOf({ data: { RUN: run } }))).toBeUndefined();
    if (soundStore !== undefined) expect(invariant.atEnd?.(viewOf(soundStore))).toEqual([]);
  });
});

test('there are at least twenty, and each has a doctored store of its own', () => {
  expect(invariants.length).toBeGreaterThanOrEqual(20);
  expect(Object.keys(cases).sort()).toEqual(invariants.map(({ id }) => id).sort());
});
