// The proofs about what AWS allows: each with a fixture at its limit and one that is one unit over.

import { describe, expect, it } from '@jest/globals';
import type { Definition, State } from '../../../statemachines/asl.ts';
import { inParallel, leaf } from '../../../statemachines/layout/tree.ts';
import { MOST_PERCENT } from '../../../statemachines/proofs/cost-fits.ts';
import { fieldBytes } from '../../../statemachines/proofs/field-bytes.ts';
import { MOST_PAYLOAD_BYTES, payloadBytes } from '../../../statemachines/proofs/payload-fits.ts';
import { violationsOf } from '../../../statemachines/proofs/prove.ts';
import { QUOTAS } from '../../../statemachines/proofs/quotas.ts';
import type { Proven } from '../../../statemachines/proofs/rule.ts';
import { runCost } from '../../../statemachines/proofs/transitions.ts';
import { ITEM_FIELDS } from '../../../statemachines/task-machine.ts';
import { proven, sampleMachines } from '../sample.ts';

const machines = sampleMachines();
const withState = (definition: Definition, name: string, change: object): Definition => ({
  ...definition,
  States: { ...definition.States, [name]: { ...definition.States[name], ...change } as State },
});
const without = (definition: Definition, name: string, ...fields: string[]): Definition =>
  withState(definition, name, Object.fromEntries(fields.map((field) => [field, undefined])));
const only = (id: string, ...found: Parameters<typeof proven>): string[] =>
  violationsOf(proven(...found)).filter((line) => line.endsWith(`[${id}]`));

const phase = (change: object = {}) =>
  ({
    id: 'build',
    mode: { kind: 'parallel' },
    agents: [{ id: 'a' }],
    budget: { usdMicros: 1_000_000 },
    gate: { tries: 3 },
    retry: { attempts: 3 },
    clarification: { questions: 0, rounds: 0 },
    ...change,
  }) as unknown as Proven['phases'][number];

describe('payload-fits', () => {
  const carrying = (fields: readonly string[]): Definition => ({
    ...machines.task,
    StartAt: 'Done',
    States: {
      Done: { Type: 'Pass', Parameters: Object.fromEntries(fields.map((f) => [`${f}.$`, `$.${f}`])), End: true },
    },
  });

  it('counts every field that travels, once, at its largest', () => {
    expect(payloadBytes(carrying(['runId', 'result', 'ok']), fieldBytes)).toBe(2 + 160 + 1_000 + 40);
    const item = ITEM_FIELDS.reduce((sum, field) => sum + (fieldBytes(field) ?? 0), 2);
    expect(fieldBytes('tasks')).toBe(40 * item);
    expect(payloadBytes(machines.round, fieldBytes)).toBeGreaterThan(fieldBytes('tasks') as number);
  });

  it('holds for every machine with room to spare', () => {
    for (const definition of Object.values(machines)) {
      expect(payloadBytes(definition, fieldBytes)).toBeLessThan(MOST_PAYLOAD_BYTES / 2);
    }
  });

  it('allows 200 KiB and not a byte more', () => {
    const sized = (bytes: number) =>
      only('payload-fits', { task: carrying(['runId', 'big']) }, [], 1, (name) =>
        name === 'big' ? bytes : fieldBytes(name),
      );
    const most = MOST_PAYLOAD_BYTES - 2 - (fieldBytes('runId') ?? 0);
    expect(sized(most)).toEqual([]);
    expect(sized(most + 1)).toEqual([
      expect.stringMatching(
        /task \/ Done: found 204801 bytes at worst, most of them in big, allowed 204800 bytes; keep it/,
      ),
    ]);
  });

  it('names a field nobody has bounded', () => {
    const task = withState(machines.task, 'Done', { Parameters: { 'transcript.$': '$.transcript' } });
    expect(violationsOf(proven({ task }))).toEqual([
      expect.stringMatching(/task \/ Done: found the field transcript, .*; bound it .*\[payload-fits\]$/),
    ]);
  });
});

describe('call-is-bounded', () => {
  it('names a call and a machine without a time limit', () => {
    expect(only('call-is-bounded', { attempt: without(machines.attempt, 'Gate', 'TimeoutSeconds') })).toEqual([
      expect.stringMatching(/attempt \/ Gate: found a call without a time limit/),
    ]);
    const { TimeoutSeconds: _, ...endless } = machines.attempt;
    expect(only('call-is-bounded', { attempt: endless as Definition })).toEqual([
      expect.stringMatching(/attempt: found no time limit, allowed TimeoutSeconds/),
    ]);
  });
});

describe('wait-fits-fence', () => {
  it('allows a second less than the machine has, and not as long', () => {
    const waits = (TimeoutSeconds: number) =>
      only('wait-fits-fence', { phase: withState(machines.phase, 'Await a decision', { TimeoutSeconds }) });
    expect(waits(machines.phase.TimeoutSeconds - 1)).toEqual([]);
    expect(waits(machines.phase.TimeoutSeconds)).toEqual([
      expect.stringMatching(/phase \/ Await a decision: found waits \d+ s, allowed less than the \d+ s of its machine/),
    ]);
  });
});

describe('heartbeat-is-shorter', () => {
  const beats = (HeartbeatSeconds: number | undefined) => {
    const bare = without(machines.task, 'Work (tools)', 'HeartbeatSecondsPath', 'TimeoutSecondsPath');
    const task = withState(bare, 'Work (tools)', { HeartbeatSeconds, TimeoutSeconds: 600 });
    return only('heartbeat-is-shorter', { task });
  };

  it('allows a second less than the time-out, and not as long', () => {
    expect(beats(599)).toEqual([]);
    expect(beats(600)).toEqual([
      expect.stringMatching(/task \/ Work \(tools\): found a heartbeat of 600 s, allowed less than 600 s/),
    ]);
  });

  it('names a worker that need not beat, and one whose limits cannot be compared', () => {
    expect(beats(undefined)).toEqual([expect.stringMatching(/task \/ Work \(tools\): found no heartbeat/)]);
    const task = withState(without(machines.task, 'Work (tools)', 'TimeoutSecondsPath'), 'Work (tools)', {
      TimeoutSeconds: 600,
    });
    expect(only('heartbeat-is-shorter', { task })).toEqual([
      expect.stringMatching(/found a heartbeat and a time-out of two/),
    ]);
  });
});

describe('start-rate-fits', () => {
  const wide = (atMost: number) => phase({ mode: { kind: 'atMost', atMost } });

  it('allows as many executions at once as the quota, and not one task more', () => {
    const most = QUOTAS.starts.atOnce / 2;
    expect(only('start-rate-fits', {}, [wide(most - 3), wide(3)])).toEqual([]);
    expect(only('start-rate-fits', {}, [wide(most - 2), wide(3)])).toEqual([
      expect.stringMatching(
        /round \/ Fan out: found 802 executions started at once, most of them by phase build, allowed 800/,
      ),
    ]);
  });

  it('allows 37 workers of each class, whose tasks start 148 executions a second, and not 38', () => {
    expect(only('start-rate-fits', {}, [], 37)).toEqual([]);
    expect(only('start-rate-fits', {}, [], 38)).toEqual([
      expect.stringMatching(
        /task: found 152 executions started a second by 38 workers of each class, allowed 150 a second/,
      ),
    ]);
  });
});

describe('answer-rate-fits', () => {
  it('allows 150 workers of each class and not 151', () => {
    expect(only('answer-rate-fits', {}, [], 150)).toEqual([]);
    expect(only('answer-rate-fits', {}, [], 151)).toEqual([
      expect.stringMatching(
        /task \/ Work \(models\): found 302 answers a second .* allowed 300 a second of SendTaskSuccess/,
      ),
    ]);
  });
});

describe('schedule-rate-fits', () => {
  const beside = (count: number) =>
    sampleMachines(inParallel(Array.from({ length: count }, (_, index) => leaf(`phase-${index}`)))).run;

  it('allows 49 phases side by side and the deadline, and not 50', () => {
    const most = QUOTAS.schedules.perSecond - 1;
    expect(only('schedule-rate-fits', { run: beside(most) })).toEqual([]);
    expect(only('schedule-rate-fits', { run: beside(most + 1) })).toEqual([
      expect.stringMatching(/run: found 51 schedules made within a second, allowed 50 of CreateSchedule/),
    ]);
  });
});

describe('cost-fits', () => {
  it('allows a tenth of the budget and not a micro-USD more', () => {
    const { transitions, usdMicros } = runCost({ definitions: machines, phases: [phase()] });
    expect(usdMicros).toBe(25 * transitions);
    const budget = (usdMicros * 100) / MOST_PERCENT;
    expect(only('cost-fits', {}, [phase({ budget: { usdMicros: budget } })])).toEqual([]);
    expect(only('cost-fits', {}, [phase({ budget: { usdMicros: budget - 1 } })])).toEqual([
      expect.stringMatching(/run: found \d+ micro-USD for \d+ transitions of a run, allowed 10 % of its budget of \d+/),
    ]);
  });

  it('counts an agent more by its task, its wave where they take turns, and clarification', () => {
    const cost = (change: object) => runCost({ definitions: machines, phases: [phase(change)] }).transitions;
    const two = [{ id: 'a' }, { id: 'b' }];
    const task = Object.keys(machines.task.States).length;
    expect(cost({ agents: two }) - cost({})).toBe(task);
    expect(cost({ agents: two, mode: { kind: 'sequential' } }) - cost({})).toBeGreaterThan(task);
    expect(cost({ clarification: { questions: 3, rounds: 1 } }) - cost({})).toBeGreaterThan(3 * task);
  });
});
