// The five definitions: valid for AWS, and shaped as the handlers expect them.

import { describe, expect, it } from '@jest/globals';
import validate from 'asl-validator';
import fc from 'fast-check';
import { statesOf } from '../../statemachines/asl.ts';
import { inSeries, leaf, phasesOf } from '../../statemachines/layout/tree.ts';
import { seriesParallel } from './layout/arbitraries.ts';
import { layout, sampleMachines } from './sample.ts';

const names = ['run', 'phase', 'attempt', 'round', 'task'] as const;

describe.each(names)('the %s machine', (name) => {
  const definition = sampleMachines()[name];

  it('is valid Amazon States Language', () => {
    expect(validate(definition).errors).toEqual([]);
  });

  it('bounds every state that waits for something', () => {
    const waiting = statesOf(definition).filter(({ state }) => state.Type === 'Task');
    const unbounded = waiting.filter(({ state }) => !state.TimeoutSeconds && !state.TimeoutSecondsPath);
    expect(unbounded.map((each) => each.name)).toEqual([]);
    expect(definition.TimeoutSeconds).toBeGreaterThan(0);
  });

  it('retries a handler on faults of the call alone, six times with full jitter', () => {
    const calls = statesOf(definition).filter(({ state }) => String(state.Resource).includes(':lambda:invoke'));
    for (const { state } of calls) {
      expect(state.Retry).toEqual([
        expect.objectContaining({ MaxAttempts: 6, IntervalSeconds: 2, MaxDelaySeconds: 60, JitterStrategy: 'FULL' }),
      ]);
      expect(state.Retry[0].ErrorEquals).not.toContain('States.ALL');
      expect(state.Retry[0].ErrorEquals).not.toContain('States.TaskFailed');
    }
  });

  it('has state names a person can read, unique at any depth', () => {
    const all = statesOf(definition).map((each) => each.name);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((each) => each.length > 80)).toEqual([]);
  });
});

describe('the run machine', () => {
  it('is valid for any layout, with every phase as a state of its name', () => {
    fc.assert(
      fc.property(seriesParallel(20), ({ tree }) => {
        const { run } = sampleMachines(tree);
        expect(validate(run).errors).toEqual([]);
        const states = new Set(statesOf(run).map(({ name }) => name));
        expect(phasesOf(tree).filter((id) => !states.has(id))).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  it('catches every phase, so that no branch throws', () => {
    const phases = statesOf(sampleMachines().run).filter(({ name }) => phasesOf(layout).includes(name));
    expect(phases).toHaveLength(6);
    for (const { name, state } of phases) {
      expect(state.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: `${name} failed` }]);
    }
  });

  it('starts a phase with its run and id, and keeps only its verdict', () => {
    const intake = sampleMachines().run.States.intake;
    expect(intake?.Parameters.Input).toEqual({
      'runId.$': '$.runId',
      phase: 'intake',
      'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id',
    });
    expect(intake?.ResultSelector).toEqual({ 'runId.$': '$.Output.runId', 'ok.$': '$.Output.ok' });
  });

  it('goes on behind a join only when every branch handed on', () => {
    const { States } = sampleMachines().run;
    expect(States['pricing + design']?.ResultSelector).toEqual({ 'runId.$': '$[0].runId', 'oks.$': '$[*].ok' });
    expect(States['pricing + design: all handed on?']).toMatchObject({
      Choices: [
        {
          And: [
            { Variable: '$.oks[0]', BooleanEquals: true },
            { Variable: '$.oks[1]', BooleanEquals: true },
          ],
          Next: 'release',
        },
      ],
      Default: 'pricing + design: not all',
    });
  });

  it('shortens and numbers names that would be too long or taken', () => {
    const long = 'x'.repeat(79);
    const { run } = sampleMachines(inSeries([leaf(long), leaf(`${long}y`), leaf('end')]));
    expect(validate(run).errors).toEqual([]);
    expect(statesOf(run).filter(({ name }) => name.length > 80)).toEqual([]);
  });
});

describe('the task machine', () => {
  it('waits as long as its item says and hands every failure to the supervisor', () => {
    for (const queue of ['models', 'tools']) {
      const work = sampleMachines().task.States[`Work (${queue})`];
      expect(work).toMatchObject({
        TimeoutSecondsPath: '$.timeoutSeconds',
        HeartbeatSecondsPath: '$.heartbeatSeconds',
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Supervise' }],
      });
      expect(Object.keys(work?.Parameters.MessageBody)).toEqual([
        'contract',
        'token.$',
        'runId.$',
        'phase.$',
        'attempt.$',
        'round.$',
        'wave.$',
        'task.$',
        'try.$',
      ]);
    }
  });
});
