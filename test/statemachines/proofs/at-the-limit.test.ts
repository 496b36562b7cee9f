// Every proof by its id: a sound machine passes, one that is off by one thing fails and is named.

import { describe, expect, it } from '@jest/globals';
import type { Definition, State } from '../../../statemachines/asl.ts';
import { WORST_CASE } from '../../../statemachines/bounds.ts';
import { inSeries, leaf } from '../../../statemachines/layout/tree.ts';
import { MOST_BYTES } from '../../../statemachines/proofs/definition-fits.ts';
import { historyEvents } from '../../../statemachines/proofs/history-events.ts';
import { MOST_EVENTS } from '../../../statemachines/proofs/history-fits.ts';
import { violationsOf } from '../../../statemachines/proofs/prove.ts';
import type { Proven } from '../../../statemachines/proofs/rule.ts';
import { proven, sampleMachines } from '../sample.ts';

const machines = sampleMachines();

const withState = (definition: Definition, name: string, change: Partial<State>): Definition => ({
  ...definition,
  States: { ...definition.States, [name]: { ...definition.States[name], ...change } as State },
});

const chain = (states: number): Definition => ({
  Comment: 'a chain',
  TimeoutSeconds: 60,
  StartAt: 's1',
  States: Object.fromEntries(
    Array.from({ length: states }, (_, index): [string, State] => [
      `s${index + 1}`,
      { Type: 'Pass', ...(index + 1 === states ? { End: true } : { Next: `s${index + 2}` }) },
    ]),
  ),
});

it('the machines of a pipeline pass [safety: stuck-forever]', () => {
  expect(violationsOf(proven())).toEqual([]);
});

describe('callback-is-bounded', () => {
  it('names a callback that may wait for ever [safety: stuck-forever]', () => {
    const { TimeoutSecondsPath: _, ...unbounded } = machines.task.States['Work (models)'] as State;
    const task = { ...machines.task, States: { ...machines.task.States, 'Work (models)': unbounded as State } };
    expect(violationsOf(proven({ task }))).toEqual([
      expect.stringMatching(/task \/ Work \(models\): .*\[callback-is-bounded\]$/),
    ]);
  });
});

describe('callback-is-caught', () => {
  it('names a callback whose failure leads nowhere', () => {
    const phase = withState(machines.phase, 'Await a decision', {
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Resolve' }],
    });
    expect(violationsOf(proven({ phase }))).toEqual([
      expect.stringMatching(/phase \/ Await a decision: .*\[callback-is-caught\]$/),
    ]);
  });
});

describe('every-path-ends', () => {
  it('names a state that leads to none', () => {
    const attempt = withState(machines.attempt, 'Another round', { Default: 'Gat' });
    expect(violationsOf(proven({ attempt }))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/attempt \/ Another round: found leads to Gat.*\[every-path-ends\]$/),
        expect.stringMatching(/attempt \/ Gate: found nothing leads to it.*\[every-path-ends\]$/),
      ]),
    );
  });

  it('names a loop that cannot be left, inside a branch too', () => {
    const trap: Definition = {
      Comment: 'a trap',
      TimeoutSeconds: 60,
      StartAt: 'Side by side',
      States: {
        'Side by side': {
          Type: 'Parallel',
          Branches: [{ StartAt: 'Round', States: { Round: { Type: 'Pass', Next: 'Round' } } }],
          End: true,
        },
      },
    };
    expect(violationsOf(proven({ attempt: trap }))).toContainEqual(
      expect.stringMatching(/attempt \/ Round: found no end ahead of it.*\[every-path-ends\]$/),
    );
  });
});

describe('history-fits', () => {
  const atLimit = (MOST_EVENTS - 2) / 2;

  it('allows a history at the limit and names the state that breaks it by one more', () => {
    expect(historyEvents('run', chain(atLimit)).events).toBe(MOST_EVENTS);
    expect(violationsOf(proven({ run: chain(atLimit) }))).toEqual([]);
    expect(violationsOf(proven({ run: chain(atLimit + 1) }))).toEqual([
      expect.stringMatching(/run \/ s1: found 20002 events at worst, allowed 20000 events; .*\[history-fits\]$/),
    ]);
  });

  it('counts loops as often as they may turn, retries and the items of a Map', () => {
    const { events } = historyEvents('round', machines.round);
    const item = 2 + (6 + 3 * 6) + 2;
    const wave = 24 + 2 + (4 + WORST_CASE.inlineTasks * item) + 5 * (1 + 3) + 2;
    expect(events).toBe(2 + WORST_CASE.waves * wave + 24);
  });
});

describe('definition-fits', () => {
  const sized = (bytes: number): Definition => {
    const empty = { ...chain(1), Comment: '' };
    return { ...empty, Comment: 'x'.repeat(bytes - JSON.stringify(empty).length) };
  };

  it('allows 800 KB and not a byte more', () => {
    expect(violationsOf(proven({ run: sized(MOST_BYTES) }))).toEqual([]);
    expect(violationsOf(proven({ run: sized(MOST_BYTES + 1) }))).toEqual([
      expect.stringMatching(/run: found 800001 bytes, allowed 800000 bytes; .*\[definition-fits\]$/),
    ]);
  });
});

describe('timeouts-nest', () => {
  it('names a parent that gives up before its child', () => {
    const attempt = withState(machines.attempt, 'Round', { TimeoutSeconds: machines.round.TimeoutSeconds });
    expect(violationsOf(proven({ attempt }))).toEqual([
      expect.stringMatching(/attempt \/ Round: found waits \d+ s, allowed more than the \d+ s.*\[timeouts-nest\]$/),
    ]);
  });

  it('names a parent whose own fence is closer than its wait', () => {
    const run = { ...machines.run, TimeoutSeconds: machines.phase.TimeoutSeconds };
    expect(violationsOf(proven({ run }))).toContainEqual(
      expect.stringMatching(/run \/ intake: found waits \d+ s, allowed the machine's own .*\[timeouts-nest\]$/),
    );
  });
});

describe('loops-stand-alone', () => {
  it('names a loop inside a Map, whose turns nothing counts', () => {
    const map = machines.round.States['Fan out'] as State;
    const looping = {
      ...map.ItemProcessor.States,
      Again: { Type: 'Choice', Choices: [{ Variable: '$', IsPresent: true, Next: 'Task' }], Default: 'Lost' },
      Task: { ...map.ItemProcessor.States.Task, End: undefined, Next: 'Again' },
    };
    const round = withState(machines.round, 'Fan out', { ItemProcessor: { ...map.ItemProcessor, States: looping } });
    expect(violationsOf(proven({ round }))).toContainEqual(
      expect.stringMatching(/round \/ Task: found a loop inside Fan out.*\[loops-stand-alone\]$/),
    );
  });
});

describe('phases-stay-in-bounds', () => {
  const phase = (change: object) =>
    ({
      id: 'build',
      mode: { kind: 'sequential' },
      agents: [{ id: 'a' }],
      budget: { usdMicros: 1_000_000 },
      gate: { tries: 3 },
      clarification: { rounds: 0 },
      retry: { attempts: 3 },
      ...change,
    }) as unknown as Proven['phases'][number];
  const agents = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `a${index}` }));

  it.each([
    ['round', { agents: agents(WORST_CASE.waves) }, { agents: agents(WORST_CASE.waves + 1) }],
    [
      'attempt',
      { mode: { kind: 'iterative', maxRounds: WORST_CASE.rounds - 1 } },
      { mode: { kind: 'iterative', maxRounds: WORST_CASE.rounds } },
    ],
    ['phase', { gate: { tries: WORST_CASE.attempts } }, { gate: { tries: WORST_CASE.attempts + 1 } }],
    ['task', { retry: { attempts: WORST_CASE.tries } }, { retry: { attempts: WORST_CASE.tries + 1 } }],
  ])('allows a %s at its bound and names one above', (machine, at, above) => {
    expect(violationsOf(proven({}, [phase(at)]))).toEqual([]);
    expect(violationsOf(proven({}, [phase(above)]))).toEqual([
      expect.stringMatching(new RegExp(`^ {2}${machine}: found phase build .*\\[phases-stay-in-bounds\\]$`)),
    ]);
  });

  it('does not count agents that work side by side', () => {
    expect(violationsOf(proven({}, [phase({ mode: { kind: 'parallel' }, agents: agents(99) })]))).toEqual([]);
  });
});

it('a pipeline of 200 phases in a row passes', () => {
  const long = inSeries(Array.from({ length: 200 }, (_, index) => leaf(`phase-${index}`)));
  expect(violationsOf(proven({ run: sampleMachines(long).run }))).toEqual([]);
});
