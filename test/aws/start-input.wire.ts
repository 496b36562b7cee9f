// Starting a run as people do: `StartExecution` by an SDK, with the input the documentation promises. Bad input fails the
// execution at its first state, and says what was expected.

import { DescribeExecutionCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { output } from '../../cli/stage.ts';
import { putText } from '../../store/objects.ts';
import { getRun } from '../../store/runs.ts';
import { lacks } from './differences.ts';
import { openWire, until, type Wire } from './wire.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await openWire();
});

const IDEA =
  'A shared calendar for a village hall. Villagers book the hall by phone today, and twice a month two parties meet.';

const start = async (name: string, input: unknown): Promise<string> => {
  const started = await wire.stage.states.send(
    new StartExecutionCommand({
      stateMachineArn: output(wire.stage.outputs, 'RunMachineArn'),
      name,
      input: typeof input === 'string' ? input : JSON.stringify(input),
    }),
  );
  return started.executionArn as string;
};

const ended = (executionArn: string) =>
  until(async () => {
    const found = await wire.stage.states.send(new DescribeExecutionCommand({ executionArn }));
    return found.status === 'RUNNING' ? undefined : found;
  });

/** Started is enough here: the way through the phases has a test of its own. */
async function opensAndStops(name: string, input: unknown) {
  const executionArn = await start(name, input);
  const run = await until(() => getRun(wire.stage.table, name));
  await wire.stage.states.send(new StopExecutionCommand({ executionArn, error: 'IdeaMine.Stopped', cause: 'seen' }));
  return run;
}

describe('a run starts', () => {
  it('with nothing but an idea, under enforced gates', async () => {
    expect(await opensAndStops('plain-idea', { idea: IDEA })).toMatchObject({ gates: 'enforce', status: 'RUNNING' });
  });

  it('with an idea in the bucket and every option', async () => {
    await putText(wire.stage.bucket, 'ideas/hall.txt', IDEA, 'text/plain');
    const run = await opensAndStops('idea-by-uri', {
      ideaUri: `s3://${wire.stage.bucket.name}/ideas/hall.txt`,
      pipeline: output(wire.stage.outputs, 'PipelineName'),
      budgetUsdMicros: 1_000_000,
      gates: 'advise',
      name: 'The hall',
    });
    expect(run).toMatchObject({ name: 'The hall', gates: 'advise', budgetUsdMicros: 1_000_000 });
  });
});

describe('bad input fails the execution at its first state:', () => {
  it.each([
    ['nothing', {}, /idea: found neither of idea and ideaUri, expected exactly one/],
    ['both an idea and its address', { idea: IDEA, ideaUri: 's3://b/k' }, /found both/],
    ['a list', [IDEA], /found a list, expected an object/],
    ['an unknown member', { idea: IDEA, gate: 'advise' }, /gate: unknown, expected .*did you mean gates/],
    ['a wrong mode', { idea: IDEA, gates: 'maybe' }, /gates: found "maybe", expected enforce or advise/],
    [
      'dollars for micro-dollars',
      { idea: IDEA, budgetUsdMicros: 12.5 },
      /budgetUsdMicros: found 12\.5, expected an integer/,
    ],
    ['another pipeline', { idea: IDEA, pipeline: 'other' }, /pipeline: found other, expected/],
    ['an empty idea', { idea: '  ' }, /idea/],
    ['an object that is not there', { ideaUri: 's3://no-such-bucket-at-all/k' }, /ideaUri/],
    ['a run that is not there', { resume: 'nobody' }, /resume: there is no run nobody/],
  ])('%s', async (what, input, message) => {
    const found = await ended(await start(`bad-${what.replaceAll(/\W+/g, '-')}`, input));
    const error = lacks('names-of-function-errors') ? 'Runtime.HandlerError' : 'IdeaMine.BadInput';
    expect({ status: found.status, error: found.error }).toEqual({ status: 'FAILED', error });
    // As Lambda gives it: a JSON text of the error.
    expect((JSON.parse(found.cause as string) as { errorMessage: string }).errorMessage).toMatch(message);
  });

  it('text that is no JSON is refused by Step Functions itself', async () => {
    const refused = start('no-json', 'an idea');
    if (lacks('refusal-of-text')) await expect(refused).resolves.toMatch(/no-json$/);
    else await expect(refused).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  });
});
