// Retriers as documented: "Retrying after an error" in "Handling errors in Step Functions workflows", developer guide
// (docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html), and "Complex retry scenarios" of the Amazon States
// Language (states-language.net/#errors). The numbers are the documents' own.

import { describe, expect, it } from '@jest/globals';
import { TestWorld } from './test-world.ts';

/** A task that fails with each error in turn, then succeeds. @returns seconds waited before each retry, and the last state */
async function waits(errors: readonly string[], retry: readonly object[], seed = 1) {
  const at: number[] = [];
  const world: TestWorld = new TestWorld({
    seed,
    services: {
      Lambda: {
        Invoke: () => {
          at.push(world.now);
          const errorType = errors[at.length - 1];
          return errorType === undefined
            ? { Payload: '"ok"' }
            : { FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType }) };
        },
      },
    },
  });
  const X = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'f' },
    OutputPath: '$.Payload',
    Retry: retry,
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }],
    End: true,
  };
  const arn = world.start(world.create({ StartAt: 'X', States: { X, Z: { Type: 'Succeed' } } }));
  await world.run();
  return {
    gaps: at.slice(1).map((time, n) => (time - (at[n] as number)) / 1000),
    caught: world.history(arn).some(({ type }) => type === 'SucceedStateEntered'),
  };
}

const times = (count: number, error = 'Boom') => Array.from({ length: count }, () => error);

describe('a retrier', () => {
  it.each([
    ['of 3 s, rate 2, 3 attempts', { IntervalSeconds: 3, MaxAttempts: 3, BackoffRate: 2 }, [3, 6, 12]],
    ['of 3 s, rate 1.5, 2 attempts', { IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 1.5 }, [3, 4.5]],
    ['without fields has 1 s, rate 2, 3 attempts', {}, [1, 2, 4]],
    [
      'with MaxDelaySeconds',
      { IntervalSeconds: 1, BackoffRate: 3, MaxAttempts: 5, MaxDelaySeconds: 10 },
      [1, 3, 9, 10, 10],
    ],
    ['with a MaxDelaySeconds never reached', { IntervalSeconds: 1, MaxAttempts: 3, MaxDelaySeconds: 60 }, [1, 2, 4]],
    ['with JitterStrategy NONE', { IntervalSeconds: 2, MaxAttempts: 3, JitterStrategy: 'NONE' }, [2, 4, 8]],
  ])('%s', async (_, fields, expected) => {
    expect(await waits(times(9), [{ ErrorEquals: ['Boom'], ...fields }])).toEqual({ gaps: expected, caught: true });
  });

  it('with FULL jitter waits from nothing to its delay: 0 to 2, 0 to 4, 0 to 8 s; MaxDelaySeconds caps what is drawn from', async () => {
    for (const [more, most] of [
      [{}, [2, 4, 8]],
      [{ MaxDelaySeconds: 3 }, [2, 3, 3]],
    ] as const) {
      const retry = {
        ErrorEquals: ['Boom'],
        IntervalSeconds: 2,
        MaxAttempts: 3,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
        ...more,
      };
      const drawn: number[][] = [];
      for (let seed = 1; seed <= 60; seed += 1) drawn.push((await waits(times(9), [retry], seed)).gaps);
      for (const [n, limit] of most.entries()) {
        const column = drawn.map((gaps) => gaps[n] as number);
        expect(Math.max(...column)).toBeLessThanOrEqual(limit);
        // Spread over the whole of it: of sixty, some in the lowest and some in the highest fifth.
        expect(Math.min(...column)).toBeLessThan(limit / 5);
        expect(Math.max(...column)).toBeGreaterThan((limit * 4) / 5);
      }
    }
  });

  it('counts its own attempts over all visits, and the catcher takes over when they are spent', async () => {
    const retry = [
      { ErrorEquals: ['ErrorA', 'ErrorB'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 },
      { ErrorEquals: ['ErrorC'], IntervalSeconds: 5 },
    ];
    const outcome = await waits(['ErrorA', 'ErrorB', 'ErrorC', 'ErrorB'], retry);
    expect(outcome).toEqual({ gaps: [1, 2, 5], caught: true });
  });

  it('of 0 attempts keeps its errors from a later States.ALL', async () => {
    const retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    expect(await waits(times(1, 'States.Timeout'), retry)).toEqual({ gaps: [], caught: true });
    expect(await waits(times(1), retry)).toEqual({ gaps: [1], caught: false });
  });
});
